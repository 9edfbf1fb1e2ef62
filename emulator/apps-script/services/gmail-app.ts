/** `GmailApp`, as far as a card's answer needs it that opens a draft (facts, platform 5.2): drafts by their ids. */
import type { Run } from '../execution/run';
import { STRING } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';

const HOST = 'gmail.googleapis.com';
/** The reference wants the first; it runs with the others in production (facts, platform 7). */
const SCOPES = ['https://mail.google.com/', 'gmail.modify', 'gmail.compose'].map((scope) =>
  scope.startsWith('https:') ? scope : `https://www.googleapis.com/auth/${scope}`,
);

export class GmailApp extends ScriptObject {
  static readonly scriptName = 'GmailApp';
  static readonly signatures: Signatures = { getDraft: [[STRING]] };

  constructor(private readonly run: Run) {
    super();
  }

  getDraft(id: string): GmailDraft {
    const { platform, user } = this.run;
    const granted = platform.authority.scopes(user);
    if (!SCOPES.some((scope) => granted.includes(scope)))
      platform.authority.demand(user, SCOPES[0], 'GmailApp.getDraft');
    const takes = platform.latency.hosts[HOST] ?? platform.latency.otherHost;
    return this.run.call({ service: 'GmailApp', method: 'getDraft', path: id, takes }, () => {
      const { status, body } = platform.request({
        method: 'GET',
        host: HOST,
        path: `/gmail/v1/users/me/drafts/${encodeURIComponent(id)}?format=minimal`,
        headers: { authorization: `Bearer ${platform.gmail.token(user, granted)}` },
        body: Buffer.alloc(0),
      });
      if (status !== 200) throw new ScriptException(`Invalid argument: ${id}`);
      const { message } = JSON.parse(body.toString()) as { message: { id: string; threadId: string } };
      return new GmailDraft(id, message.id, message.threadId);
    });
  }
}

export class GmailDraft extends ScriptObject {
  static readonly scriptName = 'GmailApp.GmailDraft';
  static readonly signatures: Signatures = { getId: [[]], getMessageId: [[]] };

  constructor(
    private readonly id: string,
    private readonly messageId: string,
    readonly threadId: string,
  ) {
    super();
  }

  getId(): string {
    return this.id;
  }

  getMessageId(): string {
    return this.messageId;
  }
}

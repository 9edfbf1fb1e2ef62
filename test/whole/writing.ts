/** Mail as people write it: to the user, by the user in Gmail, and what they do with it there. */
import { readEmail } from '../../src/crm/emails';
import type { CrmEmail } from '../../src/crm/types';
import type { Command } from '../../src/sync/commands';
import type { CrmEmailSeen, GmailMessageSeen, Stage } from './stage';

export { stateOf } from './remembered';

export interface Written {
  readonly from: string;
  readonly to: string;
  readonly cc?: string;
  readonly subject: string;
  readonly text: string;
  /** Message-IDs that it answers, oldest first. */
  readonly answers?: readonly string[];
  readonly id?: string;
  readonly more?: readonly string[];
}

export function rawOf(stage: Stage, mail: Written): Buffer {
  const answers = mail.answers ?? [];
  const lines = [
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    ...(mail.cc === undefined ? [] : [`Cc: ${mail.cc}`]),
    `Subject: ${mail.subject}`,
    `Message-ID: ${mail.id ?? `<${stage.world.ids.hex(12)}@mail.elsewhere.test>`}`,
    ...(answers.length === 0
      ? []
      : [`In-Reply-To: ${answers[answers.length - 1]}`, `References: ${answers.join(' ')}`]),
    `Date: ${new Date(stage.world.clock.now).toUTCString()}`,
    ...(mail.more ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    mail.text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** Somebody outside writes; it goes to everybody named, or only to `only` (a blind copy, a forwarding rule). */
export function arrives(stage: Stage, mail: Written, only?: readonly string[]): void {
  const to = only ?? addressesIn(`${mail.to} ${mail.cc ?? ''}`);
  stage.world.network.send({ from: bare(mail.from), to: [...to], raw: rawOf(stage, mail) });
}

/** The user sends from Gmail; in a thread, or a new one. Gives the Gmail message id. */
export function userSends(stage: Stage, mail: Omit<Written, 'from'> & { from?: string }, threadId?: string): string {
  const raw = rawOf(stage, { from: stage.user, ...mail }).toString('base64url');
  return String(stage.gmail('POST', 'messages/send', { threadId, raw }).id);
}

export function relabel(stage: Stage, id: string, add: readonly string[], remove: readonly string[] = []): void {
  stage.gmail('POST', `messages/${id}/modify`, { addLabelIds: add, removeLabelIds: remove });
}

export function labelId(stage: Stage, name: string): string {
  const { labels } = stage.gmail('GET', 'labels') as { labels: { id: string; name: string }[] };
  return labels.find((label) => label.name === name)?.id ?? '';
}

/** A CRM send, mirrored: the link that most tests begin with. */
export function linked(stage: Stage, subject = 'Our offer for you'): { mirror: GmailMessageSeen; crm: string } {
  const { threadId } = stage.crmSends({ subject, html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  const mirror = stage.messages().filter((message) => message.header('X-Threadlink-Email-Id') !== '');
  return { mirror: mirror[mirror.length - 1], crm: threadId };
}

/** The whole mailbox as a list, newest last, by subject or any header. */
export function withHeader(stage: Stage, name: string, value: string): GmailMessageSeen[] {
  return stage.messages().filter((message) => message.header(name) === value);
}

/** What the CRM shows of a thread, in its order: direction, and the text without markup. */
export function inCrm(stage: Stage, crm?: string): string[] {
  return stage
    .emails()
    .filter(({ threadId }) => crm === undefined || threadId === crm)
    .map(
      ({ direction, body }: CrmEmailSeen) =>
        `${direction}: ${body
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()}`,
    );
}

function bare(address: string): string {
  return addressesIn(address)[0] ?? address;
}

function addressesIn(text: string): string[] {
  return [...text.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address);
}

/** What a card leaves for the next pass, under a key of its own. */
export function leave({ world, user }: Stage, command: Command): void {
  world.appsScript.setProperty(user, `cmd.${world.ids.hex(12)}`, JSON.stringify(command));
}

/** A CRM e-mail as the add-on reads it. */
export function wholeEmail({ world, crm }: Stage, id: string): CrmEmail {
  const answer = world.request({
    method: 'GET',
    host: 'services.leadconnectorhq.com',
    path: `/conversations/messages/email/${id}`,
    headers: { authorization: `Bearer ${crm.token}`, version: '2021-04-15', 'x-threadlink-outside': '1' },
    body: Buffer.alloc(0),
  });
  return readEmail((JSON.parse(answer.body.toString()) as { emailMessage: Record<string, unknown> }).emailMessage);
}

/** What a push logs in the CRM, made of a Gmail message (X5, M1, M2, M4, T2). */
import { altIdOf } from '../gmail/mime/message-id';
import { escapeHtml } from '../gmail/mime/entities';
import { replaceInlineSources } from '../gmail/mime/inline';
import { htmlFromText } from '../gmail/mime/text';
import type { Address, Mail } from '../gmail/mime/types';
import type { Push } from '../crm/types';
import { shortHash } from '../platform/hash';
import type { PushAction } from './actions';
import { sentenceOf, withNotes, type LostFile } from './lost-files';
import type { MessageView } from './observed';
import type { Connection, JoinsBy } from './state';

/** One pure function of message and mailbox, never to be changed: what was pushed is recognised by it (X5). */
export function altIdFor(connection: Pick<Connection, 'mailbox'>, message: MessageView): string {
  return altIdOf({
    messageId: message.mail.messageId,
    accountHash: shortHash(connection.mailbox),
    gmailId: message.id,
  });
}

export interface SentFile {
  readonly name: string;
  readonly url: string;
  readonly contentId?: string;
}

export function pushOf(action: PushAction, files: readonly SentFile[], lost: readonly LostFile[]): Push {
  const { mail, date } = action.message;
  const [to, ...others] = mail.to;
  return {
    conversationId: action.conversation,
    contactId: action.contact,
    direction: action.direction,
    inReplyToEmailId: action.joins || undefined,
    altId: action.altId,
    subject: mail.subject,
    html: withNotes(withInlineImages(bodyOf(mail), files), notes(action, lost)),
    from: mail.from.email,
    to: to?.email ?? '',
    cc: [...others, ...mail.cc].map(({ email }) => email),
    bcc: action.direction === 'outbound' ? mail.bcc.map(({ email }) => email) : [],
    date,
    attachments: files.map(({ url }) => url),
  };
}

function bodyOf(mail: Mail): string {
  return mail.html ?? htmlFromText(mail.text ?? '');
}

/** Pictures of the body are shown from where they were uploaded (M2). */
function withInlineImages(html: string, files: readonly SentFile[]): string {
  return replaceInlineSources(html, (id) => files.find(({ contentId }) => contentId === id)?.url);
}

function notes({ onBehalf, message }: PushAction, lost: readonly LostFile[]): string[] {
  return [...(onBehalf ? [`From: ${escapeHtml(written(message.mail.from))}`] : []), ...lost.map(sentenceOf)];
}

function written({ name, email }: Address): string {
  if (email === '') return name === '' ? 'unknown sender' : name;
  return name === '' ? email : `${name} <${email}>`;
}

/** An e-mail's id counts until the first mail of all went astray by it; by the container's none may. */
export function joinsByAfter(before: JoinsBy | undefined, joined: boolean): JoinsBy {
  if (before === undefined) return joined ? 'email' : 'thread';
  return joined ? before : 'email';
}

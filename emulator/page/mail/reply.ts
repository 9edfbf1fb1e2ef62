/** What a reply or a forward starts with: recipients, subject, references, the quoted text. */
import { sameAddress, shortName, type MailAddress } from './addresses';
import { escapeHtml, htmlFromText } from './text';

/** A mail that is being answered, wherever it came from. */
export interface Answerable {
  readonly from: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  /** With brackets; empty where it has none. */
  readonly messageId: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly html: string;
  /** Milliseconds. */
  readonly at: number;
}

export type AnswerKind = 'reply' | 'reply-all' | 'forward';

export interface Recipients {
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
}

/** Own mail is answered to its recipients; otherwise Reply-To comes before From (RFC 5322 3.6.2). */
export function recipientsOf(mail: Answerable, kind: AnswerKind, me: string): Recipients {
  if (kind === 'forward') return { to: [], cc: [] };
  const own = mail.from.some(({ address }) => sameAddress(address, me));
  const sender = own ? mail.to : mail.replyTo.length > 0 ? mail.replyTo : mail.from;
  if (kind === 'reply') return { to: sender, cc: [] };
  const others = own ? mail.cc : [...mail.to, ...mail.cc];
  const cc = distinct(others).filter(
    ({ address }) => !sameAddress(address, me) && !sender.some((entry) => sameAddress(entry.address, address)),
  );
  return { to: sender, cc };
}

export function subjectOf(subject: string, kind: AnswerKind): string {
  if (kind === 'forward') return /^\s*fwd?:/i.test(subject) ? subject : `Fwd: ${subject}`;
  return /^\s*re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** RFC 5322 3.6.4: the parent's references with the parent's own id behind them. A forward begins a thread. */
export function referencesOf(mail: Answerable, kind: AnswerKind): { inReplyTo?: string; references?: string[] } {
  if (kind === 'forward' || mail.messageId === '') return {};
  return {
    inReplyTo: mail.messageId,
    references: [...mail.references.filter((id) => id !== mail.messageId), mail.messageId],
  };
}

export interface Typed {
  readonly text: string;
  readonly html: string;
}

/** What was typed with the quoted mail behind it. */
export function withQuote(typed: Typed, mail: Answerable, kind: AnswerKind): Typed {
  const sender = mail.from[0] ?? { name: '', address: '' };
  if (kind === 'forward') {
    const head = `---------- Forwarded message ---------\nFrom: ${shortName(sender)} <${sender.address}>\nSubject: ${mail.subject}\n`;
    return {
      text: `${typed.text}\n\n${head}\n${mail.text}`,
      html: `${typed.html}<br><div class="gmail_quote">${htmlFromText(head)}<br>${mail.html}</div>`,
    };
  }
  const line = `On ${quoteDate(mail.at)}, ${shortName(sender)} <${sender.address}> wrote:`;
  const quoted = mail.text
    .split('\n')
    .map((row) => `> ${row}`)
    .join('\n');
  return {
    text: `${typed.text}\n\n${line}\n${quoted}`,
    html:
      `${typed.html}<br><div class="gmail_quote"><div>${escapeHtml(line)}</div>` +
      `<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${mail.html}</blockquote></div>`,
  };
}

function quoteDate(at: number): string {
  return new Date(at).toUTCString().replace(/:\d\d GMT$/, ' UTC');
}

function distinct(addresses: readonly MailAddress[]): MailAddress[] {
  const seen = new Map<string, MailAddress>();
  for (const entry of addresses) {
    const key = entry.address.toLowerCase();
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

/**
 * What of a message could not go along (M4), in a form that is found again wherever it was written: pure. A mail that
 * was logged in the CRM says it in the sentences at its end, a copy in Gmail in a header. So nothing has to be remembered
 * for the card of a thread, and what was said stays said.
 */
import { decodeEntities, escapeHtml } from '../gmail/mime/entities';
import { safeFileName } from '../gmail/mime/file-names';
import type { CrmEmail } from '../crm/types';
import type { Mail } from '../gmail/mime/types';

export interface LostFile {
  readonly name: string;
  /** Bytes, as exactly as they were written down; 0 where they are not known. */
  readonly size: number;
  readonly reason: LostReason;
}

export type LostReason =
  | 'too-large'
  | 'type-refused'
  /** More files than a message is taken apart for. */
  | 'too-many'
  /** The CRM did not take it, whatever its size and type. */
  | 'refused'
  | 'gone'
  /** Its address is none of the CRM's, and nobody else is asked. */
  | 'not-allowed'
  | 'unreadable';

const REASONS: Readonly<Record<LostReason, string>> = {
  'too-large': 'it is too large for the CRM',
  'type-refused': 'the CRM does not take files of this type',
  'too-many': 'the message has too many files',
  refused: 'the CRM did not take it',
  gone: 'it could not be found any more',
  'not-allowed': 'it is kept outside the CRM',
  unreadable: 'it could not be read',
};

const BEGINNING = 'Attachment not included: ';

/** For the message that goes without it, as HTML. */
export function sentenceOf({ name, size, reason }: LostFile): string {
  const length = size === 0 ? '' : ` (${inWords(size)})`;
  return `${BEGINNING}${escapeHtml(name)}${length}, because ${REASONS[reason]}.`;
}

function inWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The lines that are added below a mail's own text, as HTML. */
export function withNotes(html: string, notes: readonly string[]): string {
  return html + notes.map((note) => `<p>${note}</p>`).join('');
}

const NOTES = /(?:<p>(?:From|Attachment not included): [^<]*<\/p>\s*)+$/;

/** A mail's body without the lines that were added to it here. */
export function withoutNotes(html: string): string {
  return html.replace(NOTES, '');
}

/**
 * What a mail in the CRM says of its files. Whoever wrote the mail can have written such a line too: what is read here is
 * for showing, and nothing is done because of it.
 */
export function lostFilesOf({ body }: Pick<CrmEmail, 'body'>): LostFile[] {
  const notes = NOTES.exec(body.slice(-20_000))?.[0] ?? '';
  return notes.split('</p>').flatMap((note) => {
    const [, line = ''] = /<p>Attachment not included: ([^<]*)$/.exec(note) ?? [];
    const [, written, because] = /^(.*), because (.*)\.$/.exec(line) ?? [];
    const reason = (Object.keys(REASONS) as LostReason[]).find((key) => REASONS[key] === because);
    if (reason === undefined) return [];
    const [, name, number, unit] = /^(.*) \((\d{1,6}(?:\.\d)?) (KB|MB)\)$/.exec(written) ?? [undefined, written];
    const size = number === undefined ? 0 : Math.round(Number(number) * (unit === 'MB' ? 1_000_000 : 1000));
    return [{ name: safeFileName(decodeEntities(name)), size, reason }];
  });
}

/** For the header of a copy in Gmail. A `|` is in no safe file name. */
export function headerOf(files: readonly LostFile[]): string {
  return files.map(({ name, size, reason }) => `${reason} ${size} ${name}`).join(' | ');
}

/** What a copy in Gmail says of its files. */
export function lostFilesOfCopy({ lost = '' }: Pick<Mail, 'lost'>): LostFile[] {
  return lost.split('|').flatMap((entry) => {
    const [, reason, size, name] = /^\s*([a-z-]{1,20}) (\d{1,12}) (.+?)\s*$/.exec(entry) ?? [];
    if (reason === undefined || !Object.prototype.hasOwnProperty.call(REASONS, reason)) return [];
    return [{ name: safeFileName(name), size: Number(size), reason: reason as LostReason }];
  });
}

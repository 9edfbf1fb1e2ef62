/**
 * What has to be on the CRM's side of a mail: written by hand, or read from the raw message by postal-mime, which shares no
 * code with the add-on. Never taken from what the add-on made of it.
 */
import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Email } from 'postal-mime';

export interface UglyMail {
  readonly name: string;
  readonly raw: Buffer;
  /** What differs from postal-mime's reading, or is known by hand. */
  readonly hand?: Partial<Expected>;
  /** In the place of the text, where no more can be asked for. */
  readonly readable?: RegExp;
  /** Why the hand knows better than postal-mime. */
  readonly because?: string;
}

export interface Expected {
  readonly subject: string;
  /** The address in lower case; empty where the mail names none. */
  readonly from: string;
  /** Letters and digits of what a reader sees, in order: see `letters`. */
  readonly text: string;
  readonly attachments: readonly ExpectedFile[];
}

export interface ExpectedFile {
  /** SHA-256; undefined where only the name can be known (a forwarded mail is written again). */
  readonly hash?: string;
  readonly name: string;
  readonly size: number;
  /** The upload takes files by the ending of their names (facts, highlevel 5.7). */
  readonly accepted: boolean;
}

const UPLOAD =
  /\.(jpe?g|png|gif|svg|heic|ai|mp4|mpeg|3gp|mp3|wav|pdf|docx?|txt|csv|xlsx?|pptx?|odt|zip|rar|vcf|vcard|ics)$/i;
const UPLOAD_BYTES = 5 * 1024 * 1024;

export async function expectationOf({ raw, hand }: UglyMail): Promise<Expected> {
  const read = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 1_100 });
  return { ...readByPostalMime(read), ...hand };
}

function readByPostalMime(mail: Email): Expected {
  return {
    subject: (mail.subject ?? '').replace(/\s/g, ' ').trim(),
    from: senderOf(mail),
    text: letters(mail.html === undefined ? (mail.text ?? '') : textOfHtml(mail.html)),
    attachments: mail.attachments.map(({ filename, mimeType, content }) =>
      fileOf(filename ?? '', mimeType, Buffer.from(content as ArrayBuffer)),
    ),
  };
}

export function fileOf(name: string, type: string, bytes: Buffer): ExpectedFile {
  const named = name === '' ? nameFor(type) : name;
  return {
    name,
    size: bytes.length,
    ...(type === 'message/rfc822' ? {} : { hash: hashOf(bytes) }),
    accepted: UPLOAD.test(named.trim()) && bytes.length <= UPLOAD_BYTES,
  };
}

/** Endings of files that come without a name. */
function nameFor(type: string): string {
  const endings: Record<string, string> = {
    'image/jpeg': '.jpg',
    'image/png': '.png',
    'image/gif': '.gif',
    'text/plain': '.txt',
    'text/calendar': '.ics',
    'application/pdf': '.pdf',
    'application/zip': '.zip',
    'message/delivery-status': '.txt',
    'text/rfc822-headers': '.txt',
  };
  return endings[type] ?? '.bin';
}

/** Line ends aside: whether the one before a boundary belongs to the part is told in two ways. */
export function hashOf(bytes: Buffer): string {
  const plain = bytes.toString('latin1').replace(/\r\n/g, '\n').replace(/\n+$/, '');
  return createHash('sha256').update(plain, 'latin1').digest('hex');
}

function senderOf(mail: Email): string {
  const flat = (entry: Address | undefined): string[] =>
    entry === undefined ? [] : (entry.group ?? [entry]).map(({ address }) => address ?? '');
  return [...flat(mail.from), ...flat(mail.sender)].find((address) => address !== '')?.toLowerCase() ?? '';
}

/** Letters and digits in their order: layout and markup put aside, nothing that was written. */
export function letters(text: string): string {
  return (text.normalize('NFKC').match(/[\p{L}\p{N}\p{So}]+/gu) ?? []).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The visible text of an HTML body, by the plainest of means. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(style|script|head|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(?:[a-z!?/][^>]*)>/gi, ' ')
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
      },
    );
}

/** Reads a mail that came over the network: headers, bodies, attachments. Never throws: broken mail gives what can be read. */
import { decodeBody, decodeText, decodeWords } from './decode';

export interface ReadMail {
  /** First value of a header, unfolded and decoded; '' where it is missing. */
  readonly header: (name: string) => string;
  readonly subject: string;
  readonly messageId?: string;
  /** In-Reply-To and References, with angle brackets, oldest first. */
  readonly references: readonly string[];
  /** HTML body; made of the text where there is no HTML. */
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
  /** A delivery report (RFC 3464). */
  readonly isReport: boolean;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Deeper parts are left out: a mail of a thousand nested parts is an attack. */
const DEEPEST = 50;

export function readMail(raw: Buffer): ReadMail {
  const top = readPart(raw);
  const texts: { html?: string; text?: string } = {};
  const attachments: { name: string; type: string; bytes: Buffer }[] = [];
  collect(top, 0, texts, attachments);
  const header = (name: string) => decodeWords(top.headers.get(name) ?? '');
  const messageId = /<[^<>\s]+>/.exec(top.headers.get('message-id') ?? '')?.[0];
  const parents = `${top.headers.get('references') ?? ''} ${top.headers.get('in-reply-to') ?? ''}`;
  return {
    header,
    subject: header('subject'),
    ...(messageId === undefined ? {} : { messageId }),
    references: [...new Set(parents.match(/<[^<>\s]+>/g) ?? [])],
    html: texts.html ?? `<div>${escaped(texts.text ?? '').replace(/\r?\n/g, '<br>')}</div>`,
    attachments,
    isReport: /^multipart\/report/i.test(top.headers.get('content-type') ?? ''),
  };
}

function readPart(raw: Buffer): Part {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  const useLf = lf !== -1 && (crlf === -1 || lf < crlf);
  const end = useLf ? lf : crlf === -1 ? raw.length : crlf;
  const headers = new Map<string, string>();
  // 8-bit headers come in UTF-8 more often than in anything else.
  const unfolded = raw
    .subarray(0, end)
    .toString('utf8')
    .replace(/\r?\n[ \t]+/g, ' ');
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: raw.subarray(Math.min(raw.length, end + (useLf ? 2 : 4))) };
}

function collect(
  part: Part,
  depth: number,
  texts: { html?: string; text?: string },
  attachments: { name: string; type: string; bytes: Buffer }[],
): void {
  const contentType = part.headers.get('content-type') ?? 'text/plain';
  const type = contentType.split(';')[0].trim().toLowerCase();
  const disposition = part.headers.get('content-disposition') ?? '';
  if (type.startsWith('multipart/') && depth < DEEPEST) {
    for (const inner of splitParts(part.body, parameterOf(contentType, 'boundary') ?? '')) {
      collect(readPart(inner), depth + 1, texts, attachments);
    }
    return;
  }
  const bytes = decodeBody(part.body, part.headers.get('content-transfer-encoding') ?? '');
  const name = parameterOf(disposition, 'filename') ?? parameterOf(contentType, 'name');
  const inline = !/^attachment/i.test(disposition) && name === undefined;
  if (inline && type === 'text/html' && texts.html === undefined) {
    texts.html = decodeText(bytes, parameterOf(contentType, 'charset'));
  } else if (inline && type === 'text/plain' && texts.text === undefined) {
    texts.text = decodeText(bytes, parameterOf(contentType, 'charset'));
  } else if (name !== undefined || !type.startsWith('text/')) {
    attachments.push({ name: name ?? `attachment-${attachments.length + 1}`, type, bytes });
  }
}

/** The parts between the boundaries; a missing last boundary ends at the end. */
function splitParts(body: Buffer, boundary: string): Buffer[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let at = boundary === '' ? -1 : body.indexOf(mark);
  while (at !== -1) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') break;
    const lineEnd = body.indexOf(0x0a, start);
    if (lineEnd === -1) break;
    const next = body.indexOf(mark, lineEnd);
    let end = next === -1 ? body.length : next;
    if (next !== -1 && body[end - 1] === 0x0a) end -= body[end - 2] === 0x0d ? 2 : 1;
    parts.push(body.subarray(lineEnd + 1, Math.max(lineEnd + 1, end)));
    at = next;
  }
  return parts;
}

/** A parameter of a structured header, also in the form of RFC 2231. */
function parameterOf(value: string, name: string): string | undefined {
  const extended = new RegExp(`;\\s*${name}\\*=([^']*)'[^']*'([^;\\s]+)`, 'i').exec(value);
  if (extended !== null) {
    const bytes = extended[2].replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return decodeText(Buffer.from(bytes, 'latin1'), extended[1]);
  }
  const plain = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(value);
  if (plain === null) return undefined;
  return decodeWords((plain[1] ?? plain[2]).replace(/\\(.)/g, '$1'));
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

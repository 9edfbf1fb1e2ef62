/** File names that are safe to show, to store and to send, and their form in a header (RFC 2231). */
import { utf8FromText } from '../../platform/text';
import { oneLine, withoutDirectionMarks } from './encode';

const LONGEST_NAME = 150;
const LONGEST_EXTENSION = 12;
/** Characters of a parameter's value in one line, which with its name stays below 78 (RFC 5322 2.1.1). */
const SECTION = 50;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/rfc822-headers': 'txt',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/rfc822': 'eml',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
};

/** A name without path, controls, direction marks and reserved characters; empty where nothing is left of it. */
export function safeFileName(name: string): string {
  const clean = withoutDirectionMarks(oneLine(name, 1000))
    .replace(/[/\\:*?"<>|]+/g, '_')
    .replace(/^[. _]+|[. ]+$/g, '');
  if (clean.length <= LONGEST_NAME) return clean;
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= LONGEST_EXTENSION ? clean.slice(dot) : '';
  return oneLine(clean, LONGEST_NAME - extension.length).replace(/[. ]+$/, '') + extension;
}

/** The name with an extension that suits its type, where it has none. */
export function fileNameFor(stem: string, type: string): string {
  const extension = EXTENSIONS[type] ?? 'bin';
  const name = safeFileName(stem);
  return new RegExp(`\\.${extension}$`, 'i').test(name) ? name : `${name}.${extension}`;
}

/** The parameters, each beginning with `; `: one that every mailer reads, and the whole name where that one is not it. */
export function nameParameters(parameter: string, name: string): string[] {
  const ascii = name.replace(/[^ -~]/gu, '_').replace(/=\?/g, '=_');
  const short = ascii.length <= SECTION ? ascii : shorten(ascii);
  const plain = `${parameter}="${short}"`;
  return short === name ? [plain] : [plain, ...extended(parameter, name)];
}

function shorten(ascii: string): string {
  const dot = ascii.lastIndexOf('.');
  const extension = dot > 0 && ascii.length - dot <= LONGEST_EXTENSION ? ascii.slice(dot) : '';
  return ascii.slice(0, SECTION - extension.length) + extension;
}

/** `filename*=UTF-8''…`, in numbered sections where it is long; no character is split between sections. */
function extended(parameter: string, name: string): string[] {
  const sections: string[] = [];
  let section = '';
  for (const character of name) {
    const piece = /[A-Za-z0-9._-]/.test(character) ? character : percent(character);
    if (section.length + piece.length > SECTION) {
      sections.push(section);
      section = '';
    }
    section += piece;
  }
  sections.push(section);
  if (sections.length === 1) return [`${parameter}*=UTF-8''${section}`];
  return sections.map((text, index) => `${parameter}*${index}*=${index === 0 ? "UTF-8''" : ''}${text}`);
}

function percent(character: string): string {
  return [...utf8FromText(character)]
    .map((byte) => `%${(byte < 16 ? '0' : '') + byte.toString(16).toUpperCase()}`)
    .join('');
}

/** Charsets by their labels. An unknown one throws, as `getDataAsString` does (facts, platform 3.9). */
import { ScriptException } from '../realm/script-object';

/** With `lenient` an unknown label is read as UTF-8: what a server declares must not break an answer. */
export function decode(bytes: Buffer, charset: string, lenient = false): string {
  const label = charset.trim().toLowerCase();
  if (label === 'utf-8' || label === 'utf8') return bytes.toString('utf8');
  if (label === 'us-ascii' || label === 'ascii') return bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd');
  // Of the browser's labels this one means windows-1252; Java's is the real Latin 1.
  if (label === 'iso-8859-1' || label === 'latin1') return bytes.toString('latin1');
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    if (lenient) return bytes.toString('utf8');
    throw new ScriptException(`Invalid argument: ${charset}`);
  }
}

/** A lone surrogate becomes `?`, as in Java. */
export function encode(text: string, charset = 'UTF-8'): Buffer {
  switch (charset.trim().toLowerCase()) {
    case 'utf-8':
    case 'utf8':
      return Buffer.from(/[\ud800-\udfff]/.test(text) ? withoutLoneSurrogates(text) : text);
    case 'us-ascii':
    case 'ascii':
      return Buffer.from(text.replace(/[^\x00-\x7f]/gu, '?'), 'latin1');
    case 'iso-8859-1':
    case 'latin1':
      return Buffer.from(text.replace(/[^\x00-\xff]/gu, '?'), 'latin1');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16':
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    default:
      throw new ScriptException(`Invalid argument: ${charset}`);
  }
}

export function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
}

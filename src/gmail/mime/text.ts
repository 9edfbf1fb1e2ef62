/** Text bodies: lines that a mailer wrapped made whole again, and the HTML form of a text. */
import { withoutEnd } from '../../platform/text';
import { escapeHtml } from './entities';

/**
 * Undoes `format=flowed` (RFC 3676): a line with a space at its end goes on in the next one of the same quote depth.
 * With `delSp` that space was put in by the mailer.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string } | undefined;
  const close = () => {
    if (open !== undefined) out.push(quoted(open.depth, open.text));
    open = undefined;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const marks = /^>*/.exec(line)?.[0].length ?? 0;
    // One space was stuffed in front of lines that begin with a space, a `>` or `From `.
    const content = line.slice(marks).replace(/^ /, '');
    // The line before a signature ends with a space that is its own.
    const signature = content === '-- ';
    if (open !== undefined && (open.depth !== marks || signature)) close();
    const joined: string = (open?.text ?? '') + content;
    if (content.endsWith(' ') && !signature) open = { depth: marks, text: delSp ? joined.slice(0, -1) : joined };
    else {
      open = undefined;
      out.push(quoted(marks, joined));
    }
  }
  close();
  return out.join('\n');
}

/** The text as HTML: escaped, with its line breaks and with the spaces that lay it out (M1). */
export function htmlFromText(text: string): string {
  const lines = withoutEnd(text.replace(/\r\n|\r/g, '\n'), '\n').split('\n');
  return `<div>${lines.map(htmlLine).join('<br>\n')}</div>`;
}

function htmlLine(line: string): string {
  return escapeHtml(line.replace(/\t/g, '    ')).replace(/^ | (?= )/g, '&nbsp;');
}

function quoted(depth: number, text: string): string {
  if (depth === 0) return text;
  return text === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}

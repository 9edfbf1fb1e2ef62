/** Changes single headers of a message and leaves every other byte as it is. */
import { readOutline } from '../mime/outline';

export interface HeaderChange {
  /** Put on top, in this order, as whole fields without line end. */
  readonly top?: readonly string[];
  /** By name in lower case: the new field, or undefined to leave it out. A field that is not there is added at the end. */
  readonly set?: Readonly<Record<string, string | undefined>>;
  /** Which other fields stay. */
  readonly keep?: (name: string) => boolean;
}

/** The line end that the message itself uses. */
function lineEndOf(raw: Buffer): string {
  const newline = raw.indexOf(10);
  return newline > 0 && raw[newline - 1] === 13 ? '\r\n' : newline < 0 ? '\r\n' : '\n';
}

export function changeHeaders(raw: Buffer, { top = [], set = {}, keep = () => true }: HeaderChange): Buffer {
  const { headers, bodyStart } = readOutline(raw);
  const lineEnd = lineEndOf(raw);
  const pieces: Buffer[] = top.map((field) => Buffer.from(field + lineEnd));
  const written = new Set<string>();
  for (const { name, start, end } of headers) {
    const lower = name.toLowerCase();
    if (lower in set) {
      const field = set[lower];
      if (field !== undefined && !written.has(lower)) pieces.push(Buffer.from(field + lineEnd));
      written.add(lower);
    } else if (keep(lower)) {
      const bytes = raw.subarray(start, end);
      pieces.push(bytes);
      if (bytes.at(-1) !== 10) pieces.push(Buffer.from(lineEnd));
    }
  }
  for (const [name, field] of Object.entries(set)) {
    if (field !== undefined && !written.has(name)) pieces.push(Buffer.from(field + lineEnd));
  }
  pieces.push(Buffer.from(lineEnd), raw.subarray(bodyStart));
  return Buffer.concat(pieces);
}

/** Puts trace fields on top of a message, which is otherwise untouched. */
export function prependFields(raw: Buffer, fields: readonly string[]): Buffer {
  const lineEnd = lineEndOf(raw);
  return Buffer.concat([Buffer.from(fields.map((field) => field + lineEnd).join('')), raw]);
}

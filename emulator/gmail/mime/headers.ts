/** Reads a header block: every field in order, duplicates kept, whatever is between the fields skipped. */
export interface HeaderField {
  readonly name: string;
  /** One byte a character, still folded, without the line end. */
  readonly value: string;
  /** Where the field begins and ends in the source, its line end included. */
  readonly start: number;
  readonly end: number;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** The first character after the empty line. */
  readonly bodyStart: number;
}

const NAME = /^[!-9;-~]+$/;

/**
 * @param source one byte a character
 * @param nested a part of a multipart: a part without an empty line ends at the next boundary, whose line begins with `--`
 */
export function parseHeaders(source: string, start: number, nested = false): HeaderBlock {
  const end = source.length;
  const fields: HeaderField[] = [];
  let open: { name: string; valueStart: number; start: number } | undefined;
  let openEnd = start;
  const close = () => {
    if (open === undefined) return;
    const value = source.slice(open.valueStart, openEnd).replace(/\r?\n$/, '');
    fields.push(
      Object.freeze({ name: open.name, value: value.replace(/^[ \t]+/, ''), start: open.start, end: openEnd }),
    );
    open = undefined;
  };
  let position = start;
  while (position < end) {
    const newline = source.indexOf('\n', position);
    const next = newline < 0 ? end : newline + 1;
    const first = source[position];
    if (first === '\n' || (first === '\r' && source[position + 1] === '\n')) {
      position = next;
      break;
    }
    if (nested && first === '-' && source[position + 1] === '-') break;
    if ((first === ' ' || first === '\t') && open !== undefined) {
      openEnd = next;
    } else {
      close();
      const colon = source.indexOf(':', position);
      const name = colon < 0 || colon >= next ? '' : source.slice(position, colon).trimEnd();
      if (NAME.test(name)) {
        open = { name, valueStart: colon + 1, start: position };
        openEnd = next;
      }
    }
    position = next;
  }
  close();
  return { fields, bodyStart: position };
}

/** RFC 5322 unfolding: a line break before a blank is no part of the value. Line by line, so that no run of blanks costs more than its length. */
export function unfold(value: string): string {
  if (!value.includes('\n')) return value;
  return value
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

/** The first field of this name (in lower case), unfolded and trimmed. */
export function headerValue(fields: readonly HeaderField[], name: string): string | undefined {
  const field = fields.find((candidate) => candidate.name.toLowerCase() === name);
  return field === undefined ? undefined : unfold(field.value).trim();
}

export function headerValues(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name).map((field) => unfold(field.value).trim());
}

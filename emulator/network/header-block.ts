/** The header block of a mail on its way: as much as mail hosts look at. Never throws, whatever the bytes. */

/** Where the header block ends: the index of the empty line, or the end of the mail. */
export function headerBlock(raw: Buffer): string {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  const ends = [crlf, lf].filter((index) => index >= 0);
  return raw.toString('latin1', 0, ends.length === 0 ? raw.length : Math.min(...ends));
}

/** The first header of that name, unfolded; the bytes as Latin-1, encoded words left as they are. */
export function headerOf(block: string, name: string): string | undefined {
  const lines = block.split(/\r?\n/);
  const wanted = `${name.toLowerCase()}:`;
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i].toLowerCase().startsWith(wanted)) continue;
    let value = lines[i].slice(wanted.length);
    while (i + 1 < lines.length && /^[ \t]/.test(lines[i + 1])) value += lines[++i];
    return value.trim();
  }
  return undefined;
}

/** The bare address of a header such as `"Doe, Jane" <jane@example.com>`; the text itself where it has no brackets. */
export function addressIn(value: string): string {
  const inBrackets = /<([^<>]*)>\s*$/.exec(value);
  return (inBrackets ? inBrackets[1] : value).trim();
}

/** A strict and independent look at a message on the wire, against which the writer is held. */
export interface WireEntity {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly parts: readonly WireEntity[];
}

/** Takes a message apart by RFC 5322 and 2046; throws where it breaks a rule. */
export function readWire(raw: string): WireEntity {
  if (/[^\t\r\n -~]/.test(raw)) throw new Error('something else than ASCII');
  if (/\r(?!\n)|(?<!\r)\n/.test(raw)) throw new Error('a lone CR or LF');
  if (!raw.endsWith('\r\n')) throw new Error('no line break at the end');
  for (const line of raw.split('\r\n')) if (line.length > 998) throw new Error(`a line of ${line.length}`);
  return readEntity(raw);
}

export function header(entity: WireEntity, name: string): string | undefined {
  return entity.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** All entities, the root first. */
export function entities(root: WireEntity): WireEntity[] {
  return [root, ...root.parts.flatMap(entities)];
}

export function decodedBody(entity: WireEntity): Buffer {
  const encoding = header(entity, 'Content-Transfer-Encoding');
  if (encoding === 'base64') return Buffer.from(entity.body, 'base64');
  if (encoding !== 'quoted-printable') throw new Error(`encoding ${String(encoding)}`);
  const text = entity.body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

function readEntity(text: string): WireEntity {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) throw new Error('no end of the headers');
  const headers = text
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, () => '\u0001')
    .split('\r\n')
    .map((line): [string, string] => {
      if (/\u0001[ \t]*(\u0001|$)/.test(line)) throw new Error(`a folded line of nothing: ${line}`);
      if (/=\?[^ ]{74,}\?=/.test(line)) throw new Error(`an encoded word of more than 75: ${line}`);
      for (const physical of line.split('\u0001')) {
        if (physical.includes('=?') && physical.length > 76)
          throw new Error(`a line of ${physical.length} with an encoded word`);
      }
      const match = /^([!-9;-~]+):(?: (.*))?$/.exec(line.replace(/\u0001/g, ''));
      if (match === null) throw new Error(`no header: ${line}`);
      return [match[1], match[2] ?? ''];
    });
  const body = text.slice(end + 4);
  const type = headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  if (!type.startsWith('multipart/')) {
    for (const line of body.split('\r\n')) if (line.length > 76) throw new Error(`a body line of ${line.length}`);
    return { headers, body, parts: [] };
  }
  const boundary = /boundary="([^"]{1,70})"/.exec(type)?.[1];
  if (boundary === undefined) throw new Error('no boundary');
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (pieces[0] !== '' || !/^--(\r\n)?$/.test(pieces[pieces.length - 1])) throw new Error('the parts are not closed');
  // The line break in front of a delimiter is the delimiter's, so an empty body has no text at all.
  const parts = pieces.slice(1, -1).map((piece) => {
    if (!piece.startsWith('\r\n')) throw new Error('a boundary goes on');
    return readEntity(piece.slice(2));
  });
  return { headers, body, parts };
}

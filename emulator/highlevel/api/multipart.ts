/** Reads a multipart/form-data body into its parts, over bytes. */
export interface FormPart {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly bytes: Buffer;
}

/** Undefined where the body is not a form. */
export function readForm(contentType: string, body: Buffer): FormPart[] | undefined {
  const boundary = /^multipart\/form-data\b.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  if (boundary === null) return undefined;
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(mark);
  while (at !== -1) {
    const start = at + mark.length;
    const next = body.indexOf(mark, start);
    if (next === -1) break;
    const part = readPart(body.subarray(start, next));
    if (part !== undefined) parts.push(part);
    at = next;
  }
  return parts;
}

function readPart(chunk: Buffer): FormPart | undefined {
  const blank = chunk.indexOf('\r\n\r\n');
  if (blank === -1) return undefined;
  const head = chunk.subarray(0, blank).toString('utf8');
  // The two bytes before the next boundary are the line break that belongs to it.
  const bytes = Buffer.from(chunk.subarray(blank + 4, chunk.length - 2));
  const name = /^content-disposition:.*?\bname="([^"]*)"/im.exec(head);
  if (name === null) return undefined;
  const filename = /^content-disposition:.*?\bfilename="([^"]*)"/im.exec(head)?.[1];
  const type = /^content-type:\s*([^\r\n;]+)/im.exec(head)?.[1].trim().toLowerCase();
  return {
    name: name[1],
    ...(filename === undefined ? {} : { filename }),
    ...(type === undefined ? {} : { type }),
    bytes,
  };
}

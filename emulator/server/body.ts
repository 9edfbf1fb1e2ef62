/** Reads the body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** Room for the largest answer or upload of the services, 50 MB, in base64 or not. */
export const LARGEST_BODY = 60 * 1024 * 1024;

/** Undefined where the body is larger than the limit; the rest of it is then read and dropped. */
export async function readBody(request: IncomingMessage, limit = LARGEST_BODY): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= limit) chunks.push(chunk as Buffer);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

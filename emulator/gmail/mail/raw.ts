/** The message of a request: `raw` of the JSON, or an upload. */
import { badRequest, tooLarge } from '../rest/errors';
import { objectField, textField, type Call, type Json } from '../rest/call';

/** Bytes (discovery document, in facts, platform 3.6). */
export const MOST_SENT = 36_700_160;
export const MOST_INSERTED = 157_286_400;

/** @param body the Message resource that may hold `raw` */
export function readRaw(call: Call, body: Json, most: number): Buffer {
  const bytes = call.media ?? decodeRaw(textField(body, 'raw'));
  if (bytes.length > most) throw tooLarge(`Request is too large: at most ${most} bytes.`);
  if (bytes.length === 0) throw missing();
  return bytes;
}

function missing() {
  return badRequest("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
}

function decodeRaw(raw: string | undefined): Buffer {
  if (raw === undefined || raw === '') throw missing();
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(raw)) {
    throw badRequest(`Invalid value at 'raw' (TYPE_BYTES), Base64 decoding failed for "${raw.slice(0, 60)}"`);
  }
  return Buffer.from(raw, 'base64');
}

/** The Message resource inside a Draft resource. */
export function draftMessage(body: Json): Json {
  return objectField(body, 'message') ?? {};
}

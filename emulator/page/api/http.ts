/** One way to ask the emulator for something, and one error for everything that it may answer instead. */

/** `message` is what the service said, in its own words; `status` is 0 where nothing answered. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, a string or bytes as they are. */
  readonly body?: unknown;
}

/** The JSON of a successful answer; undefined where it has no body. Throws `ApiError`. */
export async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<unknown> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, 'The emulator does not answer. Is it still running?');
  }
  const text = await response.text();
  const value = parse(text);
  if (!response.ok) throw new ApiError(response.status, messageOf(value) ?? `The answer was ${response.status}.`);
  return value;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Google: `{error: {message}}`; HighLevel: `{message}`, at times a list; the emulator's own calls: `{error}`. */
function messageOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { error, message } = value;
  if (typeof error === 'string' && typeof message !== 'string') return error;
  if (isRecord(error) && typeof error['message'] === 'string') return error['message'];
  if (Array.isArray(message)) return message.map(String).join(', ');
  return typeof message === 'string' ? message : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field of an answer; empty where it is missing or no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A list field of an answer; empty where it is missing. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A list of texts, also where the answer has a single text in its place. */
export function textsOf(value: unknown): string[] {
  return typeof value === 'string'
    ? [value]
    : listOf(value)
        .map(textOf)
        .filter((text) => text !== '');
}

/** `https://host/path` is served at `/host/path` of the emulator. */
export function localAddress(url: string): string | undefined {
  const match = /^https:\/\/([^/?#]+)(\/[^#]*)?/.exec(url);
  return match === null ? undefined : `/${match[1]}${match[2] ?? '/'}`;
}

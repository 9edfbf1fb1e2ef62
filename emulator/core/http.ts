/**
 * The one shape in which every emulated service takes a request and gives an answer: synchronous, so that the
 * Apps Script runtime can call it from inside a script, and so that a run is a pure function of its seed.
 */
export interface EmulatedRequest {
  /** Upper case. */
  readonly method: string;
  /** `gmail.googleapis.com`, without a port. */
  readonly host: string;
  /** Path with query string, as on the wire: `/gmail/v1/users/me/profile?fields=emailAddress`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface EmulatedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What stands behind a host name. Never throws: a fault of ours is a 500 with the service's own error form. */
export type Handler = (request: EmulatedRequest) => EmulatedResponse;

/** An answer with a JSON body. */
export function jsonResponse(status: number, value: unknown, headers: Record<string, string> = {}): EmulatedResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

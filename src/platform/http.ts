/**
 * HTTP over UrlFetchApp. One `sendAll` is one parallel round (`fetchAll`, the platform's only parallelism: facts,
 * platform 2.4). A host that does not resolve makes the whole call throw although other requests may have been
 * delivered (facts, platform 2.4), so then every element is without an answer.
 */
export interface HttpCall {
  readonly url: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Without the authorization, which the driver adds from the service's credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Text as it is; an object becomes a form: multipart where a value is a Blob. */
  readonly payload?:
    string | GoogleAppsScript.Base.Blob | Readonly<Record<string, string | GoogleAppsScript.Base.Blob>>;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case; of a repeated header the first value. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as UTF-8 text. */
  text(): string;
  /** The body as it came; undefined where the answer was a part of a Gmail batch. */
  blob?(): GoogleAppsScript.Base.Blob;
}

/** No answer came: time-out, DNS, cut connection. Whether the request was done is unknown. */
export interface NoAnswer {
  readonly status: 0;
  readonly reason: string;
}

/** Sends one round. Never throws; the answers are in the order of the calls. */
export function sendAll(calls: readonly HttpCall[]): (Answer | NoAnswer)[] {
  if (calls.length === 0) return [];
  try {
    return UrlFetchApp.fetchAll(calls.map(toRequest)).map(toAnswer);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'no answer';
    return calls.map(() => ({ status: 0, reason: withoutAddress(reason) }));
  }
}

function toRequest(call: HttpCall): GoogleAppsScript.URL_Fetch.URLFetchRequest {
  return {
    url: call.url,
    method: call.method,
    headers: { ...call.headers },
    muteHttpExceptions: true,
    // A redirect of an API is a login page or a moved host, never an answer (facts, reliability C19).
    followRedirects: false,
    ...(call.contentType === undefined ? {} : { contentType: call.contentType }),
    ...(call.payload === undefined ? {} : { payload: call.payload }),
  };
}

function toAnswer(response: GoogleAppsScript.URL_Fetch.HTTPResponse): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getAllHeaders() as Record<string, string | string[]>)) {
    headers[name.toLowerCase()] = Array.isArray(value) ? value[0] : value;
  }
  return {
    status: response.getResponseCode(),
    headers,
    text: () => response.getContentText('UTF-8'),
    blob: () => response.getBlob(),
  };
}

/** The platform puts the whole address into its exceptions, and an attachment's address is a secret. */
function withoutAddress(reason: string): string {
  return reason.replace(/https?:\/\/\S+/g, '(address)');
}

/** How a request to the HighLevel API is made. Nothing is sent here, and the token is the driver's to add. */
import type { Effect, Exchange } from '../platform/exchange';
import type { Answer, HttpCall } from '../platform/http';
import { VERSIONS, type Call } from './versions';

export { crmOutcome } from './outcome';

export const CRM = 'https://services.leadconnectorhq.com';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Request<T> {
  /** Its row in the table of versions. */
  readonly call: Call;
  readonly effect: Effect;
  readonly method?: HttpCall['method'];
  /** Path segments, each escaped. */
  readonly path: readonly string[];
  /** With the closing slash that the addresses of collections have. */
  readonly slash?: true;
  readonly query?: Query;
  /** Sent as JSON; fields that are undefined are left out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent as a form, multipart where a value is a Blob. */
  readonly form?: Readonly<Record<string, string | GoogleAppsScript.Base.Blob>>;
  readonly read: (answer: Answer) => T;
  readonly codes?: Exchange<T>['codes'];
}

export function crmExchange<T>(request: Request<T>): Exchange<T> {
  const json =
    request.body === undefined ? {} : { contentType: 'application/json', payload: JSON.stringify(request.body) };
  return {
    service: 'crm',
    effect: request.effect,
    units: 0,
    call: {
      url: `${CRM}${pathOf(request.path)}${request.slash ? '/' : ''}${queryOf(request.query ?? {})}`,
      method: request.method ?? 'get',
      // Without Accept some calls answer 404 with an empty body (facts, highlevel 1).
      headers: { Accept: 'application/json', Version: VERSIONS[request.call] },
      ...json,
      ...(request.form === undefined ? {} : { payload: request.form }),
    },
    read: request.read,
    ...(request.codes === undefined ? {} : { codes: request.codes }),
  };
}

function pathOf(segments: readonly string[]): string {
  // Out of a store that was edited by hand, `..` (which survives escaping) and nothing lead to another resource.
  return segments.map((segment) => `/${encodeURIComponent(segment).replace(/^\.*$/, '-')}`).join('');
}

/** The query part of an address, with its question mark; empty where nothing is asked. */
export function queryOf(query: Query): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

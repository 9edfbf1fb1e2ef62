/** One request to the API as its endpoints see it, and what they answer. */
import type { Crm } from '../crm';
import type { Json, Token } from '../state';
import { badRequest } from './errors';
import { Fields } from './fields';

export interface Reply {
  readonly status: number;
  /** JSON; undefined: no body at all. */
  readonly body?: unknown;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });

export class Call {
  private parsed?: Json;

  constructor(
    readonly crm: Crm,
    readonly params: Readonly<Record<string, string>>,
    readonly query: URLSearchParams,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: Buffer,
    readonly token: Token,
    readonly traceId: string,
  ) {}

  /** Answers as v3 does; every other version is treated alike (facts, highlevel 1). */
  get v3(): boolean {
    return this.headers['version'] === 'v3';
  }

  /** The JSON body; `{}` where there is none. */
  json(): Json {
    if (this.parsed !== undefined) return this.parsed;
    const text = this.body.toString('utf8');
    let value: unknown;
    try {
      value = text.trim() === '' ? {} : JSON.parse(text);
    } catch {
      throw badRequest('Unexpected token in JSON at position 0');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw badRequest('Unexpected token in JSON at position 0');
    }
    return (this.parsed = value as Json);
  }

  fields(): Fields {
    return new Fields(this.json());
  }

  /** Checks over the query; of a repeated name the first value. */
  queryFields(): Fields {
    const given: Record<string, string> = {};
    for (const [name, value] of this.query) given[name] ??= value;
    return new Fields(given);
  }

  get isJson(): boolean {
    return !(this.headers['content-type'] ?? 'application/json').startsWith('multipart/');
  }
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/contacts/:contactId/tasks`. */
  readonly path: string;
  readonly scope?: string;
  /** `required` where a Version header is documented (the default), `none` where it is not, `v3` where only v3 has the path, `dated` where v3 dropped it. */
  readonly version?: 'required' | 'none' | 'v3' | 'dated';
  /** Needs no token (the token endpoint). */
  readonly open?: true;
  /** `app`: marketplace app tokens only; `agency`: agency tokens only, which this world has none of. */
  readonly access?: 'any' | 'app' | 'agency';
  readonly handle: (call: Call) => Reply;
}

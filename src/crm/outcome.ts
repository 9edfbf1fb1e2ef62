/** What an answer of the CRM means for the request that it belongs to (facts, highlevel 1; reliability 2.6). */
import { Unreadable, type Exchange, type Failure, type Outcome } from '../platform/exchange';
import type { Answer, NoAnswer } from '../platform/http';
import { retryAfter } from './pace';
import { redact } from './redact';
import { isObject, optionalId, text, texts } from './shapes';

const SECOND = 1000;
/** The status of a new mail can be set 5 to 10 seconds after it was handed out (facts, highlevel 5.8). */
const STATUS_WAIT = 10 * SECOND;
const FORBIDDEN_WAIT = 300 * SECOND;
const INACTIVE_WAIT = 3600 * SECOND;

/** The outcome of an exchange with the CRM. Never throws. */
export function crmOutcome<T>(exchange: Exchange<T>, answer: Answer | NoAnswer): Outcome<T> {
  if (answer.status === 0) return unanswered(answer as NoAnswer);
  const given = answer as Answer;
  return given.status >= 200 && given.status < 300 ? success(exchange, given) : new Refusal(exchange, given).outcome();
}

/** No answer at all: whether anything was done cannot be told. */
export function unanswered({ reason }: NoAnswer): Outcome<never> {
  return { kind: 'unknown', failure: { code: 'http.no-answer', status: 0, detail: redact(reason) } };
}

function success<T>(exchange: Exchange<T>, answer: Answer): Outcome<T> {
  try {
    return { kind: 'done', value: exchange.read(answer) };
  } catch (error) {
    const detail = error instanceof Unreadable ? error.message : 'the answer could not be read';
    return { kind: 'unknown', failure: { code: 'http.unreadable', status: answer.status, detail } };
  }
}

class Refusal {
  private readonly body: unknown;
  private readonly message: string;

  constructor(
    private readonly exchange: Exchange<unknown>,
    private readonly answer: Answer,
  ) {
    this.body = jsonOf(answer);
    this.message = messageOf(this.body);
  }

  outcome(): Outcome<never> {
    const { status } = this.answer;
    switch (status) {
      case 401:
        return this.unauthorized();
      case 403:
        return this.forbidden();
      case 408:
        return this.unknown('crm.unavailable');
      case 429:
        return this.later('crm.rate-limited', retryAfter(this.answer));
      case 413:
        return this.refused('crm.too-large');
      case 415:
        return this.refused('crm.type-refused');
    }
    if (status >= 500) return this.unknown('crm.unavailable');
    // A redirect of an API leads to a login page or a moved host (facts, reliability C19).
    if (status < 400) return this.unknown('http.redirected');
    // A gateway's 404 for lack of a route, or for lack of the Accept header (facts, highlevel 1), has no JSON, and taking
    // it for the CRM's own would take a mail for deleted.
    if (!isObject(this.body)) return this.unknown('http.unreadable');
    if (/contact\b.*\bnot found/i.test(this.message)) return this.refused('crm.contact-not-found');
    switch (status) {
      case 400:
        return this.badRequest();
      case 404:
      case 410:
        return this.refused('crm.not-found');
      case 422:
        return this.refused('crm.unprocessable');
    }
    return this.refused('crm.refused');
  }

  private badRequest(): Outcome<never> {
    const says = (pattern: RegExp) => pattern.test(this.message);
    if (says(/duplicated? contact/i)) return this.exists('crm.duplicate-contact', this.field('meta'), 'contactId');
    if (says(/conversation already exists/i))
      return this.exists('crm.conversation-exists', this.body, 'conversationId');
    // The three of the token endpoint (facts, highlevel 2.2). After `Location is not active` the same refresh token works
    // again later.
    if (says(/location is not active/i)) return this.later('crm.location-inactive', INACTIVE_WAIT);
    if (says(/invalid[ _]grant/i)) return this.denied('crm.grant-invalid');
    if (says(/invalid[ _]client|client.*(invalid|not found|mismatch)/i)) return this.denied('crm.client-invalid');
    if (says(/conversationProviderId/)) return this.refused('crm.provider-needed');
    // That the CRM refuses a second one is not known, but if it does, the first one is there (facts, reliability P6).
    if (says(/\baltId\b.*\b(exists|duplicate|unique)/i)) return this.refused('crm.duplicate-message');
    return this.refused(says(/\bnot found/i) ? 'crm.not-found' : 'crm.bad-request');
  }

  /** A create that met the record it was to make; its id is in the answer (facts, highlevel 4.1). */
  private exists(code: string, holder: unknown, name: string): Outcome<never> {
    const existingId = isObject(holder) ? optionalId(holder[name]) : undefined;
    return { kind: 'refused', failure: { ...this.say(code), ...(existingId === undefined ? {} : { existingId }) } };
  }

  private field(name: string): unknown {
    return isObject(this.body) ? this.body[name] : undefined;
  }

  /** A missing scope, a wrong kind of token and an expired token are all 401, told apart by their text alone (facts, highlevel 1). */
  private unauthorized(): Outcome<never> {
    return this.credentials() ?? this.notReady() ?? this.denied('crm.unauthorized');
  }

  private forbidden(): Outcome<never> {
    // The record's own, or a firewall's that did not like a text: parks what asked for it and nothing else.
    const other =
      this.exchange.effect === 'read' ? this.unknown('crm.forbidden') : this.later('crm.forbidden', FORBIDDEN_WAIT);
    return this.credentials() ?? this.notReady() ?? other;
  }

  private credentials(): Outcome<never> | undefined {
    const codes: readonly (readonly [RegExp, string])[] = [
      [/not authorized for this scope|insufficient.*scope/i, 'crm.scope-missing'],
      [/auth ?class/i, 'crm.auth-class'],
      [/access to this location/i, 'crm.location-refused'],
      [/provider marketplace app/i, 'crm.not-provider'],
      [/invalid jwt|jwt expired|token (has |is )?expired|expired token/i, 'crm.token-expired'],
      [/invalid (access )?token|token is invalid|invalid private integration/i, 'crm.token-invalid'],
      [/invalid[ _]client/i, 'crm.client-invalid'],
    ];
    const found = codes.find(([pattern]) => pattern.test(this.message));
    if (found === undefined) return undefined;
    // The token is good for everything else.
    if (found[1] === 'crm.not-provider') return { kind: 'refused', failure: this.say(found[1]) };
    return this.denied(found[1]);
  }

  /** A request that names a code for 401 or 403 knows of a refusal that passes by itself (facts, highlevel 5.8). */
  private notReady(): Outcome<never> | undefined {
    const code = this.exchange.codes?.[this.answer.status];
    return code === undefined ? undefined : this.later(code, STATUS_WAIT);
  }

  private refused(code: string): Outcome<never> {
    return { kind: 'refused', failure: this.say(this.exchange.codes?.[this.answer.status] ?? code) };
  }

  private denied(code: string): Outcome<never> {
    return { kind: 'denied', failure: this.say(code) };
  }

  private later(code: string, retryAfterMs: number): Outcome<never> {
    return { kind: 'later', failure: this.say(code), retryAfterMs };
  }

  private unknown(code: string): Outcome<never> {
    return { kind: 'unknown', failure: this.say(code) };
  }

  private say(code: string): Failure {
    const { status, headers } = this.answer;
    const trace = optionalId(this.field('traceId')) ?? optionalId(headers['x-trace-id']);
    const detail = redact(this.message === '' ? `status ${status} without a readable reason` : this.message);
    // HighLevel's support asks for the trace id.
    return { code, status, detail: trace === undefined ? detail : `${detail.slice(0, 125)} (trace ${trace})` };
  }
}

function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    return undefined;
  }
}

/** The forms in use: `message` as text or list, `error` as text or as v3's object, RFC 6749's `error_description` (facts, highlevel 1). */
function messageOf(body: unknown): string {
  if (!isObject(body)) return '';
  const nested = isObject(body.error) ? [text(body.error.message), text(body.error.code)] : [];
  const found = [
    texts(body.message).join('; '),
    text(body.error_description),
    ...nested,
    text(body.error),
    text(body.msg),
  ];
  return found.find((entry) => entry !== '') ?? '';
}

/** What Gmail hands to a card's function, read with care: any of it may be missing (facts, platform 5.4). */

export interface CardEvent {
  readonly parameters: Readonly<Record<string, string>>;
  /** The values of a form field; empty where nothing was entered. */
  readonly form: (name: string) => readonly string[];
  /** The day of a date field: milliseconds of its midnight in UTC. */
  readonly day: (name: string) => number | undefined;
  readonly locale: string;
  /** Milliseconds that the user's clock is ahead of UTC. */
  readonly offset: number;
  /** The user's time zone by its IANA name; empty where it is not told. */
  readonly zone: string;
  /** The open message, by ids as Gmail's REST has them. */
  readonly messageId?: string;
  readonly threadId?: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function readEvent(event: unknown): CardEvent {
  const common = fields(fields(event).commonEventObject);
  const gmail = fields(fields(event).gmail);
  const inputs = fields(common.formInputs);
  return {
    parameters: texts(common.parameters ?? fields(event).parameters),
    form: (name) => {
      const values = fields(fields(inputs[name]).stringInputs).value;
      return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
    },
    day: (name) => {
      const input = fields(inputs[name]);
      const ms = Number(fields(input.dateInput ?? input.dateTimeInput).msSinceEpoch ?? NaN);
      return Math.abs(ms) <= LATEST ? ms : undefined;
    },
    locale: asLocale(common.userLocale),
    offset: asOffset(fields(common.timeZone).offset),
    zone: asZone(fields(common.timeZone).id),
    messageId: hexId(gmail.messageId ?? fields(fields(event).messageMetadata).messageId),
    threadId: hexId(gmail.threadId),
  };
}

/**
 * Gmail's screens know a message as `msg-f:` and a decimal number, REST knows the same number in 16 hexadecimal digits.
 * Drafts are `msg-a:r…`, which cannot be turned into one another: undefined (facts, platform 5.4).
 */
export function hexId(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (/^[0-9a-f]{1,16}$/i.test(id)) return id.toLowerCase();
  const decimal = /^#?(?:msg|thread)-f:(\d{1,20})$/.exec(id)?.[1];
  return decimal === undefined ? undefined : hexOf(decimal);
}

/** By hand: numbers end at 2^53, and these are longer. */
function hexOf(decimal: string): string {
  let digits = Array.from(decimal, Number);
  let hex = '';
  while (digits.length > 0) {
    let rest = 0;
    const quotient: number[] = [];
    for (const digit of digits) {
      const value = rest * 10 + digit;
      const whole = Math.floor(value / 16);
      rest = value % 16;
      if (quotient.length > 0 || whole > 0) quotient.push(whole);
    }
    hex = rest.toString(16) + hex;
    digits = quotient;
  }
  return hex.padStart(16, '0');
}

const DAY_MS = 86_400_000;
/** The last moment that a calendar knows. */
const LATEST = 8.64e15;

function asOffset(offset: unknown): number {
  return typeof offset === 'number' && Math.abs(offset) <= DAY_MS ? offset : 0;
}

/** `de-AT`; some of Gmail's clients write `de_AT`. */
function asLocale(locale: unknown): string {
  if (typeof locale !== 'string') return '';
  const tag = locale.replace(/_/g, '-');
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag) ? tag : '';
}

function asZone(id: unknown): string {
  return typeof id === 'string' && /^[A-Za-z0-9_+/-]{1,60}$/.test(id) ? id : '';
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function texts(value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, entry] of Object.entries(fields(value))) if (typeof entry === 'string') found[name] = entry;
  return found;
}

/**
 * Times, dates and numbers as the user writes them: by the event's locale and time zone. The platform's V8 is expected
 * to know locales; where it does not, or does not know this one, the catalogue's own patterns do (facts, platform 5.4:
 * locale and zone are only there when the user's Gmail gives them).
 */
import type { CardEvent } from './event';
import type { Words } from './words';

export interface Format {
  readonly now: number;
  /** `3 minutes ago`; `just now` within the minute; `not yet` for 0. */
  readonly ago: (time: number) => string;
  /** `in 3 minutes`; `any moment` within the minute or where it is past. */
  readonly soon: (time: number) => string;
  /** The time of day, with the date where it is another day. */
  readonly clock: (time: number) => string;
  /** `today`, `tomorrow`, or the date. */
  readonly day: (time: number) => string;
  /** Date and time, whole, for a list that is kept. */
  readonly stamp: (time: number) => string;
  /** An amount: with two decimals where it has any. The CRM names no currency, so none is made up (facts, highlevel 6). */
  readonly amount: (value: number) => string;
}

/** As the locale writes a time of day: `8:05 AM`, `08:05`. */
const CLOCK = { timeStyle: 'short' } as Intl.DateTimeFormatOptions;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function formatFor(words: Words, event: Pick<CardEvent, 'locale' | 'zone' | 'offset'>, now: number): Format {
  const { time: says } = words;
  const dayKey = (time: number) => pattern(event, time, 'yyyy-MM-dd');
  const today = dayKey(now);
  const clockOf = (time: number) => byLocale(event, time, CLOCK) ?? pattern(event, time, says.clockPattern);
  const dateOf = (time: number) =>
    byLocale(event, time, { day: 'numeric', month: 'short', year: sameYear(time, now) ? undefined : 'numeric' }) ??
    pattern(event, time, says.datePattern);
  return {
    now,
    ago: (time) => (time === 0 ? says.never : says.ago(span(words, now - time))),
    soon: (time) => says.soon(span(words, time - now)),
    clock: (time) => (dayKey(time) === today ? clockOf(time) : says.moment(dateOf(time), clockOf(time))),
    day: (time) => {
      const key = dayKey(time);
      if (key === today) return says.today;
      if (key === dayKey(now + DAY)) return says.tomorrow;
      return key === dayKey(now - DAY) ? says.yesterday : dateOf(time);
    },
    stamp: (time) => pattern(event, time, 'yyyy-MM-dd HH:mm'),
    amount: (value) => amountIn(event.locale, value) ?? grouped(value, says.group),
  };
}

function span({ time }: Words, ms: number): string {
  if (ms < MINUTE) return '';
  if (ms < HOUR) return time.minutes(Math.floor(ms / MINUTE));
  if (ms < 2 * DAY) return time.hours(Math.floor(ms / HOUR));
  return time.days(Math.floor(ms / DAY));
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getUTCFullYear() === new Date(b).getUTCFullYear();
}

function byLocale(
  { locale, zone }: Pick<CardEvent, 'locale' | 'zone'>,
  time: number,
  options: Intl.DateTimeFormatOptions,
): string | undefined {
  if (locale === '' || zone === '') return undefined;
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(time).replace(/\u202f/g, ' ');
  } catch {
    return undefined;
  }
}

function amountIn(locale: string, value: number): string | undefined {
  if (locale === '') return undefined;
  try {
    const minimumFractionDigits = decimalsOf(value);
    return new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: 2 }).format(value);
  } catch {
    return undefined;
  }
}

/** Of Java's `SimpleDateFormat`, in the user's zone; without one by the offset of the moment. */
function pattern({ zone, offset }: Pick<CardEvent, 'zone' | 'offset'>, time: number, format: string): string {
  if (zone !== '') {
    try {
      return Utilities.formatDate(new Date(time), zone, format);
    } catch {
      // A zone that the platform does not know.
    }
  }
  return Utilities.formatDate(new Date(time + offset), 'UTC', format);
}

function decimalsOf(value: number): 0 | 2 {
  return Number.isInteger(Math.round(value * 100) / 100) ? 0 : 2;
}

function grouped(value: number, group: string): string {
  const [whole, cents] = value.toFixed(decimalsOf(value)).split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return cents === undefined ? thousands : `${thousands}${group === ',' ? '.' : ','}${cents}`;
}

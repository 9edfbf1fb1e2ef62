/** Times as people say them. */
import type { Words } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 minutes ago`; `just now` within the minute. */
export function agoIn(words: Words, time: number, now: number): string {
  return time === 0 ? words.time.never : words.time.ago(span(words, now - time));
}

/** `in 3 minutes`; `any moment` within the minute or where it is past. */
export function soonIn(words: Words, time: number, now: number): string {
  return words.time.soon(span(words, time - now));
}

/** `14:05` on the user's clock, with the date where it is another day. */
export function clockTime(time: number, now: number, offset: number): string {
  const local = new Date(time + offset).toISOString();
  const today = new Date(now + offset).toISOString().slice(0, 10);
  const clock = local.slice(11, 16);
  return local.slice(0, 10) === today ? clock : `${local.slice(0, 10)} ${clock}`;
}

function span(words: Words, ms: number): string {
  if (ms < MINUTE) return '';
  if (ms < HOUR) return words.time.minutes(Math.floor(ms / MINUTE));
  if (ms < 2 * DAY) return words.time.hours(Math.floor(ms / HOUR));
  return words.time.days(Math.floor(ms / DAY));
}

/** Times as people read them. The world's clock is virtual and shown in UTC, the same on every machine. */

const DAY_MS = 86_400_000;
const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (at: number) => formatter.format(at);
};
const time = format({ hour: '2-digit', minute: '2-digit' });
const dayAndMonth = format({ day: 'numeric', month: 'short' });
const fullDate = format({ day: 'numeric', month: 'short', year: 'numeric' });
const long = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** For a list: the time today, the day this year, else the date. */
export function briefMoment(at: number, now: number): string {
  if (at <= 0) return '';
  if (Math.floor(at / DAY_MS) === Math.floor(now / DAY_MS)) return time(at);
  return new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear() ? dayAndMonth(at) : fullDate(at);
}

export function longMoment(at: number): string {
  return at <= 0 ? '' : long(at);
}

/** `in 3 min`, `in 2 h`, `now`. */
export function untilMoment(at: number, now: number): string {
  const minutes = Math.ceil((at - now) / 60_000);
  if (minutes <= 0) return 'now';
  if (minutes < 90) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `in ${hours} h` : `in ${Math.round(hours / 24)} days`;
}

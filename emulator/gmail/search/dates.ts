/** Times in `q`: epoch seconds, dates at midnight Pacific time (facts, platform 3.4), and ages. */
const PACIFIC = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hour: 'numeric',
  hourCycle: 'h23',
});
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds since 1970; undefined for what is no time. */
export function searchTime(value: string): number | undefined {
  const date = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value);
  if (date !== null) {
    const standard = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) + 8 * HOUR_MS;
    return Number(PACIFIC.format(standard)) === 1 ? standard - HOUR_MS : standard;
  }
  return /^\d{5,12}$/.test(value) ? Number(value) * 1_000 : undefined;
}

/** `2d`, `3m`, `1y`, `6h` in milliseconds. */
export function searchAge(value: string): number | undefined {
  const age = /^(\d{1,4})([hdmy])$/.exec(value.toLowerCase());
  if (age === null) return undefined;
  const unit = { h: HOUR_MS, d: DAY_MS, m: 30 * DAY_MS, y: 365 * DAY_MS }[age[2]] ?? DAY_MS;
  return Number(age[1]) * unit;
}

/** `1000`, `5K`, `2M` in bytes. */
export function searchSize(value: string): number | undefined {
  const size = /^(\d{1,9})([km]?)b?$/.exec(value.toLowerCase());
  if (size === null) return undefined;
  return Number(size[1]) * (size[2] === 'm' ? 1_048_576 : size[2] === 'k' ? 1_024 : 1);
}

/** RFC 5322 dates, by our own hand: the engine's parser would use this machine's time zone where none is given. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FORM =
  /^(?:[a-z]{3,9}\s*,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?/i;
const ZONES: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/** Longer is no date. */
const LONGEST = 200;

/** Milliseconds since 1970; undefined for a date that cannot be, or one before 1970. */
export function parseMailDate(value: string | undefined): number | undefined {
  const match = FORM.exec(
    (value ?? '')
      .slice(0, LONGEST)
      .replace(/\([^()]*\)/g, ' ')
      .trim(),
  );
  if (match === null) return undefined;
  const [, dayText, monthText, yearText, hour, minute, second, zone] = match;
  const month = MONTHS.indexOf(monthText.toLowerCase());
  let year = Number(yearText);
  if (yearText.length === 2) year += year < 50 ? 2000 : 1900;
  else if (yearText.length === 3) year += 1900;
  const day = Number(dayText);
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
  const local = Date.UTC(year, month, day, Number(hour), Number(minute), Number(second ?? 0));
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return undefined;
  const time = local - zoneMinutes(zone) * 60_000;
  return time >= 0 ? time : undefined;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return 0;
  if (/^[+-]/.test(zone)) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
    return zone.startsWith('-') ? -minutes : minutes;
  }
  return (ZONES[zone.toLowerCase()] ?? 0) * 60;
}

const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue, 03 Nov 2026 09:05:07 +0000` */
export function formatMailDate(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = `${two(date.getUTCDate())} ${MONTH_NAMES[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${DAY_NAMES[date.getUTCDay()]}, ${day} ${clock} +0000`;
}

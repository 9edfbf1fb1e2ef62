/** `Utilities.formatDate`: the letters of Java's SimpleDateFormat that scripts use, in a time zone. */
import { ScriptException } from '../realm/script-object';
import { isKnownZone, offsetMinutes } from '../time-zone';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

export function formatDate(ms: number, zone: string, pattern: string): string {
  if (Number.isNaN(ms)) throw new ScriptException('Invalid argument: date');
  const minutes = zoneOffset(zone, ms);
  const at = new Date(ms + minutes * 60_000);
  const pieces = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? [];
  return pieces
    .map((piece) => {
      if (piece === "''") return "'";
      if (piece.startsWith("'")) return piece.slice(1, -1).replace(/''/g, "'");
      return /^[A-Za-z]/.test(piece) ? field(piece[0], piece.length, at, minutes, zone) : piece;
    })
    .join('');
}

/** `GMT+02:00` and the like, or an IANA name; an unknown name means UTC, as in Java. */
function zoneOffset(zone: string, ms: number): number {
  const fixed = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
  return isKnownZone(zone) ? offsetMinutes(zone, ms) : 0;
}

function field(letter: string, width: number, at: Date, minutes: number, zone: string): string {
  const number = (value: number) => String(value).padStart(width, '0');
  const hours = at.getUTCHours();
  switch (letter) {
    case 'G':
      return at.getUTCFullYear() > 0 ? 'AD' : 'BC';
    case 'y':
      return width === 2 ? String(at.getUTCFullYear() % 100).padStart(2, '0') : number(at.getUTCFullYear());
    case 'Y':
      return number(weekYear(at).year);
    case 'M':
    case 'L':
      return width < 3 ? number(at.getUTCMonth() + 1) : named(MONTHS[at.getUTCMonth()], width);
    case 'd':
      return number(at.getUTCDate());
    case 'D':
      return number(dayOfYear(at));
    case 'E':
      return named(DAYS[at.getUTCDay()], width);
    case 'u':
      return number(at.getUTCDay() === 0 ? 7 : at.getUTCDay());
    case 'w':
      return number(weekYear(at).week);
    case 'a':
      return hours < 12 ? 'AM' : 'PM';
    case 'H':
      return number(hours);
    case 'k':
      return number(hours === 0 ? 24 : hours);
    case 'K':
      return number(hours % 12);
    case 'h':
      return number(hours % 12 === 0 ? 12 : hours % 12);
    case 'm':
      return number(at.getUTCMinutes());
    case 's':
      return number(at.getUTCSeconds());
    case 'S':
      return number(at.getUTCMilliseconds());
    case 'z':
      return minutes === 0 && /^(?:UTC|Etc\/UTC)$/.test(zone)
        ? 'UTC'
        : `GMT${minutes === 0 ? '' : offset(minutes, ':')}`;
    case 'Z':
      return offset(minutes, '');
    case 'X':
      if (minutes === 0) return 'Z';
      return width === 1 ? offset(minutes, '').slice(0, 3) : offset(minutes, width === 2 ? '' : ':');
    default:
      throw new ScriptException(`Illegal pattern character '${letter}'`);
  }
}

function named(name: string, width: number): string {
  return width < 4 ? name.slice(0, 3) : name;
}

function offset(minutes: number, separator: string): string {
  const total = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(total / 60))}${separator}${two(total % 60)}`;
}

function dayOfYear(at: Date): number {
  return Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** Weeks of the US locale: from Sunday, the first holds 1 January. */
function weekYear(at: Date): { readonly year: number; readonly week: number } {
  const year = at.getUTCFullYear();
  const sunday = at.getTime() - at.getUTCDay() * DAY_MS;
  if (new Date(sunday + 6 * DAY_MS).getUTCFullYear() > year) return { year: year + 1, week: 1 };
  const first = new Date(Date.UTC(year, 0, 1));
  return { year, week: Math.floor((dayOfYear(at) - 1 + first.getUTCDay()) / 7) + 1 };
}

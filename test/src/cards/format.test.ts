/** Times and numbers as the user writes them, also where the platform knows no locales. */
import { formatFor } from '../../../src/cards/format';
import { EN } from '../../../src/cards/words/en';
import { german } from '../../../src/cards/words/de';

const NOW = Date.UTC(2026, 2, 9, 22, 30);
const HOUR = 3_600_000;
const BERLIN = { locale: 'de-DE', zone: 'Europe/Berlin', offset: HOUR };

/** `Utilities.formatDate`, as far as the patterns in use go. */
beforeAll(() => {
  const formatDate = (date: Date, zone: string, pattern: string) => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }).formatToParts(date);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    return pattern
      .replace('yyyy', part('year'))
      .replace('MM', part('month'))
      .replace('dd', part('day'))
      .replace('HH', part('hour'))
      .replace('mm', part('minute'))
      .replace(/\bd\b/, String(Number(part('day'))))
      .replace(/\bM\b/, String(Number(part('month'))));
  };
  Object.assign(globalThis, { Utilities: { formatDate } });
});

test('days are the user’s, not the server’s', () => {
  const format = formatFor(EN, { ...BERLIN, locale: 'en-GB' }, NOW);
  expect(format.day(NOW)).toBe('today');
  expect(format.day(NOW + HOUR)).toBe('tomorrow');
  expect(format.day(NOW - 24 * HOUR)).toBe('yesterday');
  expect(format.clock(NOW)).toBe('23:30');
  expect(format.clock(NOW + HOUR)).toBe('10 Mar, 00:30');
});

test('German dates, times and numbers', () => {
  const format = formatFor(german(), BERLIN, NOW);
  expect(format.clock(NOW)).toBe('23:30');
  expect(format.day(NOW + 72 * HOUR)).toBe('12. März');
  expect(format.amount(12500.5)).toBe('12.500,50');
  expect(format.amount(12500)).toBe('12.500');
  expect(format.ago(NOW - 3 * 60_000)).toBe('vor 3 Minuten');
  expect(format.soon(NOW + 2 * HOUR)).toBe('in 2 Stunden');
});

test.each([
  { locale: '', zone: '', offset: HOUR },
  { locale: 'de-DE', zone: 'Mars/Olympus', offset: HOUR },
  { locale: 'de-x-@', zone: 'Europe/Berlin', offset: HOUR },
])('%j: the catalogue’s own patterns', (event) => {
  const format = formatFor(german(), event, NOW);
  expect(format.clock(NOW)).toBe('23:30');
  expect(format.day(NOW + 72 * HOUR)).toBe('12.3.2026');
  expect(format.stamp(NOW)).toBe('2026-03-09 23:30');
  if (event.locale === '') expect([12500.5, 1e6, 7].map(format.amount)).toEqual(['12.500,50', '1.000.000', '7']);
});

test('a time that never was, and one that is just now', () => {
  const format = formatFor(EN, BERLIN, NOW);
  expect(format.ago(0)).toBe('not yet');
  expect(format.ago(NOW - 5_000)).toBe('just now');
  expect(format.soon(NOW - 5_000)).toBe('any moment');
  expect(format.ago(NOW - 50 * HOUR)).toBe('2 days ago');
});

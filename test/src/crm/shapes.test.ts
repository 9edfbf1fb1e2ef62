/** The tolerant readers, on the forms that documents and practice have (facts, highlevel 10.1). */
import fc from 'fast-check';
import { addresses, asId, optionalId, text, texts, time } from '../../../src/crm/shapes';

const NOON = Date.UTC(2026, 10, 23, 12);

test.each([
  ['ISO', '2026-11-23T12:00:00.000Z', NOON],
  ['ISO with an offset', '2026-11-23T14:00:00+02:00', NOON],
  ['without a zone: UTC, whatever zone the script runs in', '2026-11-23 12:00:00', NOON],
  ['without a zone, with a T', '2026-11-23T12:00:00.000', NOON],
  ['milliseconds', NOON, NOON],
  ['seconds', NOON / 1000, NOON],
  ['milliseconds as text', String(NOON), NOON],
  ['seconds as text', String(NOON / 1000), NOON],
  ['fractions of a second', NOON / 1000 + 0.5, NOON + 500],
  ['nothing', undefined, undefined],
  ['null', null, undefined],
  ['nonsense', 'yesterday', undefined],
  ['an impossible date', '2026-13-45T00:00:00Z', undefined],
  ['zero', 0, undefined],
  ['before 1970', -5, undefined],
  ['infinite', Infinity, undefined],
  ['too far', '+099999-01-01T00:00:00Z', undefined],
  ['an object', { seconds: 1 }, undefined],
  ['a boolean', true, undefined],
])('a time: %s', (_, value, wanted) => expect(time(value)).toBe(wanted));

test.each([
  ['nothing', undefined, []],
  ['a text', 'a@example.test', ['a@example.test']],
  ['a list', ['a@example.test', 'B <b@example.test>'], ['a@example.test', 'B <b@example.test>']],
  ['one text with several', 'a@example.test, B <b@example.test>', ['a@example.test', 'B <b@example.test>']],
  [
    'a comma in a name',
    '"Doe, Jane" <j@example.test>, b@example.test',
    ['"Doe, Jane" <j@example.test>', 'b@example.test'],
  ],
  ['a quote in a name', '"Doe, \\"J\\", Jane" <j@example.test>', ['"Doe, \\"J\\", Jane" <j@example.test>']],
  ['a quote that never ends', '"Doe, a@example.test', ['"Doe', 'a@example.test']],
  ['empty entries', ['', ' ', null, 5, 'a@example.test,,'], ['5', 'a@example.test']],
  ['an object', { email: 'x' }, []],
])('addresses: %s', (_, value, wanted) => expect(addresses(value)).toEqual(wanted));

test.each(['', '../x', 'a/b', 'a b', 'a.b', 'x'.repeat(65), 5, null, undefined, {}, 'é'])('no id: %p', (value) => {
  expect(optionalId(value)).toBeUndefined();
  expect(() => asId(value, 'id')).toThrow('id is missing or not an id');
});

test.each(['ve9EPM428h8vShlRW1KT', '7915dedc-8f18-44d5-8bc3-77c04e994a10', 'a_b', 'x'.repeat(64)])(
  'an id: %s',
  (value) => {
    expect(asId(value, 'id')).toBe(value);
  },
);

test('whatever comes, every reader gives what it promises', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(typeof text(value)).toBe('string');
      for (const entry of [...texts(value), ...addresses(value)]) expect(entry.trim()).not.toBe('');
      const found = time(value);
      if (found !== undefined) expect(Number.isNaN(new Date(found).getTime())).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('no list of addresses takes long to take apart', () => {
  const hostile = [
    '"'.repeat(50_000),
    '<'.repeat(50_000),
    ','.repeat(50_000),
    '"\\'.repeat(25_000),
    'a,"<'.repeat(12_000),
  ];
  const started = performance.now();
  for (const value of hostile) addresses(value);
  expect(performance.now() - started).toBeLessThan(1_000);
});

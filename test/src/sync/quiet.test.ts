/** Links at rest (X11): what is kept of them comes back exactly, in a store that has room for 20,000. */
import fc from 'fast-check';
import { storedBytes } from '../../../src/platform/store';
import { gapOf, paddedId, plainId, sumOf } from '../../../src/sync/digits';
import { PAGE_BYTES } from '../../../src/sync/page';
import { crmKey, isReadable, Quiet, type Sleeper, type Unmirrored, weekOf } from '../../../src/sync/quiet';

const hash = (length: number) =>
  fc.string({ unit: fc.constantFrom('0', 'a', 'Z', '_', '-', '9', 'b', 'Y'), minLength: length, maxLength: length });
const gmailId = fc
  .oneof(
    fc.bigInt(1n, 2n ** 64n - 1n),
    // Ids of one mailbox lie close together.
    fc.bigInt(0x18f0000000000000n, 0x18f0000000ffffffn),
  )
  .map((value) => value.toString(16));
const sleeper: fc.Arbitrary<Sleeper> = fc.record({
  gmail: gmailId,
  crm: hash(4),
  week: fc.nat(2047),
  stopped: fc.boolean(),
  address: hash(7),
});
const unmirrored: fc.Arbitrary<Unmirrored> = fc.record({
  crm: hash(4),
  person: hash(7),
  subject: hash(7),
  week: fc.nat(4000),
  stopped: fc.boolean(),
  address: hash(7),
});

const all = (quiet: Quiet, sleepers: readonly Sleeper[]) => sleepers.map(({ gmail }) => quiet.byGmail(gmail));
const unique = (sleepers: readonly Sleeper[]) => [...new Map(sleepers.map((each) => [each.gmail, each])).values()];

test('64-bit ids are added and subtracted exactly', () => {
  fc.assert(
    fc.property(gmailId, gmailId, (a, b) => {
      const [from, to] = [paddedId(a), paddedId(b)].sort();
      expect(sumOf(from, gapOf(from, to))).toBe(to);
      expect(sumOf(from, gapOf(from, to).replace(/0+$/, ''))).toBe(to);
      expect(plainId(paddedId(a))).toBe(a);
    }),
  );
});

test('X11: whatever rests is found again by its Gmail thread and by its CRM thread, page by page within a property', () => {
  fc.assert(
    fc.property(fc.array(sleeper, { maxLength: 900 }), fc.array(unmirrored, { maxLength: 300 }), (sleepers, bulk) => {
      const wanted = unique(sleepers);
      const half = Math.floor(sleepers.length / 2);
      const quiet = new Quiet()
        .with(sleepers.slice(0, half), bulk.slice(0, 9))
        .with(sleepers.slice(half), bulk.slice(9));
      expect(all(quiet, wanted)).toEqual(wanted);
      expect(quiet.size).toBe(wanted.length);
      for (const [name, text] of quiet.pages) {
        expect(storedBytes(text)).toBeLessThanOrEqual(PAGE_BYTES);
        expect(isReadable(name, text)).toBe(true);
      }
      for (const entry of bulk) expect(quiet.byPerson(entry.person, entry.subject)).toContainEqual(entry);
      const again = Quiet.of(quiet.pages);
      for (const { crm, gmail } of wanted.slice(0, 20)) {
        const found = wanted.find((other) => other.crm === crm && other.gmail !== gmail);
        expect(again.besides(wanted.find((each) => each.gmail === gmail) as Sleeper)).toEqual(
          found === undefined ? [] : expect.arrayContaining([found]),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('X11: what wakes is gone, everything else stays, and pages that are not concerned stay the same text', () => {
  fc.assert(
    fc.property(fc.array(sleeper, { minLength: 1, maxLength: 700 }), fc.nat(), (sleepers, choice) => {
      const wanted = unique(sleepers);
      const quiet = new Quiet().with(wanted);
      const gone = wanted[choice % wanted.length];
      const left = quiet.without(new Set([gone.gmail, 'not-an-id']));
      expect(left.byGmail(gone.gmail)).toBeUndefined();
      const others = wanted.filter(({ gmail }) => gmail !== gone.gmail);
      expect(all(left, others)).toEqual(others);
      const changed = [...left.pages].filter(([name, text]) => quiet.pages.get(name) !== text);
      expect(changed.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});

test('X11: a page of anything at all is read without an error, or known to be damaged', () => {
  fc.assert(
    fc.property(fc.constantFrom('q0', 'b0'), fc.string(), gmailId, (name, text, id) => {
      const quiet = new Quiet(new Map([[name, text]]));
      isReadable(name, text);
      quiet.byGmail(id);
      quiet.byCrm(id);
      quiet.byPerson('aaaaaaa', 'bbbbbbb');
      quiet.countOfOthers('aaaaaaa');
    }),
  );
});

test('X11: 20,000 threads over ten years take less than 330 KB in 51 values, and each is found', () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const begin = Date.UTC(2016, 0, 1);
  const years = 10 * 365 * 86_400_000;
  const sleepers: Sleeper[] = Array.from({ length: 20_000 }, (_, index) => {
    const at = Math.floor(begin + random() * years);
    return {
      gmail: (BigInt(at) * 2n ** 20n + BigInt(Math.floor(random() * 2 ** 20))).toString(16),
      crm: crmKey(`thread ${index}`),
      week: weekOf(at),
      stopped: random() < 0.01,
      address: random() < 0.5 ? 'address' : 'another',
    };
  });
  const quiet = new Quiet().with(sleepers);
  expect(quiet.size).toBe(20_000);
  expect(quiet.bytes).toBeLessThan(330_000);
  expect(quiet.pages.size).toBeLessThanOrEqual(51);
  expect(quiet.countOfOthers('address')).toBe(sleepers.filter(({ address }) => address === 'another').length);
  for (let count = 0; count < 100; count++) {
    const index = Math.floor(random() * sleepers.length);
    expect(quiet.byGmail(sleepers[index].gmail)).toEqual(sleepers[index]);
    expect(quiet.byCrm(`thread ${index}`).threads).toContainEqual(sleepers[index]);
  }
});

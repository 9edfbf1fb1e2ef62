/** C6, decided: whose a CRM user's mail is, by tables. */
import fc from 'fast-check';
import type { CustomValue } from '../../../src/crm/custom-values';
import {
  claimAfter,
  claimKept,
  claimName,
  claimRow,
  claimText,
  decideTaken,
  decideTaking,
  EFFECT_MS,
  endOf,
  isOfFormer,
  mailboxHash,
  partOf,
  readClaim,
  releaseOf,
  standingClaim,
  standingOf,
  withFormerPart,
  WRITING_MS,
  type Claim,
  type Claimant,
  type ClaimValue,
} from '../../../src/sync/claims';

const MINUTE = 60_000;
const T = Date.UTC(2026, 2, 2, 8);
const USER = 'user1';
const A: Claimant = { crmUser: USER, installation: 'inst-a', mailbox: mailboxHash('loc', 'a@x.test') };
const B: Claimant = { crmUser: USER, installation: 'inst-b', mailbox: mailboxHash('loc', 'b@x.test') };

const valueOf = (who: Claimant, number: number, ...starts: number[]): ClaimValue => ({
  number,
  installation: who.installation,
  mailbox: who.mailbox,
  starts,
});
const row = (value: string, id = 'v1', name = claimName(USER)): CustomValue => ({ id, name, value });
const live = (who: Claimant, number: number, ...starts: number[]) => row(claimText(valueOf(who, number, ...starts)));
const released = (number: number, ...starts: number[]) =>
  row(claimText({ number, installation: '', mailbox: '', starts }));
const kept = (who: Claimant, number: number, ...starts: number[]): Claim => ({
  text: claimText(valueOf(who, number, ...starts)),
  spans: [[starts[0], 0]],
  former: '',
});

describe('the value', () => {
  test('comes back as it was', () => {
    const value = fc.record({
      number: fc.integer({ min: 1, max: 999_999 }),
      installation: fc.stringMatching(/^[a-f0-9]{12}$/),
      mailbox: fc.stringMatching(/^[A-Za-z0-9_]{8}$/),
      starts: fc.array(fc.integer({ min: T, max: T * 2 }), { minLength: 1, maxLength: 8 }),
    });
    fc.assert(fc.property(value, (claim) => expect(readClaim(claimText(claim))).toEqual(claim)));
  });

  test('released it keeps its number and says whose it was to nobody', () => {
    const claim = kept(A, 7, T);
    const release = releaseOf(claim, USER, [row(claim.text)]);
    expect(readClaim(release?.text ?? '')).toEqual({ number: 7, installation: '', mailbox: '', starts: [T] });
  });

  test('tells no address, and no hash that is the same in another location', () => {
    expect(mailboxHash('loc', 'a@x.test')).not.toBe(mailboxHash('loc2', 'a@x.test'));
    expect(mailboxHash('loc', 'A@x.test')).toBe(A.mailbox);
    expect(claimText(valueOf(A, 1, T))).not.toContain('@');
  });

  test.each(['', '7', 'null', '{}', '7 inst-a', '-1 inst-a hash1234 abcdef1', '7 inst-a hash1234 ', 'x'.repeat(9_000)])(
    '%j is none',
    (text) => expect(readClaim(text)).toBeUndefined(),
  );

  test('of two rows all readers take the same one', () => {
    const rows = [live(A, 2, T), { ...live(B, 2, T), id: 'v0' }, { ...live(A, 1, T), id: 'a' }, row('by hand', 'b')];
    expect(claimRow(rows, USER)?.id).toBe('v0');
    expect(claimRow([...rows].reverse(), USER)?.id).toBe('v0');
    expect(claimRow(rows, 'user2')).toBeUndefined();
  });
});

describe('taking', () => {
  test.each([
    ['there is none', [], 1],
    ['it was released', [released(7, T - MINUTE)], 8],
    ['it was edited by hand', [row('hello')], 1],
    ['it is of this mailbox, whose store was lost', [live({ ...A, installation: 'inst-0' }, 3, T - MINUTE)], 4],
  ])('%s: it counts from its reading', (_, rows, number) => {
    const taking = decideTaking(A, undefined, rows, T);
    if (taking.do !== 'write') throw new Error(taking.do);
    expect(taking.claim).toMatchObject({ number, installation: 'inst-a' });
    expect(taking.former).toBe('');
    const written = row(claimText(taking.claim));
    expect(decideTaken(taking, USER, [written], T + 700)).toEqual({ is: 'mine', from: T + 700 });
  });

  const lost = live({ ...A, installation: 'inst-0' }, 3, T - MINUTE);
  test('X11: after a loss it goes on from where it began, and tells so', () => {
    expect(standingClaim(A, [lost])).toEqual({ since: T - MINUTE, goesOn: false });
    const taking = decideTaking(A, undefined, [lost], T, undefined, T - MINUTE);
    if (taking.do !== 'write') throw new Error(taking.do);
    expect(taking.claim).toMatchObject({ number: 4, starts: [T - MINUTE, T - MINUTE] });
    // Cut before anything was stored, it is known for one that goes on by the same connect too.
    expect(standingClaim(A, [row(claimText(taking.claim))])).toEqual({ since: T - MINUTE, goesOn: true });
  });

  test.each([
    ['there is none', []],
    ['it was released', [released(7, T)]],
    ['it is of another mailbox', [live(B, 5, T, T)]],
    ['it is of this connect, and begins with it', [live(A, 5, T, T - MINUTE)]],
  ])('%s: nothing of this mailbox stands', (_, rows) => expect(standingClaim(A, rows)).toBeUndefined());

  test('another mailbox is connected: asked first, and then it counts ten minutes later', () => {
    const rows = [live(B, 5, T - MINUTE)];
    expect(decideTaking(A, undefined, rows, T)).toEqual({ do: 'ask', number: 5 });
    const taking = decideTaking(A, undefined, rows, T, 5);
    if (taking.do !== 'write') throw new Error(taking.do);
    expect(taking.claim).toMatchObject({ number: 6, starts: [T + EFFECT_MS, T - MINUTE] });
    expect(taking.former).toBe(B.mailbox);
    const written = [row(claimText(taking.claim))];
    expect(decideTaken(taking, USER, written, T + 1_000)).toEqual({ is: 'mine', from: T + EFFECT_MS });
  });

  test('a yes counts for the claim that was shown, not for a later one', () => {
    expect(decideTaking(A, undefined, [live(B, 6, T)], T, 5)).toEqual({ do: 'ask', number: 6 });
  });

  test('what is mine stays as it is', () => {
    const own = kept(A, 5, T - MINUTE);
    expect(decideTaking(A, own, [row(own.text)], T)).toEqual({ do: 'keep' });
  });

  test.each([
    [0, 'mine'],
    [EFFECT_MS - WRITING_MS, 'mine'],
    [EFFECT_MS - WRITING_MS + 1, 'late'],
    [EFFECT_MS, 'late'],
  ])('read back %d ms after its time was set, it is %s', (after, is) => {
    const taking = decideTaking(A, undefined, [live(B, 5, T - MINUTE)], T, 5);
    if (taking.do !== 'write') throw new Error(taking.do);
    expect(decideTaken(taking, USER, [row(claimText(taking.claim))], T + after).is).toBe(is);
  });

  test('only the whole value, read back, is mine', () => {
    const taking = decideTaking(A, undefined, [], T);
    if (taking.do !== 'write') throw new Error(taking.do);
    for (const rows of [[], [live(B, 1, T)], [row(`${claimText(taking.claim)}x`)]])
      expect(decideTaken(taking, USER, rows, T)).toEqual({ is: 'lost' });
  });

  test('a claim of its own that does not count yet, of a connect that was cut: the mailbox before still gets its time', () => {
    const taking = decideTaking(A, undefined, [live(A, 6, T + 5 * MINUTE, T - MINUTE)], T);
    if (taking.do !== 'write') throw new Error(taking.do);
    expect(taking.claim.starts).toEqual([T + EFFECT_MS, T + EFFECT_MS, T - MINUTE]);
    expect(taking.former).not.toBe('');
    // Number 5 still finds where its part ends.
    const five = kept(B, 5, T - MINUTE);
    expect(standingOf(five.text, USER, [row(claimText(taking.claim))])).toEqual({ is: 'moved', until: T + EFFECT_MS });
  });
});

describe('what a run finds', () => {
  const own = kept(A, 5, T);
  test.each([
    ['the whole value', [row(own.text)], { is: 'mine' }],
    ['nothing: it was deleted', [], { is: 'undone' }],
    ['something by hand', [row('hello')], { is: 'undone' }],
    ['an earlier one: it was put back', [live(B, 4, T - MINUTE)], { is: 'undone' }],
    ['its own number, released', [released(5, T)], { is: 'undone' }],
    ['the next one', [live(B, 6, T + MINUTE, T)], { is: 'moved', until: T + MINUTE }],
    ['the next one, released since', [released(6, T + MINUTE, T)], { is: 'moved', until: T + MINUTE }],
    ['the one after the next', [live(B, 7, T + 9 * MINUTE, T + MINUTE, T)], { is: 'moved', until: T + MINUTE }],
    ['its own number of another: two at once', [live(B, 5, T - 1)], { is: 'moved', until: T }],
  ])('%s', (_, rows, standing) => {
    expect(standingOf(own.text, USER, rows)).toEqual(standing);
  });

  test('a claim that moved is not released by the account that had it', () => {
    expect(releaseOf(own, USER, [live(B, 6, T + MINUTE, T)])).toBeUndefined();
    expect(releaseOf(own, USER, [])).toBeUndefined();
  });
});

describe('parts', () => {
  const moved = claimAfter(kept(A, 5, T), { is: 'moved', until: T + 20 * MINUTE });

  test.each([
    [T - 1, 'former'],
    [T, 'mine'],
    [T + 20 * MINUTE - 1, 'mine'],
    [T + 20 * MINUTE, 'next'],
  ])('at %d: %s', (at, part) => {
    expect(partOf(moved, at)).toBe(part);
    expect(endOf(moved)).toBe(T + 20 * MINUTE);
  });

  test('without claims everything is mine', () => {
    expect(partOf(undefined, T)).toBe('mine');
  });

  test('taken back later, what was the other’s in between stays the other’s', () => {
    const again = claimKept(moved, valueOf(A, 7, T + 40 * MINUTE), B.mailbox, T + 40 * MINUTE);
    expect([10, 30, 50].map((minute) => partOf(again, T + minute * MINUTE))).toEqual(['mine', 'former', 'mine']);
    expect(endOf(again)).toBeUndefined();
  });

  test('written again because it was deleted, it goes on without a gap', () => {
    const again = claimKept(kept(A, 5, T), valueOf(A, 6, T + MINUTE), '', T + MINUTE);
    expect(again.spans).toEqual([[T, 0]]);
  });

  test('the part of one that is gone is taken over from the connection on', () => {
    const taken: Claim = { ...kept(A, 6, T + EFFECT_MS), former: B.mailbox };
    expect(partOf(taken, T + MINUTE)).toBe('former');
    const over = withFormerPart(taken, T);
    expect([T - 1, T, T + MINUTE, T + EFFECT_MS].map((at) => partOf(over, at))).toEqual([
      'former',
      'mine',
      'mine',
      'mine',
    ]);
    expect(isOfFormer(over, 'loc', 'b@x.test', T + MINUTE)).toBe(true);
    expect(isOfFormer(over, 'loc', 'b@x.test', T + EFFECT_MS)).toBe(false);
    expect(isOfFormer(over, 'loc', 'c@x.test', T + MINUTE)).toBe(false);
    expect(withFormerPart(kept(A, 6, T), T - MINUTE)).toEqual(kept(A, 6, T));
  });

  /** Any accounts taking over from one another, each noticing at any later time: every moment is exactly one's. */
  test('no moment is two mailboxes’ part, and none after the first claim is nobody’s', () => {
    const steps = fc.array(
      fc.record({
        who: fc.constantFrom(A, B, { ...A, installation: 'inst-c', mailbox: 'cccccccc' }),
        wait: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), (takers, moments) => {
        const owns = new Map<string, Claim>();
        let rows: CustomValue[] = [];
        let now = T;
        for (const { who, wait } of takers) {
          now += wait * MINUTE;
          const there = rows[0] === undefined ? undefined : readClaim(rows[0].value);
          const mine = owns.get(who.installation);
          const before = mine === undefined ? undefined : claimAfter(mine, standingOf(mine.text, USER, rows));
          const taking = decideTaking(who, before, rows, now, there?.number);
          if (taking.do !== 'write') continue;
          rows = [row(claimText(taking.claim))];
          const taken = decideTaken(taking, USER, rows, now);
          if (taken.is === 'mine')
            owns.set(who.installation, claimKept(before, taking.claim, taking.former, taken.from));
        }
        const settled = [...owns.values()].map((own) => claimAfter(own, standingOf(own.text, USER, rows)));
        const first = Math.min(...settled.map(({ spans }) => spans[0][0]));
        for (const minute of moments) {
          const at = first + minute * MINUTE + 1;
          expect(settled.filter((claim) => partOf(claim, at) === 'mine')).toHaveLength(1);
        }
      }),
    );
  });
});

/** Loading and committing: whatever becomes of any write, the store holds a whole state, or what is missing is known (X11). */
import fc from 'fast-check';
import { shortHash } from '../../../src/platform/hash';
import { commit, isDamaged, loadHead, loadState, salvage, StoreRefused, writeHead } from '../../../src/sync/store';
import type { State } from '../../../src/sync/state';
import { anyState, contents, differentStates, runs } from './any-state';
import { anyFault, cutFault, isLie, Killed, lie, PropertyStore } from './property-store';

/** One second a commit. */
let clock = 1_790_000_000_000;
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => (clock += 1000));
});

interface Found {
  readonly state: State;
  /** Something is missing, or may be: it is looked for on both sides before anything is written. */
  readonly told: boolean;
  /** A run was cut: its mark, and the intents that it may have written, are in the head. */
  readonly cut: boolean;
  readonly lost: number;
}

function load(store: PropertyStore): Found {
  const loaded = loadHead(store);
  if (loaded === undefined) throw new Error('no head can be read');
  const { state, lost, outdated } = loadState(store, loaded.head);
  return { state, lost, told: loaded.doubt || lost > 0 || outdated, cut: loaded.head.attempt !== undefined };
}

/** A run as the engine makes it: a mark before it reads, an intent before it writes, a commit. */
function run(store: PropertyStore, next: State, id: string): void {
  const loaded = loadHead(store);
  const { attempt: _attempt, doubt: _doubt, ...head } = next.head;
  if (loaded === undefined) {
    commit(store, { text: '', pages: new Map() }, { ...next, head: { ...head, generation: 0, pages: {} } }, id);
    return;
  }
  const { pages } = loadState(store, loaded.head);
  const open = { ...loaded.head, attempt: { key: id, times: 1 } };
  writeHead(store, open);
  const text = writeHead(store, { ...open, intents: [{ kind: 'push', key: `g:${id}`, at: 1, base: '1' }] });
  const { generation, pages: named } = loaded.head;
  commit(store, { text, pages }, { ...next, head: { ...head, generation, pages: named } }, id);
}

/** Gives whether the run believes that it came to its end. */
function tryRun(store: PropertyStore, next: State, id: string): boolean {
  try {
    run(store, next, id);
    return true;
  } catch (error) {
    if (error instanceof Killed || error instanceof StoreRefused) return false;
    throw error;
  }
}

/** All of it but what a run that was cut has left in the head. */
function whole(state: State): string {
  const { attempt: _attempt, doubt: _doubt, mendedAt: _mendedAt, ...head } = state.head;
  return contents({ ...state, head: { ...head, intents: [] } });
}

test('X11: any state survives being stored, every field of it, in values that fit a property', () => {
  fc.assert(
    fc.property(anyState(), anyState(), (first, second) => {
      const store = new PropertyStore();
      for (const state of [first, second]) {
        run(store, state, 'r');
        const found = load(store);
        expect(JSON.parse(contents(found.state))).toEqual(JSON.parse(contents(withoutMarks(state))));
        expect(found.lost).toBe(0);
      }
    }),
    runs(20),
  );
});

function withoutMarks(state: State): State {
  const { attempt: _attempt, doubt: _doubt, ...head } = state.head;
  return { ...state, head };
}

test('X11: a cut, torn or refused write leaves the former state or the new one, whole, and the next commit works', () => {
  fc.assert(
    fc.property(differentStates(3), cutFault, ([first, second, third], fault) => {
      const store = new PropertyStore();
      run(store, first, 'a');
      const ended = tryRun(store.begin(fault), second, 'b');
      fc.pre(store.met);
      const found = load(store.begin());
      expect(found.lost).toBe(0);
      const wanted = ended ? [whole(second)] : [whole(first), whole(second)];
      expect(wanted).toContain(whole(found.state));
      expectKept(store, third);
    }),
    runs(50),
  );
});

test('X11: every write of a commit, cut', () => {
  const [[first, second]] = fc.sample(differentStates(2), { numRuns: 1, seed: 4 });
  const before = new PropertyStore();
  run(before, first, 'a');
  const trial = new PropertyStore(before.values).begin();
  run(trial, second, 'b');
  expect(trial.writes).toBeGreaterThan(8);
  for (let nth = 1; nth <= trial.writes; nth++) {
    for (const kind of ['kill-before', 'kill-after', 'torn-and-killed', 'refused', 'refused-done'] as const) {
      const store = new PropertyStore(before.values).begin({ nth, kind, share: 0.5, after: 0 });
      tryRun(store, second, 'b');
      const found = load(store.begin());
      expect({ nth, kind, lost: found.lost }).toEqual({ nth, kind, lost: 0 });
      expect([whole(first), whole(second)]).toContain(whole(found.state));
    }
  }
});

test('X11: a write that the platform only says it did is known: the state is whole, or something of it is missed', () => {
  fc.assert(
    fc.property(differentStates(3), lie, ([first, second, third], fault) => {
      const store = new PropertyStore();
      run(store, first, 'a');
      const ended = tryRun(store.begin(fault), second, 'b');
      fc.pre(store.met);
      for (const step of ['at once', 'when all has come']) {
        const found = load(store.begin());
        const is = { step, ended, told: found.told || found.cut };
        if (found.lost === 0) expect([whole(first), whole(second)]).toContain(whole(found.state));
        // What the run has done and the store does not show is looked for.
        if (whole(found.state) !== whole(second)) expect(is).toEqual({ ...is, told: true });
        store.flush();
      }
      expectKept(store, third);
    }),
    runs(50),
  );
});

test('X11: a write that comes after the next commit leaves that one, or is known', () => {
  fc.assert(
    fc.property(differentStates(3), lie, ([first, second, third], { nth }) => {
      const store = new PropertyStore();
      run(store, first, 'a');
      tryRun(store.begin({ nth, kind: 'late', share: 0, after: 1000 }), second, 'b');
      fc.pre(store.met);
      run(store.begin(), third, 'c');
      store.flush();
      const found = load(store.begin());
      if (whole(found.state) !== whole(third)) expect(found.told || found.cut).toBe(true);
      expectKept(store, first);
    }),
    runs(40),
  );
});

test('X11: two faults, in two commits one after the other', () => {
  fc.assert(
    fc.property(differentStates(4), anyFault, anyFault, ([first, second, third, fourth], one, other) => {
      const store = new PropertyStore();
      run(store, first, 'a');
      tryRun(store.begin(one), second, 'b');
      tryRun(store.begin(other), third, 'c');
      fc.pre(store.met);
      store.flush();
      store.begin();
      if (loadHead(store) === undefined) {
        // Both heads were torn by a platform that lies: the user is told, and connects again.
        expect([one, other].every((fault) => isLie(fault) || fault.kind === 'torn-and-killed')).toBe(true);
        expect(isDamaged(store)).toBe(true);
        return;
      }
      const found = load(store);
      const known = [first, second, third].map(whole);
      if (found.lost === 0) expect(known).toContain(whole(found.state));
      if (![one, other].some(isLie)) expect(found.lost).toBe(0);
      // Runs that end at their first write have done nothing of which they could tell.
      const idle = [one, other].every(({ nth, kind }) => nth === 1 && (kind === 'kill-before' || kind === 'refused'));
      if (whole(found.state) === known[0] && known[0] !== known[2]) expect(found.told || found.cut).toBe(!idle);
      expectKept(store, fourth);
    }),
    runs(50),
  );
});

/** The next commit is what is in the store, whole, and nothing else is. */
function expectKept(store: PropertyStore, next: State): void {
  run(store.begin(), next, 'z');
  const found = load(store.begin());
  expect(found.lost).toBe(0);
  expect(whole(found.state)).toEqual(whole(next));
  const former = loadHead(new PropertyStore(new Map([['head', store.values.get('head.prev') ?? '']])));
  const named = [loadHead(store), former].flatMap((head) => Object.keys(head?.head.pages ?? {}));
  expect(store.keys().filter((key) => key.startsWith('page.')).length).toBeLessThanOrEqual(named.length);
}

test('X11: an idle pass reads one key and writes one', () => {
  const [first] = fc.sample(anyState(), { numRuns: 1, seed: 5 });
  const store = new PropertyStore();
  run(store, first, 'a');
  store.begin();
  const loaded = loadHead(store);
  if (loaded !== undefined) writeHead(store, { ...loaded.head, passedAt: 1 });
  expect(store.reads).toEqual(['head']);
  expect(store.writes).toBe(1);
});

describe('a store that somebody has edited', () => {
  const filled = anyState().filter(({ links, items }) => links.size > 0 && items.size > 0);
  const [first, second, third] = fc.sample(filled, { numRuns: 3, seed: 9 });
  let store: PropertyStore;

  beforeEach(() => {
    store = new PropertyStore();
    run(store, first, 'a');
    run(store, second, 'b');
    store.begin();
  });

  /** The first page of each of these shelves. */
  const pageKeys = (...shelves: string[]): string[] => {
    const { pages } = JSON.parse((store.values.get('head') ?? '').slice(7)) as { pages: Record<string, number> };
    return shelves.map((shelf) => `page.${shelf}0.${pages[`${shelf}0`].toString(36)}`);
  };

  const reseal = (change: (text: string) => string): void => {
    const text = change((store.values.get('head') ?? '').slice(7));
    store.values.set('head', `${shortHash(text, 6)}:${text}`);
  };

  test.each(['', 'x', 'null', '[]', '{"version":3}', 'a'.repeat(8_000)])(
    'X11: a head that is none (%#), with the right checksum or without: the one before it is used, in doubt',
    (text) => {
      for (const value of [text, `${shortHash(text, 6)}:${text}`]) {
        store.values.set('head', value);
        expect(loadHead(store)).toMatchObject({ doubt: true });
        expect(whole(load(store).state)).toEqual(whole(first));
      }
    },
  );

  test('X11: a head that was deleted is not "nobody is connected"', () => {
    store.values.delete('head');
    expect(whole(load(store).state)).toEqual(whole(first));
    expect(load(store).told).toBe(true);
    store.values.delete('head.prev');
    expect(loadHead(store)).toBeUndefined();
    expect(isDamaged(store)).toBe(true);
  });

  test('X11: an empty store, or one in which a first connect was cut, is no damaged one', () => {
    expect(isDamaged(new PropertyStore())).toBe(false);
    expect(isDamaged(new PropertyStore(new Map([['cmd.1', '{}']])))).toBe(false);
    expect(isDamaged(new PropertyStore(new Map([['page.e0.1', 'x']])))).toBe(false);
    expect(isDamaged(new PropertyStore(new Map([['page.l0.1', 'x']])))).toBe(true);
  });

  test('X11: a former head that is put back is in doubt, whether its pages are still there or not', () => {
    const heads: string[] = [];
    for (const [index, state] of [third, first, second].entries()) {
      run(store, state, `h${index}`);
      heads.push(store.values.get('head') ?? '');
    }
    for (const head of heads.slice(0, -1)) {
      store.values.set('head', head);
      expect(load(store).told).toBe(true);
    }
  });

  test('X11: a page in the place of another, or its own former value put back, is lost and not believed', () => {
    const [one, other] = pageKeys('i', 'l');
    const was = new Map(store.values);
    store.values.set(one, was.get(other) ?? '');
    expect(load(store).lost).toBe(1);
    store.values.set(one, was.get(one) ?? '');
    run(store, third, 'c');
    expect(pageKeys('i')[0]).not.toBe(one);
    store.values.set(pageKeys('i')[0], was.get(one) ?? '');
    expect(load(store).lost).toBe(1);
  });

  test('X11: a number that is none, or a field that is missing, is read as a defined value', () => {
    reseal((text) => text.replace(/"(passedAt|crmAt|generation)":\d+/g, '"$1":null').replace(/"echoes":/, '"echo":'));
    expect(loadHead(store)).toMatchObject({
      doubt: false,
      head: { passedAt: 0, crmAt: 0, echoes: [] },
    });
  });

  test('X11: a state of a later version is left alone, and told', () => {
    reseal((text) => text.replace('"version":3', '"version":4'));
    expect(loadHead(store)).toBeUndefined();
    expect(isDamaged(store)).toBe(true);
  });

  test('X11: where no head can be read, the pages that are whole still can', () => {
    const [key] = pageKeys('i');
    store.values.delete('head');
    store.values.delete('head.prev');
    store.values.set(key, 'nonsense');
    const found = salvage(store);
    for (const [crm, value] of second.links) expect(found?.links.get(crm)).toEqual(value);
    // In doubt, what waited a commit ago is better than nothing.
    for (const [name, value] of first.items) expect(found?.items.get(name)).toEqual(value);
  });
});

test('X11: whatever stands under whatever key, loading throws nothing', () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json(),
    fc.constantFrom('', ':', '=', '000000:', '000000={}', 'undefined', 'NaN', '9'.repeat(9_000)),
  );
  const sealed = garbage.map((text) => `${shortHash(text, 6)}:${text}`);
  const [first] = fc.sample(anyState(0.5), { numRuns: 1, seed: 3 });
  const whole = new PropertyStore();
  run(whole, first, 'a');
  const keys = [...whole.keys(), 'head.prev', 'page.q0.1', 'page..', 'page.l0', '__proto__', 'constructor'];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...keys), fc.oneof(garbage, sealed)), { minLength: 1, maxLength: 6 }),
      (edits) => {
        const store = new PropertyStore(whole.values);
        for (const [key, value] of edits) store.values.set(key, value);
        const loaded = loadHead(store);
        if (loaded === undefined) expect(isDamaged(store)).toBe(true);
        else expect(loadState(store, loaded.head).lost).toBeGreaterThanOrEqual(0);
        salvage(store);
      },
    ),
    runs(100),
  );
});

test('X11: a head whose fields are of other types, with a right checksum, is read to a defined value or not at all', () => {
  const [first] = fc.sample(anyState(0.2), { numRuns: 1, seed: 8 });
  const before = new PropertyStore();
  run(before, first, 'a');
  const text = (before.values.get('head') ?? '').slice(7);
  const fields = Object.keys(JSON.parse(text) as object);
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1e300, '', [], {}, [null], { l0: null }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), value, { minKeys: 1, maxKeys: 3 }), (over) => {
      const changed = JSON.stringify({ ...(JSON.parse(text) as object), ...over });
      const store = new PropertyStore(before.values);
      store.values.set('head', `${shortHash(changed, 6)}:${changed}`);
      const loaded = loadHead(store);
      if (loaded === undefined) return;
      const { state } = loadState(store, loaded.head);
      expect(Number.isFinite(state.head.generation)).toBe(true);
      for (const time of [state.head.passedAt, state.head.crmAt, state.head.due])
        expect(Number.isFinite(time)).toBe(true);
      run(store, first, 'b');
      expect(whole(load(store).state)).toEqual(whole(first));
    }),
    runs(40),
  );
});

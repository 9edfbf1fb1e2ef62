/**
 * What earlier versions have stored is read (X11, C24): the bytes of each of them are kept in `test/fixtures/state`, with the
 * state that was in them. `day` is the store after a day in the emulator, `every` has every field that the version knew.
 *
 * A version that changes what is stored gets a number in `src/sync/head.ts`, and `STATE_SNAPSHOT=write npx jest
 * test/src/sync/snapshots.test.ts` writes its bytes, once and for all: the next version has to read them as they are.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { VERSION } from '../../../src/sync/head';
import type { State } from '../../../src/sync/state';
import { commit, loadHead, loadState } from '../../../src/sync/store';
import { anyState, contents } from './any-state';
import { PropertyStore } from './property-store';

const FOLDER = path.join(__dirname, '..', '..', 'fixtures', 'state');
const CURRENT = path.join(FOLDER, `v${VERSION}-every.json`);

interface Snapshot {
  readonly properties: Readonly<Record<string, string>>;
  readonly state: { readonly head: Readonly<Record<string, unknown>> };
}

if (process.env['STATE_SNAPSHOT'] === 'write' && !existsSync(CURRENT)) {
  const store = new PropertyStore();
  const state = richest();
  commit(store, { text: '', pages: new Map() }, { ...state, head: { ...state.head, generation: 0 } }, 'run');
  const snapshot = { properties: Object.fromEntries(store.values), state: JSON.parse(contents(state)) as unknown };
  writeFileSync(CURRENT, `${JSON.stringify(snapshot, undefined, 1)}\n`);
}

/** Of many, the one that has most of what may be missing. */
function richest(): State {
  const richness = ({ head, links, items, quiet }: State): number =>
    Object.keys(head).length +
    (quiet === undefined ? 0 : 50) +
    new Set([...links.values(), ...items.values()].flatMap((record) => Object.keys(record))).size;
  const states = fc.sample(anyState(0.4), { numRuns: 300, seed: VERSION });
  return states.reduce((best, state) => (richness(state) > richness(best) ? state : best));
}

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

test.each(Array.from({ length: VERSION }, (_, index) => index + 1))('X11: there are bytes of version %d', (version) => {
  expect(names.filter((name) => name.startsWith(`v${version}-`))).not.toEqual([]);
});

test.each(names)('X11: %s is read as it was meant, and written on', (name) => {
  const { properties, state } = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Snapshot;
  const store = new PropertyStore(new Map(Object.entries(properties)));
  const wanted = { ...state, head: { ...state.head, version: VERSION } };
  const loaded = loadHead(store);
  if (loaded === undefined) throw new Error('no head can be read');
  expect(loaded.doubt).toBe(state.head['doubt'] === true);
  const found = loadState(store, loaded.head);
  expect(found.lost).toBe(0);
  expect(JSON.parse(contents(found.state))).toEqual(wanted);
  // One more receipt, so that a page is written anew beside those that stay as they are.
  const receipts = [{ at: 1, what: 'left' as const, key: 'g:1', crm: '', direction: '' as const, rule: 'T2' }];
  commit(store, { text: loaded.text, pages: found.pages }, { ...found.state, receipts }, 'run');
  const again = loadHead(store);
  if (again === undefined) throw new Error('no head can be read');
  expect(again.head.version).toBe(VERSION);
  const kept = loadState(store, again.head);
  expect(kept).toMatchObject({ lost: 0, outdated: false });
  expect(contents({ ...kept.state, receipts: [] })).toBe(contents({ ...found.state, receipts: [] }));
});

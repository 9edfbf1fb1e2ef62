/** What waits between the two steps of connecting: short-lived, and total for whatever stands in the store. */
import { dropLatePending, keepPending, readPending } from '../../../src/account/pending';
import type { Store } from '../../../src/platform/store';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 2, 2, 8);
const PENDING = { at: NOW, token: 'pit-12345678', location: 'loc123', companyId: 'com1', installation: 'i1' };

function storeOf(values = new Map<string, string>()): Store {
  return {
    read: (key) => values.get(key) ?? null,
    all: () => Object.fromEntries(values),
    write: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
    clear: () => values.clear(),
  };
}

test('it comes back as it was, for a quarter of an hour', () => {
  const store = storeOf();
  keepPending(store, PENDING);
  expect(readPending(store, NOW + 15 * MINUTE)).toEqual(PENDING);
  expect(readPending(store, NOW + 15 * MINUTE + 1)).toBeUndefined();
});

test('a late one is removed, a fresh one stays', () => {
  const store = storeOf();
  keepPending(store, PENDING);
  dropLatePending(store, NOW + MINUTE);
  expect(store.keys()).toHaveLength(1);
  dropLatePending(store, NOW + 16 * MINUTE);
  expect(store.keys()).toEqual([]);
});

test.each([
  '',
  'null',
  '7',
  '[]',
  '{}',
  '{"at":"x","token":"a","location":"b"}',
  `{"at":${NOW},"token":1,"location":"b"}`,
  `{"at":${NOW + MINUTE},"token":"a","location":"b"}`,
  '{"at":',
])('%j is none', (text) => {
  expect(readPending(storeOf(new Map([['connect.pending', text]])), NOW)).toBeUndefined();
});

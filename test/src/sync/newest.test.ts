import { newestIds } from '../../../src/sync/newest';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

describe('X5: the newest e-mails of a CRM thread, in whichever order it names them', () => {
  it.each([
    ['all where there are no more', ['a', 'b'], 2, 'b', ['a', 'b']],
    ['from the end where a known new one stands there', ids, 3, 'h', ['g', 'h', 'i']],
    ['from the beginning where it stands there', ids, 3, 'b', ['a', 'b', 'c']],
    ['from both where it stands in the middle', ids, 4, 'e', ['a', 'b', 'h', 'i']],
    ['from both where it is not among them', ids, 3, 'z', ['a', 'b', 'h', 'i']],
    ['from both where none is known', ids, 1, undefined, ['a', 'i']],
  ] as const)('%s', (_, all, count, known, expected) => {
    expect(newestIds(all, count, known)).toEqual(expected);
  });
});

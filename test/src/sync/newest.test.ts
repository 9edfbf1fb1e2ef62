import { isOldestFirst, newestEnd, newestIds, reachesBack, withoutGap } from '../../../src/sync/newest';

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

describe('X5: at which end of a thread the newest stand', () => {
  const dated = (dates: readonly number[], from = 0) =>
    dates.map((dateAdded, index) => ({ id: ids[from + index], dateAdded }));

  it.each([
    ['at the end', dated([1, 2, 3, 4]), true],
    ['at the beginning', dated([4, 3, 2, 1]), false],
    ['at the end although the last one was logged with an older date', dated([5, 6, 7, 8, 1], 4), true],
    ['one alone does not say', dated([1]), undefined],
    ['all of one second do not say', dated([1, 1, 1]), undefined],
  ] as const)('%s', (_, emails, expected) => {
    expect(isOldestFirst(ids, emails)).toBe(expected);
  });

  it('is read from there', () => {
    expect([newestEnd(ids, 2, true), newestEnd(ids, 2, false)]).toEqual([
      ['h', 'i'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['the oldest of the end', ['g', 'h', 'i'], dated([1, 2, 3], 6), true, 3],
    ['of the five oldest the newest', ids, dated([1, 2, 3, 4, 5, 6, 7, 8, 9]), true, 5],
    ['also where they come last', ids, dated([9, 8, 7, 6, 5, 4, 3, 2, 1]), false, 5],
    ['one that was logged later does not count', ids, dated([4, 1, 4, 4, 4, 6]), true, 4],
    ['nothing where nothing was read', ids, [], true, Infinity],
  ] as const)('reaches back to %s', (_, end, emails, oldestFirst, expected) => {
    expect(reachesBack(end, emails, oldestFirst)).toBe(expected);
  });
});

describe('S8: what lies between the ends of a thread that were read is not taken for missing', () => {
  const email = (id: string, dateAdded: number) => ({ id, dateAdded });

  it.each([
    ['all where they stand side by side', ['g', 'h', 'i'], [7, 8, 9], ['g', 'h', 'i']],
    [
      'all of more than half of the thread',
      ['d', 'e', 'f', 'g', 'h', 'i'],
      [4, 5, 6, 7, 8, 9],
      ['d', 'e', 'f', 'g', 'h', 'i'],
    ],
    ['the end, where the newest stand there', ['a', 'b', 'h', 'i'], [1, 2, 8, 9], ['h', 'i']],
    ['the beginning, where the newest stand there', ['a', 'b', 'h', 'i'], [9, 8, 2, 1], ['a', 'b']],
    ['none where there are none', [], [], []],
  ] as const)('%s', (_, read, dates, expected) => {
    const emails = read.map((id, index) => email(id, dates[index]));
    expect(withoutGap(ids, read, emails).map(({ id }) => id)).toEqual(expected);
  });

  it('one that is gone from the CRM makes no gap', () => {
    const emails = [email('g', 7), email('i', 9)];
    expect(withoutGap(ids, ['g', 'h', 'i'], emails)).toEqual(emails);
  });
});

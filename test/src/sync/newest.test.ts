import { newestIds, withoutGap } from '../../../src/sync/newest';

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

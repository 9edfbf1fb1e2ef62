import { nextMarks, type Marks } from '../../../src/sync/marks';
import type { Head, Item, Link } from '../../../src/sync/state';

const head = (own: Partial<Head> = {}) =>
  ({ labels: { own: 'Label_1', shown: 'Label_2', attention: 'Label_3' }, ...own }) as Head;
const links = new Map([['crm1', { gmail: ['t1', 't2'] } as unknown as Link]]);
const item = (key: string, state: Item['state'], thread = 'crm1'): Item => ({
  key,
  state,
  reason: 'refused-by-crm',
  since: 1,
  next: 0,
  attempts: 3,
  thread,
});
const marks = (own: Partial<Marks>): Marks => ({ shown: [], on: [], off: [], ...own });

test('M7: nothing to show costs nothing', () => {
  expect(nextMarks(head(), links, [item('g:a', 'waiting')], [])).toEqual({ marks: undefined, attention: undefined });
});

test('M7: what was logged gets the visible label, what is parked or held the other', () => {
  expect(nextMarks(head(), links, [item('g:a', 'parked'), item('e:b', 'held')], ['c'])).toEqual({
    marks: marks({ shown: ['c'], on: ['a', 'tt1'] }),
    attention: ['a', 'tt1'],
  });
});

test('M7: a mail of the CRM without a Gmail thread has nothing to show itself on; what is no message neither', () => {
  expect(nextMarks(head(), links, [item('e:b', 'held', 'other'), item('m:crm1', 'parked')], [])).toEqual({
    marks: undefined,
    attention: undefined,
  });
});

test('M7: settled, the label comes off; still open, it is not put on again', () => {
  const before = head({ attention: ['a', 'b'] });
  expect(nextMarks(before, links, [item('g:b', 'parked')], [])).toEqual({
    marks: marks({ off: ['a'] }),
    attention: ['b'],
  });
});

test('M7: what could not be done is kept, and turned around where it is not true any more', () => {
  const before = head({ attention: ['a'], marks: marks({ shown: ['x'], on: ['a'], off: ['z'] }) });
  expect(nextMarks(before, links, [], ['y'])).toEqual({
    marks: marks({ shown: ['x', 'y'], off: ['z', 'a'] }),
    attention: undefined,
  });
  expect(nextMarks(before, links, [item('g:z', 'parked'), item('g:a', 'parked')], [])).toMatchObject({
    marks: { on: ['a', 'z'], off: [] },
  });
});

test('M7: without the label nothing waits for it, and the head stays small', () => {
  expect(nextMarks(head({ labels: { own: 'Label_1' } }), links, [], ['c']).marks).toBeUndefined();
  const many = Array.from({ length: 500 }, (_, index) => item(`g:${index}`, 'parked'));
  const { marks: made, attention } = nextMarks(
    head(),
    links,
    many,
    many.map(({ key }) => key),
  );
  expect([made?.shown.length, made?.on.length, attention?.length]).toEqual([20, 20, 20]);
});

import type { Task } from '../../../src/platform/exchange';
import { inWaves, wavesOf } from '../../../src/sync/waves';

const MB = 1024 * 1024;

test.each([
  ['nothing', [], []],
  ['no files at all', [0, 0, 0], [[0, 1, 2]]],
  ['small files', [MB, MB, MB], [[0, 1, 2]]],
  ['large files one by one', [25 * MB, 25 * MB], [[0], [1]]],
  ['as many as fit', [5 * MB, 5 * MB, 5 * MB], [[0, 1], [2]]],
  ['what has no files waits for nobody', [25 * MB, 0, 25 * MB, 0], [[1, 3, 0], [2]]],
  [
    'many tiny ones',
    new Array<number>(23).fill(1),
    [Array.from({ length: 10 }, (_, i) => i), Array.from({ length: 10 }, (_, i) => i + 10), [20, 21, 22]],
  ],
])('M3: %s', (_, sizes, waves) => {
  expect(wavesOf(sizes)).toEqual(waves);
});

test('M3: results stand in the order of the tasks', () => {
  function* task(value: number): Task<number> {
    yield [];
    return value;
  }
  const run = inWaves([9 * MB, 0, 9 * MB].map((bytes, index) => ({ bytes, task: task(index) })));
  let step = run.next([]);
  while (step.done !== true) step = run.next([]);
  expect(step.value).toEqual([0, 1, 2]);
});

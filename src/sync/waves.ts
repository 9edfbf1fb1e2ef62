/** Work in waves, so that what is held in memory at a time stays bounded (facts, platform 2.1: a script's memory is small). */
import { together, type Task } from '../platform/exchange';

/** Bytes of files in one wave. One file as large as a message may be goes alone. */
const WAVE_BYTES = 12 * 1024 * 1024;
/** Files in one wave. */
const WAVE_FILES = 10;

export interface Load<T> {
  readonly task: Task<T>;
  /** Bytes of files that it holds while it runs; 0 for a task without files. */
  readonly bytes: number;
}

/** Runs the tasks in their order, as many side by side as fit into one wave; tasks without files all go in the first. */
export function* inWaves<T>(loads: readonly Load<T>[]): Task<T[]> {
  const results: T[] = new Array<T>(loads.length);
  for (const wave of wavesOf(loads.map(({ bytes }) => bytes))) {
    const done = yield* together(wave.map((index) => loads[index].task));
    wave.forEach((index, position) => (results[index] = done[position]));
  }
  return results;
}

/** Indices of what goes side by side. */
export function wavesOf(sizes: readonly number[]): number[][] {
  const light = [...sizes.keys()].filter((index) => sizes[index] === 0);
  const waves: number[][] = [];
  let open: number[] = [];
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (size === 0) continue;
    if (open.length > 0 && (bytes + size > WAVE_BYTES || open.length >= WAVE_FILES)) {
      waves.push(open);
      open = [];
      bytes = 0;
    }
    open.push(index);
    bytes += size;
  }
  if (open.length > 0) waves.push(open);
  if (light.length === 0) return waves;
  return waves.length === 0 ? [light] : [[...light, ...waves[0]], ...waves.slice(1)];
}

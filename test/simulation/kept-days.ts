/** Random days that once went wrong, as small as they were made then. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RandomDay } from './random-day';

/** And what it showed. */
export interface KeptDay extends RandomDay {
  readonly about: string;
}

const FILE = 'test/simulation/kept-days.json';

export function readKept(): KeptDay[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as KeptDay[];
}

export function keep(day: KeptDay): void {
  writeFileSync(FILE, `${JSON.stringify([...readKept(), day], undefined, 2)}\n`);
}

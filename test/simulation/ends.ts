/**
 * How each known day ends without a fault: threads, order, labels, answers. What a fault must not change is compared with the
 * day without one; that the day itself is right is written down here (`ends.json`), and whoever changes it says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Recording } from './cuts';
import { hashOf } from './random-day';

export type Ends = Readonly<Record<string, string>>;

const FILE = 'test/simulation/ends.json';

export const OTHER_END =
  'the day ends otherwise than is written down; where that is meant: npm run simulate -- --count';

export function readEnds(): Ends {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Ends;
}

export function writeEnds(ends: Ends): void {
  writeFileSync(FILE, `${JSON.stringify(ends, undefined, 2)}\n`);
}

export function endOf(recording: Recording): string {
  return hashOf(recording.reference(recording.day.moments.length - 1).judgement.digest);
}

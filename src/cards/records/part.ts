/** A list of records that may not have been read, may not be allowed, or may be long. */
import { text, type Widget } from '../model';
import type { Words } from '../words';
import type { Part } from './read';

/** Rows of the first ones, and how many more there are; one line where there is nothing to be had. */
export function partWidgets<T>(
  { records }: Words,
  part: Part<T>,
  most: number,
  rows: (all: readonly T[]) => readonly Widget[],
): Widget[] {
  if (part === 'unread') return [text([{ quiet: records.unread }])];
  if (part === 'not-allowed') return [text([{ quiet: records.notAllowed }])];
  const all = rows(part);
  const shown = all.slice(0, most);
  return all.length > most ? [...shown, text([{ quiet: records.more(all.length - most) }])] : shown;
}

/** Counts in words, for languages with one form for one and another for all else. */
export function many(count: number, one: string, more: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${more}`;
}

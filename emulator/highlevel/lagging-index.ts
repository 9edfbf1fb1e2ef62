/** A search index that shows writes only after a lag, as HighLevel's contact search does (facts, highlevel 4.1). */
export interface LaggingIndex<Row> {
  readonly rows: Map<string, Row>;
  /** Writes that the index has not taken in yet, oldest first; a row that is missing was deleted. */
  pending: { readonly at: number; readonly id: string; readonly row?: Row }[];
}

export function emptyIndex<Row>(): LaggingIndex<Row> {
  return { rows: new Map(), pending: [] };
}

/** Notes a write done at `now` (world time, milliseconds). Takes in what is due, so that little waits. */
export function indexLater<Row>(index: LaggingIndex<Row>, now: number, lagMs: number, id: string, row?: Row): void {
  indexed(index, now, lagMs);
  if (lagMs > 0 || index.pending.length > 0) index.pending.push(Object.freeze({ at: now, id, row }));
  else if (row === undefined) index.rows.delete(id);
  else index.rows.set(id, row);
}

/** The rows that a search at `now` sees. */
export function indexed<Row>(index: LaggingIndex<Row>, now: number, lagMs: number): Map<string, Row> {
  let taken = 0;
  while (taken < index.pending.length && index.pending[taken].at + lagMs <= now) {
    const { id, row } = index.pending[taken++];
    if (row === undefined) index.rows.delete(id);
    else index.rows.set(id, row);
  }
  if (taken > 0) index.pending = index.pending.slice(taken);
  return index.rows;
}

/** A search index that shows writes only after a lag, as HighLevel's contact search does (facts, highlevel 4.1). */
export interface LaggingIndex<Row> {
  readonly rows: Map<string, Row>;
  /** Writes that the index has not taken in yet, oldest first; a row that is missing was deleted. */
  pending: { readonly at: number; readonly id: string; readonly row?: Row }[];
}

export function emptyIndex<Row>(): LaggingIndex<Row> {
  return { rows: new Map(), pending: [] };
}

/** Notes a write done at `at` (world time, milliseconds). */
export function indexLater<Row>(index: LaggingIndex<Row>, at: number, id: string, row?: Row): void {
  index.pending.push(Object.freeze({ at, id, row }));
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

/**
 * A log that only grows, kept in frozen chunks so that a snapshot of a long one costs no more than of a short one.
 * Only the newest entries are kept: a simulated year makes millions.
 */
const CHUNK = 256;
const MOST_CHUNKS = 256;

export interface JournalState<Entry> {
  readonly chunks: readonly (readonly Entry[])[];
  readonly tail: readonly Entry[];
  readonly next: number;
}

export class Journal<Entry extends { readonly seq: number }> {
  private chunks: readonly (readonly Entry[])[] = [];
  private tail: Entry[] = [];
  private next = 1;

  /** The number of the entry to come, counted from 1. */
  take(): number {
    return this.next++;
  }

  add(entry: Entry): void {
    this.tail.push(entry);
    if (this.tail.length < CHUNK) return;
    this.chunks = [...this.chunks.slice(1 - MOST_CHUNKS), Object.freeze(this.tail)];
    this.tail = [];
  }

  /** The kept entries after that number. */
  since(seq: number): Entry[] {
    const found: Entry[] = [];
    for (const chunk of [...this.chunks, this.tail]) {
      if (chunk.length === 0 || chunk[chunk.length - 1].seq <= seq) continue;
      for (const entry of chunk) if (entry.seq > seq) found.push(entry);
    }
    return found;
  }

  snapshot(): JournalState<Entry> {
    return { chunks: this.chunks, tail: this.tail.slice(), next: this.next };
  }

  restore(state: JournalState<Entry>): void {
    this.chunks = state.chunks;
    this.tail = state.tail.slice();
    this.next = state.next;
  }
}

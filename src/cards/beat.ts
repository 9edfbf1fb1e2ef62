/** When the last sync was, and when the next one comes by itself (S1). */
import type { SyncView } from '../sync/view';
import type { Format } from './format';
import type { Words } from './words';

const MINUTE = 60_000;

/** `Last sync 7 minutes ago · next in 53 minutes`. */
export function beatLine({ home }: Words, view: SyncView, format: Format): string {
  const beat = Math.max(view.passedAt, view.startedAt);
  const every = view.slow === '' ? view.cadence : 60;
  const next = view.cadence === 0 ? home.nextNone : home.next(format.soon(beat + every * MINUTE));
  return `${home.last(format.ago(view.passedAt))} · ${next}`;
}

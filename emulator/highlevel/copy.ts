/** Snapshots of the CRM's state. */
import { copyState } from '../core/snapshot';
import type { LaggingIndex } from './lagging-index';
import type { State } from './state';

/**
 * A copy that shares every record. What the maps hold is frozen or a plain text, all but the rate windows, so the maps
 * are copied as they are: many times faster than looking at each record.
 */
export function copyOf(state: State): State {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(state) as [string, unknown][]) {
    if (value instanceof Map && name !== 'rates') copy[name] = new Map(value);
    else if (name === 'exportIndex' || name === 'contactIndex')
      copy[name] = copyOfIndex(value as LaggingIndex<unknown>);
    else copy[name] = copyState(value);
  }
  return copy as unknown as State;
}

function copyOfIndex({ rows, pending }: LaggingIndex<unknown>): LaggingIndex<unknown> {
  return { rows: new Map(rows), pending: [...pending] };
}

/** What fits into the head, which is one property (X11). An OAuth connection's two tokens alone can take a third of it. */
import { storedBytes } from '../platform/text';
import type { Create } from './actions';
import type { Head } from './state';

/** The ceiling for one property (facts, reliability 2.1). */
export const HEAD_BYTES = 8_000;
/** For what a pass adds beside intents: echoes, names of pages, counts of sends, longer numbers. */
const RESERVE_BYTES = 1_400;

/** Bytes for further intents; where it is negative the head is full. */
export function intentRoom(head: Head): number {
  return HEAD_BYTES - RESERVE_BYTES - storedBytes(JSON.stringify(head));
}

/** What the intent of an action takes at most, with the draft that a delivery pins later. */
export function intentBytes(action: Create): number {
  const names = { mirror: 60, push: 110, deliver: 160 }[action.kind];
  const more = action.kind === 'push' ? action.crm + action.conversation + action.altId : '';
  return names + storedBytes(action.key + more) + 20;
}

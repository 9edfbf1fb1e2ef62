/**
 * Which links rest (X11): those in which nothing has happened for two weeks, and of the others the quietest where all of
 * them in full would not fit. Pure; runs before every commit.
 */
import { isGmailId } from './digits';
import { moveKey } from './keys';
import { isUnnamed } from './rename';
import { Quiet, crmKey, weekOf, type Sleeper, type Unmirrored } from './quiet';
import { linkBytes } from './shelves';
import { DAY_MS, type Link, type State } from './state';

const QUIET_MS = 14 * DAY_MS;
/** All pages together (X11: 400 KB, of which the head and a change in the making need their part). */
export const STORE_BYTES = 400_000;
const SPARE_BYTES = 40_000;
/** Links in full; fewer where the store is nearly full. */
const MOST_LINK_BYTES = 100_000;
const LEAST_LINK_BYTES = 24_000;
/** E-mail ids that are remembered. */
const MOST_SEEN = 12_000;

export function putToRest(state: State, now: number): State {
  const quiet = state.quiet ?? new Quiet();
  const busy = new Set<string>();
  for (const { thread } of state.items.values()) busy.add(thread);
  for (const { crm } of state.head.intents) if (crm !== undefined) busy.add(crm);
  const canRest = (link: Link): boolean =>
    isComplete(link) &&
    !busy.has(link.crm) &&
    !link.gmail.some((id) => busy.has(id)) &&
    !state.items.has(moveKey(link.crm));
  const oldestFirst = [...state.links.values()].sort((a, b) => a.touched - b.touched);
  const sizes = new Map(oldestFirst.map((link) => [link.crm, linkBytes(link)]));
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const room = Math.min(MOST_LINK_BYTES, Math.max(LEAST_LINK_BYTES, STORE_BYTES - SPARE_BYTES - quiet.bytes));
  // Well below the limit at once, so that it is not met again by the next link.
  let excess = total > room ? total - room * 0.8 : 0;
  const resting: Link[] = [];
  for (const link of oldestFirst) {
    if (link.touched >= now - QUIET_MS && excess <= 0) break;
    if (!canRest(link)) continue;
    resting.push(link);
    excess -= sizes.get(link.crm) ?? 0;
  }
  const seen = withinSeen(state.seen);
  if (resting.length === 0) return seen === state.seen ? state : { ...state, seen };
  const links = new Map(state.links);
  for (const { crm } of resting) links.delete(crm);
  const { threads, unmirrored } = asSleepers(resting);
  return { ...state, links, seen, quiet: quiet.with(threads, unmirrored) };
}

/** Nothing of it would be lost: its ids come back as they were, or its contact and subject are what it is found by. */
function isComplete({ crm, gmail, subject, people, stopped, address, pauses = [] }: Link): boolean {
  // What was kept to oneself is remembered, and a thread that the CRM does not have yet is found by nothing.
  if (pauses.length > 0 || isUnnamed(crm)) return false;
  if (!['', 'user', 'former-address'].includes(stopped) || address.length !== 7) return false;
  if (gmail.length > 0) return gmail.every(isGmailId);
  return subject.length === 7 && people.length > 0 && people.every((person) => person.length === 7);
}

export function asSleepers(links: readonly Link[]): { threads: Sleeper[]; unmirrored: Unmirrored[] } {
  const threads: Sleeper[] = [];
  const unmirrored: Unmirrored[] = [];
  for (const { crm, gmail, people, subject, since, stopped, address } of links) {
    const shared = { crm: crmKey(crm), week: weekOf(since), stopped: stopped === 'user', address };
    for (const id of gmail) threads.push({ gmail: id, ...shared });
    if (gmail.length === 0) for (const person of people) unmirrored.push({ person, subject, ...shared });
  }
  return { threads, unmirrored };
}

/** The newest of them: an older one that is met again is decided again, to the same end. */
function withinSeen(seen: State['seen']): State['seen'] {
  if (seen.size <= MOST_SEEN) return seen;
  return new Map([...seen].sort(([, a], [, b]) => b - a).slice(0, MOST_SEEN));
}

/** Too full for another link, however many of them rest. */
export function isFull(state: State): boolean {
  return (state.quiet?.bytes ?? 0) > STORE_BYTES - SPARE_BYTES - LEAST_LINK_BYTES;
}

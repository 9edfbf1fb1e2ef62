/** The world left alone until nothing changes any more: passes over the settle time, retries and longer pauses. */
import type { World } from '../../emulator/world/world';
import { MINUTE } from './day';
import { setAsideFor, type SetAside } from './sidebar';

/** Minutes between passes: over the settle time of ten, and over the four hours after which a refusal is tried again. */
const USUAL = [11, 255];
const SOON = 11;
/** To the end of the day that began with the fault. */
const REST_OF_A_DAY = [65, 130, 250, 490, 220];
const SOME_DAYS = [11, 65, 130, 250, 490, 1450, 1450, 11];

export interface Settled {
  /** The last pass of everybody wrote nothing. */
  readonly quiet: boolean;
  readonly failures: readonly string[];
  /** Passes that wrote something. */
  readonly writing: number;
  /** HTTP requests beyond those of passes with nothing to do. */
  readonly requests: number;
  /** What the sidebar shows as set aside then. */
  readonly aside: readonly SetAside[];
}

export interface Patience {
  readonly within: 'a day' | 'some days';
  /** So many entries of the sidebar may stay: nothing will change them. */
  readonly mayStay: number;
  /** The first pass comes before what is still to take effect does: it must not be done once more by then. */
  readonly early?: boolean;
}

export function leaveAlone(
  world: World,
  users: readonly string[],
  { within, mayStay, early = false }: Patience = { within: 'some days', mayStay: Infinity },
): Settled {
  let writing = 0;
  let requests = 0;
  const failures: string[] = [];
  const round = (minutes: number): boolean => {
    world.advance(minutes * MINUTE, false);
    let quiet = true;
    for (const user of users) {
      const since = lastSeq(world);
      const { ok, error } = world.run(user, 'onSyncTimer');
      if (!ok) failures.push(error ?? 'a pass failed');
      const cost = costSince(world, since);
      requests += Math.max(0, cost.requests - IDLE_REQUESTS);
      if (cost.writes > 0) writing += 1;
      quiet &&= cost.writes === 0 && cost.requests <= IDLE_REQUESTS;
    }
    return quiet;
  };
  const shown = () => users.flatMap((user) => setAsideFor(world, user));
  let quiet = false;
  if (early) round(1);
  for (const minutes of USUAL) quiet = round(minutes);
  quiet ||= round(SOON);
  let aside = shown();
  const goesOn = () => !quiet || aside.filter(({ kind }) => kind !== 'held').length > mayStay;
  // It may write nothing because a message waits for its time.
  const still = quiet && !aside.some(({ kind }) => kind === 'waiting');
  for (const minutes of within === 'a day' ? REST_OF_A_DAY : still ? [] : SOME_DAYS) {
    if (within === 'a day' && !goesOn()) break;
    quiet = round(minutes);
    aside = shown();
  }
  // The last one of the day may have been the one that got to its end.
  if (within === 'a day') quiet ||= round(SOON);
  return { quiet, failures, writing, requests, aside };
}

/** Of a pass with nothing to do: Gmail's history and the CRM's export. */
export const IDLE_REQUESTS = 2;

export function lastSeq(world: World): number {
  return world.appsScript.requests(0).at(-1)?.seq ?? 0;
}

/** HTTP requests, of a batch its parts, and those of them that write. */
export function costSince(world: World, seq: number): { requests: number; writes: number } {
  let requests = 0;
  let writes = 0;
  for (const call of world.appsScript.requests(seq)) {
    if (call.service !== 'UrlFetchApp') continue;
    requests += 1;
    for (const { method = '', path = '' } of call.parts ?? [call]) {
      if (method.toUpperCase() !== 'GET' && !READING.test(path)) writes += 1;
    }
  }
  return { requests, writes };
}

/** Asked with POST and changing nothing: a search, a batch (whose parts count). */
const READING = /^\/(contacts\/search|batch\/|oauth\/token)/;

/** The world left alone until nothing changes any more: passes over the settle time, retries and longer pauses. */
import type { World } from '../../emulator/world/world';
import { MINUTE } from './day';

/** Minutes between passes: over the settle time of ten, and over the four hours after which a refusal is tried again. */
const USUAL = [11, 255];
const SOON = 11;
const LONGER = [11, 65, 130, 250, 490, 1450, 1450, 11];

export interface Settled {
  /** The last pass of everybody wrote nothing. */
  readonly quiet: boolean;
  readonly failures: readonly string[];
  /** Passes that wrote something. */
  readonly writing: number;
  readonly requests: number;
}

export function leaveAlone(world: World, users: readonly string[]): Settled {
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
      requests += cost.requests;
      if (cost.writes > 0) writing += 1;
      quiet &&= cost.writes === 0 && cost.requests <= IDLE_REQUESTS;
    }
    return quiet;
  };
  let quiet = false;
  for (const minutes of USUAL) quiet = round(minutes);
  quiet ||= round(SOON);
  for (const minutes of quiet ? [] : LONGER) quiet = round(minutes);
  return { quiet, failures, writing, requests };
}

/** Of a pass with nothing to do: Gmail's history and the CRM's export. */
const IDLE_REQUESTS = 2;

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

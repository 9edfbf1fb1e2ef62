/**
 * The control calls: what tools, tests and the page ask of the world beside the emulated hosts. A function of the world
 * and the call alone, so that a test needs no server and a fault can make one happen in the middle of a run.
 */
import type { World } from '../world/world';
import { ControlCall, ControlError, type ControlAnswer, type ControlHandler } from './call';
import { CRM_CALLS } from './crm';
import { FAULT_CALLS } from './faults';
import { MAIL_CALLS } from './mail';
import { PERSON_CALLS } from './person';
import { RECORD_CALLS } from './records';
import { STATE_CALLS } from './state';
import { TIME_CALLS } from './time';

const HANDLERS: ReadonlyMap<string, ControlHandler> = new Map([
  ...STATE_CALLS,
  ...TIME_CALLS,
  ...PERSON_CALLS,
  ...CRM_CALLS,
  ...MAIL_CALLS,
  ...FAULT_CALLS,
  ...RECORD_CALLS,
]);
const NAMES = new Set([...HANDLERS.keys()].map((key) => key.split(' ')[1]));

/** All of them: `GET state`. */
export function controlCalls(): string[] {
  return [...HANDLERS.keys()];
}

/** `path` with or without `/emulator/` before it. Never throws: an error is an answer `{"error"}`. */
export function control(world: World, request: { method: string; path: string; body: Buffer }): ControlAnswer {
  const { pathname, searchParams } = new URL(request.path.replace(/^\/?(emulator\/)?/, 'http://emulator/'));
  const name = pathname.slice(1);
  const handler = HANDLERS.get(`${request.method} ${name}`);
  if (handler === undefined) {
    return NAMES.has(name)
      ? { status: 405, body: { error: `${name} does not take ${request.method}` } }
      : { status: 404, body: { error: `there is no control call ${name}` } };
  }
  try {
    return { status: 200, body: handler(world, new ControlCall(searchParams, request.body)) ?? {} };
  } catch (error) {
    return answerTo(error);
  }
}

/** What is wrong in the emulator itself, and no refusal. */
const OUR_FAULTS = [TypeError, RangeError, ReferenceError];

function answerTo(error: unknown): ControlAnswer {
  if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
  if (OUR_FAULTS.some((kind) => error instanceof kind)) return { status: 500, body: { error: (error as Error).stack } };
  return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
}

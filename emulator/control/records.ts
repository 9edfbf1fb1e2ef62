/** What the runtime recorded of the add-on: its runs, its calls, its log, what it stored, and how the two sides stand. */
import { balanceOf } from './balance';
import { ControlError, type ControlCall, type ControlCalls } from './call';
import { maskValue } from './mask';

export const RECORD_CALLS: ControlCalls = [
  ['GET requests', (world, call) => newest(call, world.appsScript.requests(since(call)))],
  ['GET executions', (world, call) => newest(call, world.appsScript.executions(since(call)))],
  ['GET logs', (world, call) => newest(call, world.appsScript.logs(since(call)))],
  ['GET balance', (world, call) => balanceOf(world, call.parameters().text('user'))],
  [
    'GET properties',
    (world, call) => {
      const user = call.parameters().text('user');
      world.checkAccount(user);
      const known = [world.highlevel.describe().token];
      const entries = Object.entries(world.appsScript.properties(user.toLowerCase()));
      return Object.fromEntries(entries.map(([key, value]) => [key, maskValue(key, value, known)]));
    },
  ],
];

function since(call: ControlCall): number {
  return wholeNumber(call, 'since') ?? 0;
}

/** The last so many of them, where the call says how many. */
function newest<Entry>(call: ControlCall, entries: readonly Entry[]): readonly Entry[] {
  const last = wholeNumber(call, 'last');
  if (last === undefined) return entries;
  if (last < 1) throw new ControlError('last must be a whole number from 1');
  return entries.slice(-last);
}

function wholeNumber(call: ControlCall, name: string): number | undefined {
  const given = call.query.get(name);
  if (given === null) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value)) throw new ControlError(`${name} must be a whole number`);
  return value;
}

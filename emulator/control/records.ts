/** What the runtime recorded of the add-on: its calls, its log, and what it stored. */
import { ControlError, type ControlCall, type ControlCalls } from './call';
import { maskValue } from './mask';

export const RECORD_CALLS: ControlCalls = [
  ['GET requests', (world, call) => world.appsScript.requests(since(call))],
  ['GET logs', (world, call) => world.appsScript.logs(since(call))],
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
  const value = Number(call.query.get('since') ?? 0);
  if (!Number.isInteger(value)) throw new ControlError('since must be a whole number');
  return value;
}

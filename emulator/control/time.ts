/** Time, and runs of the add-on. */
import { RUN_CONTEXTS, TIMER } from '../world/contexts';
import type { ControlCalls } from './call';

export const TIME_CALLS: ControlCalls = [
  [
    'POST clock',
    (world, call) => {
      const fields = call.body();
      const executions = world.advance(fields.number('advanceMs'), fields.optionalBoolean('fire') ?? true);
      return { clock: world.clock.now, executions };
    },
  ],
  [
    'POST run',
    (world, call) => {
      const fields = call.body();
      const user = fields.text('user');
      const context = fields.optionalChoice('context', RUN_CONTEXTS);
      return world.run(user, fields.text('function'), fields.optionalRecord('event'), context);
    },
  ],
  [
    'POST sync',
    (world, call) => {
      const user = call.body().optionalText('user');
      const users = user === undefined ? world.gmail.accounts().map(({ email }) => email) : [user];
      // Whoever has nothing stored has connected nothing: there is nothing to run.
      const connected = users.filter((email) => Object.keys(world.appsScript.properties(email)).length > 0);
      return { executions: connected.map((email) => world.run(email, TIMER)) };
    },
  ],
];

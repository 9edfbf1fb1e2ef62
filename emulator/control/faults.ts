/** Faults: what goes wrong at the add-on's next calls. */
import { ControlError, isRecord, type ControlCalls } from './call';

export const FAULT_CALLS: ControlCalls = [
  ['GET faults', (world) => ({ ...world.appsScript.faults(), failedActs: world.failedActs })],
  [
    'PUT faults',
    (world, call) => {
      const faults = call.json();
      if (!Array.isArray(faults) || !faults.every(isRecord)) {
        throw new ControlError('the body must be a list of faults');
      }
      // The runtime knows the kinds, and refuses what it does not know.
      world.appsScript.setFaults(faults);
      world.failedActs = [];
      return world.appsScript.faults();
    },
  ],
];

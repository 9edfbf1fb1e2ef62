/**
 * Time triggers. In an add-on's own context a recurring trigger of less than an hour throws, a one-shot is accepted
 * (facts, platform 0.1, 1.2). Consumed one-shots stay listed until they are deleted (1.3).
 */
export type Cadence = 1 | 5 | 10 | 15 | 30 | 60;

/** The functions that the platform may start by itself. */
export type Handler = 'onSyncTimer' | 'onSyncSoon';

/** Each name stands where it is used, so that a test can hold it against the functions that the bundle has. */
const BUILDERS: Readonly<Record<Handler, () => GoogleAppsScript.Script.TriggerBuilder>> = {
  onSyncTimer: () => ScriptApp.newTrigger('onSyncTimer'),
  onSyncSoon: () => ScriptApp.newTrigger('onSyncSoon'),
};

/** Makes exactly one recurring trigger for the handler; gives the cadence that the platform allowed. */
export function armRecurring(handler: Handler, wanted: Cadence): Cadence {
  removeTriggers(handler);
  if (wanted < 60) {
    try {
      BUILDERS[handler]().timeBased().everyMinutes(wanted).create();
      return wanted;
    } catch {
      // Refused in an add-on's context: hourly is what is left (G1).
    }
  }
  BUILDERS[handler]().timeBased().everyHours(1).create();
  return 60;
}

/** One run soon, beside the recurring trigger; an earlier one of the same handler is replaced. */
export function armOnce(handler: Handler, afterMs: number): void {
  removeTriggers(handler);
  BUILDERS[handler]().timeBased().after(afterMs).create();
}

export function countTriggers(handler: Handler): number {
  return ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler).length;
}

/** Of one handler, or of all. Takes the copies that the platform lists: deleting the object that `create` gave fails in the same run (facts, platform 1.5). */
export function removeTriggers(handler?: Handler): void {
  for (const trigger of ScriptApp.getProjectTriggers()) {
    if (handler === undefined || trigger.getHandlerFunction() === handler) ScriptApp.deleteTrigger(trigger);
  }
}

/**
 * Time triggers. In an add-on's own context a recurring trigger of less than an hour throws, a one-shot is accepted
 * (facts, platform 0.1, 1.2). Consumed one-shots stay listed until they are deleted (1.3).
 */
export type Cadence = 1 | 5 | 10 | 15 | 30 | 60;

/** Makes exactly one recurring trigger for the handler; gives the cadence that the platform allowed. */
export function armRecurring(handler: string, wanted: Cadence): Cadence {
  removeTriggers(handler);
  if (wanted < 60) {
    try {
      ScriptApp.newTrigger(handler).timeBased().everyMinutes(wanted).create();
      return wanted;
    } catch {
      // Refused in an add-on's context: hourly is what is left (G1).
    }
  }
  ScriptApp.newTrigger(handler).timeBased().everyHours(1).create();
  return 60;
}

/** One run soon, beside the recurring trigger; an earlier one of the same handler is replaced. */
export function armOnce(handler: string, afterMs: number): void {
  removeTriggers(handler);
  ScriptApp.newTrigger(handler).timeBased().after(afterMs).create();
}

export function countTriggers(handler: string): number {
  return ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler).length;
}

/** Of one handler, or of all. Takes the copies that the platform lists: deleting the object that `create` gave fails in the same run (facts, platform 1.5). */
export function removeTriggers(handler?: string): void {
  for (const trigger of ScriptApp.getProjectTriggers()) {
    if (handler === undefined || trigger.getHandlerFunction() === handler) ScriptApp.deleteTrigger(trigger);
  }
}

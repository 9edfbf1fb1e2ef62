/** A trigger as `getProjectTriggers` lists it: neither its interval nor whether it still lives can be read (facts, platform 1.5). */
import { enumeration, ScriptObject, type EnumValue, type Signatures } from '../realm/script-object';
import type { Trigger } from '../state/triggers';

export const TRIGGER_SCOPE = 'https://www.googleapis.com/auth/script.scriptapp';

export const EVENT_TYPES = enumeration('ScriptApp.EventType', [
  'CLOCK',
  'ON_OPEN',
  'ON_EDIT',
  'ON_FORM_SUBMIT',
  'ON_CHANGE',
  'ON_EVENT_UPDATED',
]);

export const TRIGGER_SOURCES = enumeration('ScriptApp.TriggerSource', [
  'SPREADSHEETS',
  'CLOCK',
  'FORMS',
  'DOCUMENTS',
  'CALENDAR',
]);

export const WEEKDAYS = enumeration('ScriptApp.WeekDay', [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
]);

export class ScriptTrigger extends ScriptObject {
  static readonly scriptName = 'ScriptApp.Trigger';
  static readonly signatures: Signatures = {
    getUniqueId: [[]],
    getHandlerFunction: [[]],
    getEventType: [[]],
    getTriggerSource: [[]],
    getTriggerSourceId: [[]],
  };

  constructor(readonly record: Trigger) {
    super();
  }

  getUniqueId(): string {
    return this.record.id;
  }

  getHandlerFunction(): string {
    return this.record.handler;
  }

  getEventType(): EnumValue {
    return EVENT_TYPES.CLOCK;
  }

  getTriggerSource(): EnumValue {
    return TRIGGER_SOURCES.CLOCK;
  }

  getTriggerSourceId(): null {
    return null;
  }
}

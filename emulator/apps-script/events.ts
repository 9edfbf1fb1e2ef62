/** The event objects that the platform makes by itself: of a clock trigger, and of a card that nobody described. */
import type { TriggerRecord } from '../core/services';
import type { Profile } from './platform';
import { offsetMinutes } from './time-zone';

const DAY_MS = 86_400_000;

/**
 * Of a clock trigger: `year`, `month`, ... are those of UTC, names with hyphens as documented (facts, platform 1.4).
 * `authMode` is an enumeration of the script and put in by the execution.
 */
export function timeEvent(trigger: Pick<TriggerRecord, 'id'> | undefined, now: number): Record<string, unknown> {
  const at = new Date(now);
  const newYear = Date.UTC(at.getUTCFullYear(), 0, 1);
  const weekday = at.getUTCDay() === 0 ? 7 : at.getUTCDay();
  return {
    triggerUid: trigger?.id ?? '0',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    'day-of-month': at.getUTCDate(),
    'day-of-week': weekday,
    'week-of-year': Math.floor(((now - newYear) / DAY_MS + new Date(newYear).getUTCDay()) / 7) + 1,
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    timezone: 'UTC',
  };
}

/** Of a homepage (facts, platform 5.4). */
export function homepageEvent({ locale, timeZone }: Profile, now: number): Record<string, unknown> {
  return {
    commonEventObject: {
      platform: 'WEB',
      hostApp: 'GMAIL',
      parameters: {},
      formInputs: {},
      userLocale: locale,
      timeZone: { id: timeZone, offset: offsetMinutes(timeZone, now) * 60_000 },
    },
  };
}

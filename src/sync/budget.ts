/**
 * What a day allows (X9, G4): pure. The platform gives triggers 90 minutes a day (Workspace 6 hours), counted over the 24
 * hours from the first run (facts, platform 2); the CRM gives its requests a daily budget that all users of the sub-account
 * share. Before either is spent, fewer runs are made.
 */
import type { Head } from './state';

export interface Spent {
  readonly since: number;
  readonly ms: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const BUDGET_MS = { consumer: 90 * MINUTE_MS, workspace: 360 * MINUTE_MS } as const;
/** Of the triggers' time: from here on runs are rare, and from there on there are none but the hourly. */
const SLOW_SHARE = 0.7;
const LOW_CRM_PERCENT = 20;
/** A run is given at least so long. */
const LEAST_RUN_MS = 30_000;
const LONGEST_RUN_MS = 330_000;

export type Slow = '' | 'day-of-google' | 'day-of-crm';

export function budgetOf(mailbox: string): number {
  return /@(gmail|googlemail)\.com$/i.test(mailbox) ? BUDGET_MS.consumer : BUDGET_MS.workspace;
}

export function spentWith(spent: Spent | undefined, ms: number, now: number): Spent {
  const current = spent === undefined || now - spent.since >= DAY_MS ? { since: now, ms: 0 } : spent;
  return { ...current, ms: current.ms + ms };
}

export function slowReason({ spent, connection, crmLeft }: Head, now: number): Slow {
  const used = spent === undefined || now - spent.since >= DAY_MS ? 0 : spent.ms;
  if (used > budgetOf(connection.mailbox) * SLOW_SHARE) return 'day-of-google';
  return crmLeft !== undefined && crmLeft < LOW_CRM_PERCENT ? 'day-of-crm' : '';
}

/** Is this start of the timer one too many? While it is slow, a run an hour. */
export function isSkipped(head: Head, now: number): boolean {
  return slowReason(head, now) !== '' && now - head.startedAt < HOUR_MS - 5 * MINUTE_MS;
}

/** How long a run of the timer may be, so that what is left of the day's time lasts for the hours that are left of it. */
export function runLimit({ spent, connection }: Head, now: number): number {
  if (spent === undefined || now - spent.since >= DAY_MS) return LONGEST_RUN_MS;
  const left = budgetOf(connection.mailbox) - spent.ms;
  const hours = Math.max(1, Math.ceil((spent.since + DAY_MS - now) / HOUR_MS));
  const used = spent.ms / budgetOf(connection.mailbox);
  return used < SLOW_SHARE ? LONGEST_RUN_MS : Math.min(LONGEST_RUN_MS, Math.max(LEAST_RUN_MS, left / hours));
}

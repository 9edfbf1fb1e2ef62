/**
 * How long calls take in virtual time, in milliseconds. Gmail's are the measured medians of facts, platform 3.1; the
 * others are plausible and only need to be deterministic.
 */
import type { EmulatedRequest, EmulatedResponse } from '../core/http';

export interface LatencyTable {
  readonly propertyRead: number;
  readonly propertyWrite: number;
  readonly cache: number;
  readonly lock: number;
  readonly trigger: number;
  /** By host; a leading dot stands for all subdomains. */
  readonly hosts: Readonly<Record<string, number>>;
  readonly otherHost: number;
  /** Gmail by path. */
  readonly gmail: readonly { readonly path: RegExp; readonly ms: number }[];
  /** Every part of a Gmail batch on top of the batch. */
  readonly batchPart: number;
  /** Every megabyte of request and answer. */
  readonly megabyte: number;
}

export const LATENCY: LatencyTable = {
  propertyRead: 15,
  propertyWrite: 35,
  cache: 10,
  lock: 20,
  trigger: 250,
  hosts: { 'gmail.googleapis.com': 150, 'www.googleapis.com': 150, 'services.leadconnectorhq.com': 250 },
  otherHost: 160,
  gmail: [
    { path: /\/profile(\?|$)/, ms: 92 },
    { path: /\/history(\?|$)/, ms: 290 },
    { path: /\/modify$|\/batchModify$|\/trash$/, ms: 170 },
    { path: /\/send$/, ms: 400 },
  ],
  batchPart: 12,
  megabyte: 120,
};

/** Of `timeout` and `slow` faults. */
export const TIMEOUT_MS = 60_000;
export const SLOW_MS = 30_000;

export function requestLatency(table: LatencyTable, request: EmulatedRequest, response?: EmulatedResponse): number {
  const base =
    (request.host === 'gmail.googleapis.com'
      ? table.gmail.find(({ path }) => path.test(request.path))?.ms
      : undefined) ??
    table.hosts[request.host] ??
    table.otherHost;
  const bytes = request.body.length + (response?.body.length ?? 0);
  return base + Math.round((bytes / 1_048_576) * table.megabyte);
}

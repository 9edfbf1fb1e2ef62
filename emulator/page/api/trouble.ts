/** The emulator's calls about time and trouble: faults, runs, what they cost, what is stored, how the two sides stand. */
import { ask } from './http';

export interface Fault {
  readonly service?: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly nth?: number;
  readonly times?: number;
  readonly skip?: number;
  readonly forMs?: number;
  readonly kill?: 'before' | 'after';
  readonly answer?: string;
  readonly effect?: 'none' | 'done' | 'late' | 'twice';
  readonly lateMs?: number;
  readonly runInside?: { readonly user: string; readonly function: string };
}

export interface FaultReport {
  readonly armed: readonly Fault[];
  readonly met: readonly { readonly kind: string; readonly call: string }[];
}

export interface LoneMail {
  readonly side: 'gmail' | 'crm';
  readonly id: string;
  readonly subject: string;
  readonly from: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface Balance {
  readonly total: number;
  readonly both: number;
  readonly lone: readonly LoneMail[];
  readonly twice: readonly { readonly where: 'gmail' | 'crm' | 'outside'; readonly subject: string }[];
  readonly left: number;
}

export interface RunRecord {
  readonly executionId: string;
  readonly user: string;
  readonly function: string;
  readonly context: string;
  /** Milliseconds. */
  readonly at: number;
  readonly ok: boolean;
  readonly error?: string;
  readonly killed?: boolean;
  readonly virtualMs: number;
}

export interface CallRecord {
  readonly seq: number;
  readonly executionId: string;
  readonly round: number;
  readonly service: string;
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly units?: number;
  readonly fault?: string;
  readonly parts?: readonly CallRecord[];
}

export interface LogLine {
  readonly seq: number;
  readonly at: number;
  readonly level: string;
  readonly text: string;
}

export interface SwitchEntry {
  readonly name: string;
  readonly part: string;
  readonly value: string | number | boolean;
  readonly default: string | number | boolean;
  readonly choices?: readonly (string | number | boolean)[];
  readonly about: string;
}

const get = (path: string) => ask(`/emulator/${path}`);
const put = (path: string, body: unknown) => ask(`/emulator/${path}`, { method: 'PUT', body });
const ofUser = (user: string) => `user=${encodeURIComponent(user)}`;

export const readBalance = async (user: string) => (await get(`balance?${ofUser(user)}`)) as Balance;
export const readFaults = async () => (await get('faults')) as FaultReport;
export const armFaults = async (faults: readonly Fault[]) => {
  await put('faults', faults);
};
export const readRuns = async (last: number) => (await get(`executions?last=${last}`)) as RunRecord[];
export const readCalls = async (last: number) => (await get(`requests?last=${last}`)) as CallRecord[];
export const readLog = async (last: number) => (await get(`logs?last=${last}`)) as LogLine[];
export const readStore = async (user: string) =>
  (await get(`properties?${ofUser(user)}`)) as Readonly<Record<string, string>>;
export const readSwitches = async () => (await get('switches')) as SwitchEntry[];
export const setGrant = async (user: string, revoked: boolean) => {
  await put('grant', { user, revoked });
};
export const expireHistory = async (user: string) => {
  await ask('/emulator/gmail/expire-history', { method: 'POST', body: { user } });
};

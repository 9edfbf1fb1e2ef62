/** The troubles that can be had by a click, each as the fault that the emulator understands. */
import type { Fault } from '../api/trouble';

const CRM = 'services.leadconnectorhq.com';
const GMAIL = 'gmail.googleapis.com';
const WRITE = { service: 'UrlFetchApp', method: 'POST' } as const;

export interface Preset {
  readonly name: string;
  readonly about: string;
  /** It strikes at a write that can be chosen. */
  readonly atWrite?: true;
  readonly fault: (user: string) => Fault;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'The run is killed after a write',
    about: 'What it wrote stands, and the run cannot note that it did.',
    atWrite: true,
    fault: () => ({ ...WRITE, kill: 'after' }),
  },
  {
    name: 'The run is killed, and its write arrives a minute later',
    about: 'The request was on its way already.',
    atWrite: true,
    fault: () => ({ ...WRITE, kill: 'before', effect: 'late', lateMs: 60_000 }),
  },
  {
    name: 'The answer to a write is lost',
    about: 'It was done, and the add-on cannot know.',
    atWrite: true,
    fault: () => ({ ...WRITE, answer: 'timeout', effect: 'done' }),
  },
  {
    name: 'A second run begins in the middle',
    about: 'Two runs of the same user at once.',
    fault: (user) => ({ ...WRITE, runInside: { user, function: 'onSyncTimer' } }),
  },
  {
    name: 'The CRM asks to slow down',
    about: 'Five requests are refused with “too many requests”.',
    fault: () => ({ host: CRM, answer: '429', times: 5 }),
  },
  {
    name: 'The CRM is down for an hour',
    about: 'Every request of the next hour fails.',
    fault: () => ({ host: CRM, answer: '503', forMs: 3_600_000 }),
  },
  {
    name: 'The CRM answers with a web page',
    about: 'A sign-in page in place of data, once.',
    fault: () => ({ host: CRM, answer: 'html' }),
  },
  {
    name: 'Gmail asks to slow down',
    about: 'Five requests are over the quota.',
    fault: () => ({ host: GMAIL, answer: '403-rate', times: 5 }),
  },
  {
    name: 'No network for ten minutes',
    about: 'No host is found, and a whole round of requests fails at once.',
    fault: () => ({ service: 'UrlFetchApp', answer: 'dns', forMs: 600_000 }),
  },
  {
    name: 'The store refuses a write',
    about: 'The add-on cannot save what it did, once.',
    fault: () => ({ service: 'PropertiesService', method: 'setProperty', answer: 'refused' }),
  },
];

/** `write` counts from 1: the faults before that write pass. */
export function faultOf(preset: Preset, user: string, write: number): Fault {
  const fault = preset.fault(user);
  return preset.atWrite === true && write > 1 ? { ...fault, skip: write - 1 } : fault;
}

/** An armed fault in words, also one that a tool armed. */
export function describeFault(fault: Fault): string {
  const what = [
    fault.kill === undefined ? '' : `killed ${fault.kill} it`,
    fault.answer === undefined ? '' : `answered “${fault.answer}”`,
    fault.effect === undefined ? '' : `effect ${fault.effect}`,
    fault.runInside === undefined ? '' : 'a second run begins',
  ].filter((text) => text !== '');
  const where = [fault.service, fault.method, fault.host, fault.path].filter((text) => text !== undefined).join(' ');
  const when = [
    fault.nth === undefined ? '' : `call ${fault.nth}`,
    fault.skip === undefined || fault.skip === 0 ? '' : `after ${fault.skip} more`,
    fault.forMs === undefined ? '' : `${Math.ceil(fault.forMs / 60_000)} min left`,
    (fault.times ?? 1) > 1 ? `${fault.times} times` : '',
  ].filter((text) => text !== '');
  return [where || 'any call', what.join(', '), when.join(', ')].filter((text) => text !== '').join(' · ');
}

/** Puts the parts together: the only place that knows which classes stand behind the services. */
import { AppsScript } from '../apps-script/apps-script';
import type { AppsScriptManifest } from '../apps-script/manifest';
import type { Realms } from '../apps-script/realm/realms';
import { APPS_SCRIPT_SWITCHES, type AppsScriptSwitches } from '../apps-script/switches';
import type { Clock } from '../core/clock';
import type { Handler } from '../core/http';
import type { Ids } from '../core/ids';
import { Gmail } from '../gmail/gmail';
import { GMAIL_SWITCHES, type GmailSwitches } from '../gmail/switches';
import { HighLevel } from '../highlevel/highlevel';
import { HIGHLEVEL_SWITCHES, type HighLevelSwitches } from '../highlevel/switches';
import { Network, type NetworkSwitches } from '../network/network';
import { NETWORK_SWITCHES } from '../network/switches';
import { leaveInSent } from './sent-copy';
import { PERSON_SWITCHES } from './switches';
import type { SwitchValue } from './switch-board';

export const SWITCHES_OF_THE_PARTS = {
  crm: HIGHLEVEL_SWITCHES,
  gmail: GMAIL_SWITCHES,
  'apps-script': APPS_SCRIPT_SWITCHES,
  network: NETWORK_SWITCHES,
  person: PERSON_SWITCHES,
};

export interface Services {
  readonly network: Network;
  readonly gmail: Gmail;
  readonly highlevel: HighLevel;
  readonly appsScript: AppsScript;
}

export function buildServices(surroundings: {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly values: () => Readonly<Record<string, SwitchValue>>;
  readonly bundle: string;
  readonly manifest: AppsScriptManifest;
  readonly guardMs?: number;
  readonly realms?: Realms;
  /** What a script's UrlFetchApp reaches. */
  readonly request: Handler;
  /** Carries out what a fault has somebody do. */
  readonly act: (act: Readonly<Record<string, unknown>>) => void;
}): Services {
  const { clock, ids, values, bundle, manifest, guardMs, realms, request, act } = surroundings;
  // The board holds every table, so each part finds its own names with its own types in it.
  const network: Network = new Network({
    clock,
    ids,
    switches: () => values() as NetworkSwitches,
    hosts: () => [gmail, highlevel],
    servesDomain: (domain) => gmail.accounts().some(({ email }) => email.endsWith(`@${domain}`)),
  });
  const gmail = new Gmail({
    clock,
    ids,
    switches: () => values() as unknown as GmailSwitches,
    send: network.send,
  });
  const highlevel = new HighLevel({
    clock,
    ids,
    switches: () => values() as unknown as HighLevelSwitches,
    send: network.send,
    leaveInSent: (address, raw) => leaveInSent(gmail, address, raw),
  });
  const appsScript = new AppsScript({
    clock,
    ids,
    switches: () => values() as unknown as AppsScriptSwitches,
    bundle,
    manifest,
    guardMs,
    realms,
    request,
    gmail,
    act,
    profile: (email) => ({
      name: gmail.accounts().find((account) => account.email === email)?.name ?? email,
      timeZone: String(values()['userTimeZone']),
      locale: String(values()['userLocale']) || 'en',
    }),
  });
  return { network, gmail, highlevel, appsScript };
}

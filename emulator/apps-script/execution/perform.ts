/** Runs one execution from its start to its end, and says how it ended. */
import type { Execution } from '../../core/services';
import { AuthorizationNeeded } from '../cards/authorization';
import { CardService } from '../cards/card-service';
import { cardResult } from '../cards/result';
import { homepageEvent, timeEvent } from '../events';
import type { Realm, RealmHost } from '../realm/realm';
import { ScriptException, type ScriptObject } from '../realm/script-object';
import { CacheService } from '../services/cache';
import { GmailApp } from '../services/gmail-app';
import { HtmlOutput, HtmlService } from '../services/html';
import { LockService } from '../services/lock';
import { addLog, Console, Logger } from '../services/log';
import { PropertiesService } from '../services/properties';
import { AUTH_MODES, ScriptApp } from '../services/script-app';
import { Session } from '../services/session';
import { isMachineZone, offsetMinutes, zoneName } from '../time-zone';
import { UrlFetchApp } from '../url-fetch/url-fetch-app';
import { Utilities } from '../utilities/utilities';
import { SIGNAL, TIME_IS_UP, type Run } from './run';

const NOT_ALLOWED = 'Exception: Authorization is required to perform that action.';
const DAY_IS_SPENT = 'Exception: Service using too much computer time for one day';

export function perform(run: Run, bundle: string): Execution {
  const refusal = refusalOf(run);
  if (refusal !== undefined) return { ok: false, error: refusal, ...run.summary() };
  // The day's quota is counted from the beginning of its first run.
  if (run.context === 'trigger') run.platform.usage.add(run.user, 'triggers', 0);
  const { realms } = run.platform;
  const realm = realms.take(hostOf(run));
  run.realm = realm;
  let ending: Pick<Execution, 'ok' | 'error' | 'result'>;
  try {
    ending = { ok: true, ...callFunction(run, realm, bundle) };
  } catch (thrown) {
    ending = endingOf(run, realm, thrown);
  }
  if (run.bug !== undefined) throw run.bug.error;
  realms.giveBack(realm);
  if (run.context === 'trigger') run.platform.usage.add(run.user, 'triggers', run.summary().virtualMs);
  // Whatever a script makes of the signal, an execution that was ended stays ended.
  if (run.ended !== undefined) {
    if (run.ended === TIME_IS_UP) addLog(run, 'ERROR', TIME_IS_UP);
    return { ok: false, error: run.ended, killed: true, ...run.summary() };
  }
  return { ...ending, ...run.summary() };
}

/** Why the platform does not even start the function (facts, platform 1.3, 1.5). */
function refusalOf({ platform, user, context }: Run): string | undefined {
  const { authority, usage, switches } = platform;
  if (context === 'trigger' && usage.isSpent(user, 'triggers')) return DAY_IS_SPENT;
  if (authority.isRevoked(user)) return NOT_ALLOWED;
  if (authority.isComplete(user)) return undefined;
  const starts =
    context === 'trigger' ? switches().published : context === 'card' && switches().cardWithoutScope === 'runs';
  return starts ? undefined : NOT_ALLOWED;
}

function hostOf(run: Run): RealmHost {
  const { ids, manifest } = run.platform;
  const services: Record<string, () => ScriptObject> = {
    CacheService: () => new CacheService(run),
    CardService: () => new CardService(),
    console: () => new Console(run),
    GmailApp: () => new GmailApp(run),
    HtmlService: () => new HtmlService(),
    LockService: () => new LockService(run),
    Logger: () => new Logger(run),
    PropertiesService: () => new PropertiesService(run),
    ScriptApp: () => new ScriptApp(run),
    Session: () => new Session(run),
    UrlFetchApp: () => new UrlFetchApp(run),
    Utilities: () => new Utilities(run),
  };
  return {
    now: () => run.visibleNow(),
    random: () => ids.random(),
    zone: manifest.timeZone,
    isMachineZone: isMachineZone(manifest.timeZone),
    zoneNameAt: (ms) => zoneName(manifest.timeZone, ms),
    offsetAt: (ms) => offsetMinutes(manifest.timeZone, ms),
    services,
    guardMs: run.platform.guardMs,
    alive: () => run.alive(),
    isSignal: (thrown) => thrown === SIGNAL,
    broken: (error) => {
      run.bug ??= { error };
      run.ended ??= 'the emulator failed';
      return SIGNAL;
    },
  };
}

function callFunction(run: Run, realm: Realm, bundle: string): { readonly result?: unknown } {
  const returned = realm.run(bundle, run.request.function, () => parametersOf(run, realm));
  run.alive();
  if (run.context === 'card') {
    return { result: cardResult(realm, returned, run.platform.manifest.addOns?.common?.openLinkUrlPrefixes) };
  }
  const value = realm.fromScript(returned);
  if (value instanceof HtmlOutput) return { result: { html: value.getContent(), title: value.getTitle() } };
  const json = realm.tools.stringify(returned);
  return json === undefined ? {} : { result: JSON.parse(json) as unknown };
}

function parametersOf(run: Run, realm: Realm): unknown[] {
  const { platform, request, user, context } = run;
  const now = platform.clock.now;
  if (context === 'trigger') {
    const trigger = platform.triggers.of(user).find(({ handler }) => handler === request.function);
    const event = request.event ?? timeEvent(trigger, now);
    const made = realm.tools.parse(JSON.stringify(event)) as Record<string, unknown>;
    made.authMode = realm.toScript(AUTH_MODES.FULL);
    return [made];
  }
  const event = request.event ?? (context === 'card' ? homepageEvent(platform.profile(user), now) : undefined);
  return event === undefined ? [] : [realm.tools.parse(JSON.stringify(event))];
}

function endingOf(run: Run, realm: Realm, thrown: unknown): Pick<Execution, 'ok' | 'error' | 'result'> {
  if (thrown === SIGNAL) return { ok: false };
  if (thrown instanceof ScriptException) {
    const error = `${thrown.scriptErrorName}: ${thrown.message}`;
    addLog(run, 'ERROR', error);
    return { ok: false, error };
  }
  const { text, stack, endless } = realm.describe(thrown);
  if (endless) {
    run.runOut();
    return { ok: false };
  }
  const behind = realm.exceptionBehind(thrown);
  if (behind instanceof AuthorizationNeeded && run.context === 'card') {
    return { ok: true, result: { authorization: behind.request } };
  }
  addLog(run, 'ERROR', stack ?? text);
  return { ok: false, error: text };
}

/** A runtime with a small bundle and a wire that answers what a test tells it to. */
import { AppsScript, type AppsScriptOptions } from '../../../emulator/apps-script/apps-script';
import { APPS_SCRIPT_SWITCHES, type AppsScriptSwitches } from '../../../emulator/apps-script/switches';
import { Clock } from '../../../emulator/core/clock';
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../../emulator/core/http';
import { Ids } from '../../../emulator/core/ids';
import type { Execution } from '../../../emulator/core/services';
import { defaultsOf } from '../../../emulator/core/switches';

export const USER = 'agent@example.com';
export const START = Date.UTC(2026, 2, 2, 8);
const SCOPE = 'https://www.googleapis.com/auth/';

export interface Runtime {
  readonly script: AppsScript;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Every request that took effect, in order. */
  readonly wire: EmulatedRequest[];
  readonly acts: Record<string, unknown>[];
  set(switches: Partial<AppsScriptSwitches>): void;
  /** Runs the body of a function and gives what it returns; throws what it threw. */
  run(body: string, context?: 'card' | 'trigger' | 'editor', user?: string): unknown;
  execute(name: string, context?: 'card' | 'trigger' | 'editor', event?: unknown): Execution;
}

export interface RuntimeOptions extends Partial<AppsScriptOptions> {
  readonly answer?: (request: EmulatedRequest) => EmulatedResponse;
}

export function runtime(bundle = '', options: RuntimeOptions = {}): Runtime {
  const clock = new Clock(START);
  const ids = new Ids(7);
  const wire: EmulatedRequest[] = [];
  const acts: Record<string, unknown>[] = [];
  let switches: AppsScriptSwitches = defaultsOf(APPS_SCRIPT_SWITCHES);
  const answer = options.answer ?? ((request) => jsonResponse(200, { path: request.path }));
  const script = new AppsScript({
    clock,
    ids,
    switches: () => switches,
    bundle: `${bundle}\nfunction evaluate(event) { return new Function('event', event.body)(event); }`,
    manifest: {
      timeZone: 'Etc/UTC',
      oauthScopes: ['script.external_request', 'script.scriptapp', 'userinfo.email'].map((name) => SCOPE + name),
    },
    request: (request) => {
      wire.push(request);
      return request.host.endsWith('.invalid') ? { status: 0, headers: {}, body: Buffer.alloc(0) } : answer(request);
    },
    gmail: {
      isBatch: () => false,
      splitBatch: () => [],
      joinBatch: () => jsonResponse(500, {}),
      units: () => 5,
      token: (email, scopes) => `token of ${email} with ${scopes.length} scopes`,
    },
    act: (act) => void acts.push(act),
    ...options,
  });
  return {
    script,
    clock,
    ids,
    wire,
    acts,
    set: (some) => void (switches = { ...switches, ...some }),
    run: (body, context = 'editor', user = USER) => {
      const execution = script.execute({ user, function: 'evaluate', event: { body }, context });
      if (!execution.ok) throw new Error(execution.error);
      return execution.result;
    },
    execute: (name, context = 'trigger', event) => script.execute({ user: USER, function: name, context, event }),
  };
}

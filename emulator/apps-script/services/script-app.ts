/** `ScriptApp`: triggers, tokens, and what the user has allowed (facts, platform 1). */
import type { Run } from '../execution/run';
import { ANYTHING, enumOf, instanceOf, listOf, STRING, TEXT } from '../realm/parameters';
import { enumeration, ScriptException, ScriptObject, type EnumValue, type Signatures } from '../realm/script-object';
import { StateTokenBuilder } from './state-token';
import { EVENT_TYPES, ScriptTrigger, TRIGGER_SCOPE, TRIGGER_SOURCES, WEEKDAYS } from './trigger';
import { TriggerBuilder } from './trigger-builder';

export const AUTH_MODES = enumeration('ScriptApp.AuthMode', ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']);
const AUTHORIZATION_STATUSES = enumeration('ScriptApp.AuthorizationStatus', ['REQUIRED', 'NOT_REQUIRED']);
export class ScriptApp extends ScriptObject {
  static readonly scriptName = 'ScriptApp';
  static readonly constants = {
    AuthMode: AUTH_MODES,
    AuthorizationStatus: AUTHORIZATION_STATUSES,
    EventType: EVENT_TYPES,
    TriggerSource: TRIGGER_SOURCES,
    WeekDay: WEEKDAYS,
  };
  static readonly signatures: Signatures = {
    newTrigger: [[STRING]],
    getProjectTriggers: [[]],
    getScriptTriggers: [[]],
    getUserTriggers: [[ANYTHING]],
    deleteTrigger: [[instanceOf(ScriptTrigger)]],
    getOAuthToken: [[]],
    getAuthorizationInfo: [[enumOf(AUTH_MODES)], [enumOf(AUTH_MODES), listOf(TEXT)]],
    getScriptId: [[]],
    newStateToken: [[]],
    requireScopes: [[enumOf(AUTH_MODES), listOf(TEXT)]],
    requireAllScopes: [[enumOf(AUTH_MODES)]],
  };

  constructor(private readonly run: Run) {
    super();
  }

  newTrigger(handler: string): TriggerBuilder {
    return new TriggerBuilder(this.run, handler);
  }

  getProjectTriggers(): ScriptTrigger[] {
    const { run } = this;
    this.demand('getProjectTriggers');
    return this.call('getProjectTriggers', () =>
      run.platform.triggers.of(run.user).map((trigger) => new ScriptTrigger(trigger)),
    );
  }

  getScriptTriggers(): ScriptTrigger[] {
    return this.getProjectTriggers();
  }

  /** Triggers of one document: an add-on for Gmail has none. */
  getUserTriggers(): ScriptTrigger[] {
    return [];
  }

  /** Fails on the object that `create` gave in the same execution (facts, platform 1.5). */
  deleteTrigger(trigger: ScriptTrigger): void {
    const { run } = this;
    this.demand('deleteTrigger');
    this.call('deleteTrigger', () => {
      const removed = !run.created.has(trigger) && run.platform.triggers.remove(trigger.record.id);
      if (!removed) {
        throw new ScriptException(
          'Unexpected error while getting the method or property deleteTrigger on object ScriptApp.',
        );
      }
    });
  }

  getOAuthToken(): string {
    const { authority, gmail } = this.run.platform;
    return gmail.token(this.run.user, authority.scopes(this.run.user));
  }

  getAuthorizationInfo(_mode: EnumValue, scopes?: readonly string[]): AuthorizationInfo {
    const { platform, user } = this.run;
    const granted = platform.authority.scopes(user);
    const wanted = scopes ?? platform.manifest.oauthScopes ?? [];
    return new AuthorizationInfo(
      platform.scriptId,
      granted,
      wanted.every((scope) => granted.includes(scope)),
    );
  }

  getScriptId(): string {
    return this.run.platform.scriptId;
  }

  newStateToken(): StateTokenBuilder {
    return new StateTokenBuilder(this.run);
  }

  requireScopes(): never {
    return notInAddOns('requireScopes');
  }

  requireAllScopes(): never {
    return notInAddOns('requireAllScopes');
  }

  private demand(method: string): void {
    this.run.platform.authority.demand(this.run.user, TRIGGER_SCOPE, `ScriptApp.${method}`);
  }

  private call<T>(method: string, effect: () => T): T {
    return this.run.call({ service: 'ScriptApp', method, takes: this.run.platform.latency.trigger }, effect);
  }
}

/** "Not supported from Workspace add-ons" (facts, platform 1.5). */
function notInAddOns(method: string): never {
  throw new ScriptException(`ScriptApp.${method} is not supported in Google Workspace add-ons.`);
}

class AuthorizationInfo extends ScriptObject {
  static readonly scriptName = 'ScriptApp.AuthorizationInfo';
  static readonly signatures: Signatures = {
    getAuthorizationStatus: [[]],
    getAuthorizationUrl: [[]],
    getAuthorizedScopes: [[]],
  };

  constructor(
    private readonly scriptId: string,
    private readonly granted: readonly string[],
    private readonly complete: boolean,
  ) {
    super();
  }

  getAuthorizationStatus(): EnumValue {
    return this.complete ? AUTHORIZATION_STATUSES.NOT_REQUIRED : AUTHORIZATION_STATUSES.REQUIRED;
  }

  /** Null where nothing is left to allow. */
  getAuthorizationUrl(): string | null {
    return this.complete ? null : `https://script.google.com/macros/d/${this.scriptId}/authorize`;
  }

  getAuthorizedScopes(): readonly string[] {
    return this.granted;
  }
}

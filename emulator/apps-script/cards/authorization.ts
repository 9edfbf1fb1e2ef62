/** The exception that makes Gmail show an authorization card (facts, platform 5.5). Only cards can throw it. */
import { TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';

export interface AuthorizationRequest {
  readonly authorizationUrl: string;
  readonly resourceDisplayName: string;
  readonly customUiCallback?: string;
}

/** Thrown through the script like any exception of the platform, and read when it arrives at the top. */
export class AuthorizationNeeded extends ScriptException {
  constructor(readonly request: AuthorizationRequest) {
    super('Authorization is required to perform that action.');
  }
}

export class AuthorizationException extends ScriptObject {
  static readonly scriptName = 'CardService.AuthorizationException';
  static readonly signatures: Signatures = {
    setAuthorizationUrl: [[TEXT]],
    setResourceDisplayName: [[TEXT]],
    setCustomUiCallback: [[TEXT]],
    printJson: [[]],
    throwException: [[]],
  };

  private url?: string;
  private name?: string;
  private callback?: string;

  setAuthorizationUrl(url: string): this {
    this.url = url;
    return this;
  }

  setResourceDisplayName(name: string): this {
    this.name = name;
    return this;
  }

  setCustomUiCallback(callback: string): this {
    this.callback = callback;
    return this;
  }

  printJson(): string {
    return JSON.stringify(this.request());
  }

  throwException(): never {
    throw new AuthorizationNeeded(this.request());
  }

  private request(): AuthorizationRequest {
    if (this.url === undefined || this.name === undefined) {
      throw new ScriptException('An authorization exception needs an authorization URL and a resource display name.');
    }
    return {
      authorizationUrl: this.url,
      resourceDisplayName: this.name,
      ...(this.callback === undefined ? {} : { customUiCallback: this.callback }),
    };
  }
}

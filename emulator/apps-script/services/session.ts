/** `Session`: who runs this (facts, platform 1.4). */
import { createHash } from 'node:crypto';
import type { Run } from '../execution/run';
import { ScriptObject, type Signatures } from '../realm/script-object';

const EMAIL_SCOPE = 'https://www.googleapis.com/auth/userinfo.email';

export class Session extends ScriptObject {
  static readonly scriptName = 'Session';
  static readonly signatures: Signatures = {
    getActiveUser: [[]],
    getEffectiveUser: [[]],
    getActiveUserLocale: [[]],
    getScriptTimeZone: [[]],
    getTimeZone: [[]],
    getTemporaryActiveUserKey: [[]],
  };

  constructor(private readonly run: Run) {
    super();
  }

  getActiveUser(): User {
    return new User(this.run, 'Session.getActiveUser');
  }

  getEffectiveUser(): User {
    return new User(this.run, 'Session.getEffectiveUser');
  }

  getActiveUserLocale(): string {
    return this.run.platform.profile(this.run.user).locale;
  }

  getScriptTimeZone(): string {
    return this.run.platform.manifest.timeZone;
  }

  getTimeZone(): string {
    return this.getScriptTimeZone();
  }

  /** Stays the same for 30 days and tells nothing of the user. */
  getTemporaryActiveUserKey(): string {
    const { platform, user } = this.run;
    const period = Math.floor(platform.clock.now / (30 * 86_400_000));
    return createHash('sha256').update(`${platform.scriptId} ${user} ${period}`).digest('base64');
  }
}

class User extends ScriptObject {
  static readonly scriptName = 'Session.User';
  static readonly signatures: Signatures = { getEmail: [[]], getUserLoginId: [[]], getUsername: [[]], toString: [[]] };

  constructor(
    private readonly run: Run,
    private readonly origin: string,
  ) {
    super();
  }

  getEmail(): string {
    this.run.platform.authority.demand(this.run.user, EMAIL_SCOPE, this.origin);
    return this.run.user;
  }

  getUserLoginId(): string {
    return this.getEmail();
  }

  getUsername(): string {
    return this.getEmail().split('@')[0];
  }

  override toString(): string {
    return this.getEmail();
  }
}

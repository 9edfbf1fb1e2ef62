/**
 * Daily quotas of a user: each is "reset 24 hours after the first request" (facts, platform 2), not at midnight.
 */
import type { Clock } from '../../core/clock';
import { ScriptException } from '../realm/script-object';

/** `triggers` is counted in milliseconds of runtime, the others in calls. */
export type Quota = 'urlfetch' | 'properties' | 'triggers';

const DAY_MS = 86_400_000;

const LIMITS: Readonly<Record<'consumer' | 'workspace', Readonly<Record<Quota, number>>>> = {
  consumer: { urlfetch: 20_000, properties: 50_000, triggers: 90 * 60_000 },
  workspace: { urlfetch: 100_000, properties: 500_000, triggers: 360 * 60_000 },
};

interface Window {
  readonly since: number;
  readonly used: number;
}

export type UsageState = ReadonlyMap<string, Window>;

export class Usage {
  private windows = new Map<string, Window>();

  constructor(
    private readonly clock: Clock,
    private readonly switches: () => { readonly accountKind: string; readonly dailyQuotas: boolean },
  ) {}

  /** Counts `amount`; throws the platform's exception where the day's quota is spent. */
  spend(user: string, quota: Exclude<Quota, 'triggers'>, amount: number): void {
    if (this.isSpent(user, quota, amount)) {
      throw new ScriptException(`Service invoked too many times for one day: ${quota}.`);
    }
    this.add(user, quota, amount);
  }

  add(user: string, quota: Quota, amount: number): void {
    const key = `${quota} ${user}`;
    const window = this.current(key);
    this.windows.set(key, { since: window?.since ?? this.clock.now, used: (window?.used ?? 0) + amount });
  }

  isSpent(user: string, quota: Quota, amount = 1): boolean {
    const { accountKind, dailyQuotas } = this.switches();
    if (!dailyQuotas) return false;
    const used = this.current(`${quota} ${user}`)?.used ?? 0;
    return used + amount > LIMITS[accountKind === 'workspace' ? 'workspace' : 'consumer'][quota];
  }

  snapshot(): UsageState {
    return new Map(this.windows);
  }

  restore(state: UsageState): void {
    this.windows = new Map(state);
  }

  private current(key: string): Window | undefined {
    const window = this.windows.get(key);
    return window !== undefined && this.clock.now - window.since < DAY_MS ? window : undefined;
  }
}

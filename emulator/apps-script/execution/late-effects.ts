/** Requests that are still on their way: a fault let their execution go on, or die, before they took effect. */
import type { Clock } from '../../core/clock';
import type { EmulatedRequest, Handler } from '../../core/http';

export interface LateEffect {
  /** Milliseconds of the virtual clock. */
  readonly due: number;
  readonly request: EmulatedRequest;
}

export class LateEffects {
  private waiting: readonly LateEffect[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly request: Handler,
  ) {}

  add(request: EmulatedRequest, afterMs: number): void {
    const effect = Object.freeze({ due: this.clock.now + afterMs, request: Object.freeze({ ...request }) });
    this.waiting = [...this.waiting, effect].sort((a, b) => a.due - b.due);
  }

  nextDue(): number | undefined {
    return this.waiting[0]?.due;
  }

  /** Carries out what is due by now. */
  settle(): void {
    while (this.waiting.length > 0 && this.waiting[0].due <= this.clock.now) {
      const [first, ...rest] = this.waiting;
      this.waiting = rest;
      this.request(first.request);
    }
  }

  snapshot(): readonly LateEffect[] {
    return this.waiting;
  }

  restore(state: readonly LateEffect[]): void {
    this.waiting = state;
  }
}

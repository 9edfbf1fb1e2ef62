/**
 * A property store in memory, one of whose writes goes wrong: the run dies before or after it, the platform refuses it
 * (and has done it all the same, or not), or lies: the value is cut, lost, or comes later than the writes after it.
 */
import fc from 'fast-check';
import { storedBytes, type Store } from '../../../src/platform/store';

export type Kind =
  'kill-before' | 'kill-after' | 'refused' | 'refused-done' | 'torn-and-killed' | 'torn' | 'lost' | 'late';

export interface WriteFault {
  /** The nth write or removal of the run that meets it, from 1. */
  readonly nth: number;
  readonly kind: Kind;
  /** Of a torn value, how much is written. */
  readonly share: number;
  /** A late one takes effect after so many further writes; with many of them after the whole run. */
  readonly after: number;
}

const CUTS = ['kill-before', 'kill-after', 'refused', 'refused-done', 'torn-and-killed'] as const;
/** The platform says of these that all is well. */
const LIES = ['torn', 'lost', 'late'] as const;

export function isLie({ kind }: WriteFault): boolean {
  return LIES.some((lie) => lie === kind);
}

function faultOf(kinds: readonly Kind[]): fc.Arbitrary<WriteFault> {
  return fc.record({
    nth: fc.integer({ min: 1, max: 16 }),
    kind: fc.constantFrom(...kinds),
    share: fc.double({ min: 0, max: 0.999, noNaN: true }),
    after: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(1000)),
  });
}

export const cutFault = faultOf(CUTS);
export const lie = faultOf(LIES);
export const anyFault = faultOf([...CUTS, ...LIES]);

export class Killed extends Error {}

export class PropertyStore implements Store {
  readonly values: Map<string, string>;
  reads: string[] = [];
  writes = 0;
  fault: WriteFault | undefined;
  met = false;
  private late: { readonly at: number; readonly effect: () => void }[] = [];

  constructor(values: ReadonlyMap<string, string> = new Map()) {
    this.values = new Map(values);
  }

  /** The next run begins, with or without a fault. What was late stays so. */
  begin(fault?: WriteFault): this {
    this.late = this.late.map(({ at, effect }) => ({ at: at - this.writes, effect }));
    this.writes = 0;
    this.reads = [];
    this.fault = fault;
    this.met = false;
    return this;
  }

  read(key: string): string | null {
    this.reads.push(key);
    return this.values.get(key) ?? null;
  }

  all(): Record<string, string> {
    this.reads.push('*');
    return Object.fromEntries(this.values);
  }

  write(key: string, value: string): void {
    expect(storedBytes(value)).toBeLessThanOrEqual(8_066);
    this.change(
      () => this.values.set(key, value),
      (share) => this.values.set(key, value.slice(0, Math.floor(value.length * share))),
    );
  }

  remove(key: string): void {
    const effect = () => this.values.delete(key);
    this.change(effect, effect);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }

  clear(): void {
    this.values.clear();
  }

  /** Everything that was late takes effect. */
  flush(): void {
    for (const { effect } of this.late.splice(0)) effect();
  }

  private change(effect: () => void, torn: (share: number) => void): void {
    this.writes += 1;
    for (const due of this.late.filter(({ at }) => at < this.writes)) due.effect();
    this.late = this.late.filter(({ at }) => at >= this.writes);
    const { fault } = this;
    if (fault?.nth !== this.writes) return effect();
    this.met = true;
    switch (fault.kind) {
      case 'kill-before':
        throw new Killed();
      case 'kill-after':
        effect();
        throw new Killed();
      case 'refused':
        throw new Error('You have exceeded the property storage quota.');
      case 'refused-done':
        effect();
        throw new Error('Service invoked too many times in a short time.');
      case 'torn-and-killed':
        torn(fault.share);
        throw new Killed();
      case 'torn':
        return torn(fault.share);
      case 'lost':
        return;
      case 'late':
        this.late.push({ at: this.writes + fault.after, effect });
    }
  }
}

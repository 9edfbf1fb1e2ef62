/** Virtual time. Nothing in the emulator reads the machine's clock. */
export class Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  constructor(public now: number) {}

  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`time does not go back: ${ms}`);
    this.now += ms;
  }
}

/**
 * Every id, token and random choice of the emulator comes from here, so that the same seed gives the same run to
 * the byte. The generator is mulberry32: 32 bits of state, which a snapshot can hold in one number.
 */
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export class Ids {
  constructor(public state: number) {}

  /** A number in [0, 1). */
  random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.random() * bound);
  }

  /** `length` letters and digits, as HighLevel's ids are. */
  alphanumeric(length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += ALPHANUMERIC[this.below(ALPHANUMERIC.length)];
    return text;
  }

  /** `length` hexadecimal digits in lower case. */
  hex(length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += this.below(16).toString(16);
    return text;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let i = 0; i < length; i++) bytes[i] = this.below(256);
    return bytes;
  }
}

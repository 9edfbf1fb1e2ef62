/** Checks of request bodies and queries, collecting every problem for one 422 as HighLevel does (facts, highlevel 1). */
import type { Json } from '../state';
import { unprocessable } from './errors';

export class Fields {
  private readonly problems: string[] = [];

  constructor(private readonly given: Json) {}

  has(name: string): boolean {
    return this.given[name] !== undefined && this.given[name] !== null;
  }

  string(name: string): string | undefined {
    if (!this.has(name)) return undefined;
    const value = this.given[name];
    if (typeof value === 'string') return value;
    this.problems.push(`${name} must be a string`);
    return undefined;
  }

  /** A required text. Gives '' where it is missing: `done` throws then. */
  text(name: string, mayBeEmpty = false): string {
    const value = this.string(name);
    if (value === undefined && !this.problems.includes(`${name} must be a string`)) {
      this.problems.push(`${name} must be a string`);
    }
    if (!mayBeEmpty && (value ?? '') === '') this.problems.push(`${name} should not be empty`);
    return value ?? '';
  }

  strings(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    const value = this.given[name];
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
    this.problems.push(`${name} must be an array`, `each value in ${name} must be a string`);
    return undefined;
  }

  boolean(name: string): boolean | undefined {
    if (!this.has(name)) return undefined;
    const value = this.given[name];
    if (typeof value === 'boolean') return value;
    this.problems.push(`${name} must be a boolean value`);
    return undefined;
  }

  requiredBoolean(name: string): boolean {
    if (!this.has(name)) this.problems.push(`${name} must be a boolean value`);
    return this.boolean(name) ?? false;
  }

  number(name: string): number | undefined {
    if (!this.has(name)) return undefined;
    const value = this.given[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.problems.push(`${name} must be a number conforming to the specified constraints`);
    return undefined;
  }

  /** A whole number inside a query, in [least, most]. */
  count(name: string, otherwise: number, least: number, most: number): number {
    if (!this.has(name) || this.given[name] === '') return otherwise;
    const value = Number(this.given[name]);
    if (!Number.isInteger(value)) this.problems.push(`${name} must be an integer number`);
    else if (value < least) this.problems.push(`${name} must not be less than ${least}`);
    else if (value > most) this.problems.push(`${name} must not be greater than ${most}`);
    return value;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    if (!this.has(name)) return undefined;
    const value = this.given[name];
    if (values.includes(value as Value)) return value as Value;
    this.problems.push(`${name} must be a valid enum value`);
    return undefined;
  }

  requiredOneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    if (!this.has(name)) this.problems.push(`${name} must be a valid enum value`);
    return this.oneOf(name, values) ?? values[0];
  }

  /** An ISO 8601 date, in milliseconds. */
  date(name: string): number | undefined {
    const value = this.given[name];
    if (!this.has(name)) return undefined;
    const time = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN;
    if (!Number.isNaN(time)) return time;
    this.problems.push(`${name} must be a valid ISO 8601 date string`);
    return undefined;
  }

  /** Refuses everything else: some endpoints answer 422 to a field they do not know (facts, highlevel 6). */
  only(...names: readonly string[]): void {
    for (const name of Object.keys(this.given)) {
      if (!names.includes(name)) this.problems.push(`property ${name} should not exist`);
    }
  }

  problem(message: string): void {
    this.problems.push(message);
  }

  done(): void {
    if (this.problems.length > 0) throw unprocessable(this.problems);
  }
}

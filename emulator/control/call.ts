/** One control call as its handler sees it: the query and the body, read with checks that name what is wrong. */
import type { World } from '../world/world';

export interface ControlAnswer {
  readonly status: number;
  /** Becomes JSON. */
  readonly body: unknown;
}

/** A call that cannot be done as asked: the message goes to the caller. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 | 413 = 400,
  ) {
    super(message);
  }
}

export type ControlHandler = (world: World, call: ControlCall) => unknown;
export type ControlCalls = readonly (readonly [name: string, handler: ControlHandler])[];

export class ControlCall {
  constructor(
    readonly query: URLSearchParams,
    readonly bytes: Buffer,
  ) {}

  /** The body as a JSON object; an empty body is an empty object. */
  body(): Fields {
    const value = this.json();
    if (!isRecord(value)) throw new ControlError('the body must be a JSON object');
    return new Fields(value);
  }

  /** The body as JSON. */
  json(): unknown {
    if (this.bytes.length === 0) return {};
    try {
      return JSON.parse(this.bytes.toString('utf8'));
    } catch {
      throw new ControlError('the body is not JSON');
    }
  }

  /** The query as fields. */
  parameters(): Fields {
    return new Fields(Object.fromEntries(this.query));
  }
}

/** Named values from outside. */
export class Fields {
  constructor(readonly values: Readonly<Record<string, unknown>>) {}

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === '') throw new ControlError(`${name} is missing`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.optional(name, 'a text', (value) => typeof value === 'string');
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.optional(name, 'true or false', (value) => typeof value === 'boolean');
  }

  number(name: string): number {
    const value = this.optional<number>(
      name,
      'a number',
      (given) => typeof given === 'number' && Number.isFinite(given),
    );
    if (value === undefined) throw new ControlError(`${name} is missing`);
    return value;
  }

  optionalWhole(name: string): number | undefined {
    return this.optional(name, 'a whole number', Number.isInteger);
  }

  optionalTexts(name: string): string[] | undefined {
    return this.optional(name, 'a list of texts', isTexts);
  }

  optionalRecord(name: string): Readonly<Record<string, unknown>> | undefined {
    return this.optional(name, 'an object', isRecord);
  }

  /** One of a few words. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.optionalChoice(name, choices);
    if (value === undefined) throw new ControlError(`${name} is missing`);
    return value;
  }

  optionalChoice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    return this.optional(name, `one of ${choices.join(', ')}`, (value) => choices.includes(value as Choice));
  }

  optional<Value>(name: string, what: string, fits: (value: unknown) => boolean): Value | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (!fits(value)) throw new ControlError(`${name} must be ${what}`);
    return value as Value;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

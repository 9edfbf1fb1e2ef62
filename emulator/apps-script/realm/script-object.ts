/**
 * What the emulated services hand to a script: objects whose methods are listed, with the parameters that each takes,
 * in their class's `signatures`. The realm shows a script those methods and nothing else.
 */
import type { ParameterType } from './parameters';

/** The parameter lists that a method takes; of several (overloads) the first that fits. */
export type Signatures = Readonly<Record<string, readonly (readonly ParameterType[])[]>>;

export interface ScriptClass {
  /** As the platform writes it in its messages: `PropertiesService.Properties`. */
  readonly scriptName: string;
  readonly signatures: Signatures;
  /** Its methods take any parameters: a log. */
  readonly variadic?: boolean;
  /** Enumerations and other values that the script reads as properties: `ScriptApp.AuthMode`. */
  readonly constants?: Readonly<Record<string, unknown>>;
}

export abstract class ScriptObject {
  /** What the object is in a message about wrong parameters. */
  get scriptName(): string {
    return classOf(this).scriptName;
  }
}

export function classOf(object: ScriptObject): ScriptClass {
  return object.constructor as unknown as ScriptClass;
}

/** A value that belongs to the script's own realm already and goes back as it is. */
export class OfRealm {
  constructor(readonly value: unknown) {}
}

/** An exception of the platform: the script catches it as an `Error` of its own with the name `Exception`. */
export class ScriptException extends Error {
  constructor(
    message: string,
    readonly scriptErrorName = 'Exception',
  ) {
    super(message);
  }
}

/** One value of an enumeration of the platform, such as `ScriptApp.AuthMode.FULL`. */
export class EnumValue extends ScriptObject {
  static readonly scriptName = 'Enum';
  static readonly signatures: Signatures = {
    toString: [[]],
    name: [[]],
    ordinal: [[]],
    // JSON.stringify hands over the key.
    toJSON: [[], [{ read: (value) => ({ value }) }]],
  };

  constructor(
    readonly enumName: string,
    readonly label: string,
    private readonly position: number,
  ) {
    super();
  }

  override toString(): string {
    return this.label;
  }

  name(): string {
    return this.label;
  }

  ordinal(): number {
    return this.position;
  }

  toJSON(): string {
    return this.label;
  }
}

export type Enumeration<Label extends string> = Readonly<Record<Label, EnumValue>>;

export function enumeration<Label extends string>(enumName: string, labels: readonly Label[]): Enumeration<Label> {
  return Object.fromEntries(
    labels.map((label, position) => [label, new EnumValue(enumName, label, position)]),
  ) as Enumeration<Label>;
}

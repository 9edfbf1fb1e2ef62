/**
 * How the classes of CardService are made: each from a table of its setters. An object keeps what was set and becomes
 * `google.apps.card.v1` JSON when the card around it is built.
 */
import { BOOLEAN, enumOf, instanceOf, INTEGER, NUMBER, STRING, TEXT, type ParameterType } from '../realm/parameters';
import { EnumValue, ScriptException, ScriptObject, type Enumeration, type Signatures } from '../realm/script-object';

export type Json = Record<string, unknown>;
export type Fields = Record<string, unknown>;

export interface Method {
  readonly parameters: readonly (readonly ParameterType[])[];
  /** Changes the fields; gives back the object itself unless it gives back something else. */
  readonly run: (fields: Fields, ...values: never[]) => unknown;
}

/** Everything that CardService makes. */
export abstract class CardObject extends ScriptObject {
  readonly fields: Fields = {};

  /** The object as it stands in a card. */
  abstract toCard(): unknown;
}

export abstract class Widget extends CardObject {}
export abstract class Button extends Widget {}

type Base = typeof CardObject | typeof Widget | typeof Button;
export type CardClass = new () => CardObject;

export interface Definition {
  readonly methods: Readonly<Record<string, Method>>;
  /** What its fields become in a card; by default the fields as they are. */
  readonly toCard?: (fields: Json, self: CardObject) => unknown;
}

export function define(name: string, base: Base, { methods, toCard }: Definition): CardClass {
  const parent = base as unknown as abstract new () => CardObject;
  class Made extends parent {
    static readonly scriptName = `CardService.${name}`;
    static readonly signatures: Signatures = Object.fromEntries(
      Object.entries(methods).map(([method, { parameters }]) => [method, parameters]),
    );

    override toCard(): unknown {
      const fields = plain(this.fields);
      return toCard === undefined ? fields : toCard(fields, this);
    }
  }
  for (const [method, { run }] of Object.entries(methods)) {
    Object.defineProperty(Made.prototype, method, {
      value: function (this: CardObject, ...values: unknown[]) {
        const result = (run as (fields: Fields, ...values: unknown[]) => unknown)(this.fields, ...values);
        return result === undefined ? this : result;
      },
    });
  }
  return Made;
}

/** Objects become their JSON, enumeration values their names; what was never set is left out. */
export function plain(fields: Fields): Json {
  const json: Json = {};
  for (const [name, value] of Object.entries(fields)) {
    const made = plainValue(value);
    if (made !== undefined) json[name] = made;
  }
  return json;
}

function plainValue(value: unknown): unknown {
  if (value instanceof CardObject) return value.toCard();
  if (value instanceof EnumValue) return value.label;
  if (Array.isArray(value)) return value.map(plainValue);
  return value;
}

function setter(field: string, type: ParameterType): Method {
  return { parameters: [[type]], run: (fields, value: unknown) => void (fields[field] = value) };
}

export const text = (field: string): Method => setter(field, TEXT);
export const string = (field: string): Method => setter(field, STRING);
export const boolean = (field: string): Method => setter(field, BOOLEAN);
export const integer = (field: string): Method => setter(field, INTEGER);
export const number = (field: string): Method => setter(field, NUMBER);
export const choice = (field: string, values: Enumeration<string>): Method => setter(field, enumOf(values));
export const object = (field: string, type: abstract new (...parameters: never[]) => ScriptObject): Method =>
  setter(field, instanceOf(type));

/** Adds to a list, of at most so many. */
export function adder(
  field: string,
  type: abstract new (...parameters: never[]) => ScriptObject,
  limit?: { readonly most: number; readonly message: string },
): Method {
  return {
    parameters: [[instanceOf(type)]],
    run: (fields, value: ScriptObject) => {
      const list = listIn(fields, field);
      if (limit !== undefined && list.length >= limit.most) throw new ScriptException(limit.message);
      list.push(value);
    },
  };
}

export function listIn(fields: Fields, field: string): unknown[] {
  return (fields[field] ??= []) as unknown[];
}

/** An id of a section or a widget: up to 64 letters, digits and hyphens (facts, platform 5.1). */
export const id: Method = {
  parameters: [[STRING]],
  run: (fields, value: string) => {
    if (!/^[a-zA-Z0-9-]{1,64}$/.test(value)) throw new ScriptException(`Invalid argument: ${value}`);
    fields.id = value;
  },
};

/** An input without a field name cannot be read by any callback. */
export function requireName(fields: Json, name: string): void {
  if (typeof fields.name !== 'string' || fields.name === '') {
    throw new ScriptException(`Missing required field: fieldName of ${name}.`);
  }
}

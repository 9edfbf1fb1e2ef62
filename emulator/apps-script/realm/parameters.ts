/**
 * The types of parameters that the platform checks before it runs a method, and its words where they do not fit:
 * "The parameters (String,null) don't match the method signature for PropertiesService.Properties.setProperty."
 */
import { EnumValue, ScriptException, ScriptObject, type Enumeration } from './script-object';

export interface ParameterType {
  /** Takes a value that came out of the script with wrappers already replaced; undefined where it does not fit. */
  readonly read: (value: unknown) => { readonly value: unknown } | undefined;
}

/** Text; numbers and booleans become text, as the platform does. */
export const TEXT: ParameterType = {
  read: (value) => {
    if (typeof value === 'string') return { value };
    return typeof value === 'number' || typeof value === 'boolean' ? { value: String(value) } : undefined;
  },
};

/** Text only: where a number is another overload. */
export const STRING: ParameterType = { read: (value) => (typeof value === 'string' ? { value } : undefined) };

export const NUMBER: ParameterType = {
  read: (value) => (typeof value === 'number' && !Number.isNaN(value) ? { value } : undefined),
};

/** A whole number; a fraction is cut, as the platform does where it wants an `Integer`. */
export const INTEGER: ParameterType = {
  read: (value) => (typeof value === 'number' && Number.isFinite(value) ? { value: Math.trunc(value) } : undefined),
};

export const BOOLEAN: ParameterType = { read: (value) => (typeof value === 'boolean' ? { value } : undefined) };

export const DATE: ParameterType = {
  read: (value) => (Object.prototype.toString.call(value) === '[object Date]' ? { value: Number(value) } : undefined),
};

/** A plain object of the script. */
export const OBJECT: ParameterType = {
  read: (value) => (isPlain(value) ? { value } : undefined),
};

export const ARRAY: ParameterType = { read: (value) => (Array.isArray(value) ? { value } : undefined) };

export const ANYTHING: ParameterType = { read: (value) => ({ value }) };

/** Signed bytes, as the platform's `Byte[]`: an array of numbers, or a typed array. */
export const BYTES: ParameterType = {
  read: (value) => {
    if (ArrayBuffer.isView(value)) {
      return { value: Buffer.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    if (!Array.isArray(value)) return undefined;
    const bytes = Buffer.allocUnsafe(value.length);
    for (let i = 0; i < value.length; i++) {
      const entry: unknown = value[i];
      if (typeof entry !== 'number') return undefined;
      bytes[i] = entry & 0xff;
    }
    return { value: bytes };
  },
};

export function instanceOf(type: abstract new (...parameters: never[]) => ScriptObject): ParameterType {
  return { read: (value) => (value instanceof type ? { value } : undefined) };
}

export function enumOf(values: Enumeration<string>): ParameterType {
  const known = new Set<unknown>(Object.values(values));
  return { read: (value) => (known.has(value) ? { value } : undefined) };
}

export function listOf(type: ParameterType): ParameterType {
  return {
    read: (value) => {
      if (!Array.isArray(value)) return undefined;
      const read: unknown[] = [];
      for (const entry of value as unknown[]) {
        const fit = type.read(entry);
        if (fit === undefined) return undefined;
        read.push(fit.value);
      }
      return { value: read };
    },
  };
}

/** A map of texts, such as the parameters of an action: anything else throws, as facts, platform 5.1 say. */
export const TEXT_MAP: ParameterType = {
  read: (value) => {
    if (!isPlain(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, entry]) => typeof entry === 'string') ? { value: Object.fromEntries(entries) } : undefined;
  },
};

/** The values of the first parameter list that fits; throws the platform's exception where none does. */
export function readParameters(
  where: string,
  lists: readonly (readonly ParameterType[])[],
  given: readonly unknown[],
): unknown[] {
  for (const list of lists) {
    if (list.length !== given.length) continue;
    const values = fit(list, given);
    if (values !== undefined) return values;
  }
  throw new ScriptException(
    `The parameters (${given.map(typeLabel).join(',')}) don't match the method signature for ${where}.`,
  );
}

function fit(list: readonly ParameterType[], given: readonly unknown[]): unknown[] | undefined {
  const values: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    const read = list[i].read(given[i]);
    if (read === undefined) return undefined;
    values.push(read.value);
  }
  return values;
}

function typeLabel(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'function') return 'Function';
  if (value instanceof EnumValue) return value.enumName;
  if (value instanceof ScriptObject) return value.scriptName;
  if (Array.isArray(value)) return value.length > 0 ? `${typeLabel(value[0])}[]` : 'Array';
  return 'Object';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ScriptObject);
}

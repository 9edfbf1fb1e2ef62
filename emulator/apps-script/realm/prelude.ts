/**
 * The script that makes a fresh context into the platform's: time and chance come from the emulator, local time is the
 * script's own time zone whatever this machine's is, and what the platform lacks is gone (facts, platform 2.5). It runs
 * before the bundle and gives back the tools with which the host makes objects *of the context*, so that `instanceof`
 * works in scripts and none of Node's own objects gets into them.
 */
export interface PreludeHost {
  now(): number;
  random(): number;
  /** Minutes that the script's time zone is ahead of UTC at that moment. */
  offsetAt(ms: number): number;
  /** The script's time zone: `Europe/Berlin`. */
  readonly zone: string;
  /** The zone's name as `Date.prototype.toString` shows it: `Central European Standard Time`. */
  zoneNameAt(ms: number): string;
  /** The service of that name, made at its first use. */
  service(name: string): unknown;
  readonly serviceNames: readonly string[];
}

/** What became of an asynchronous function; untouched where the function was none. */
export interface AsyncOutcome {
  readonly settled: boolean;
  readonly thrown: boolean;
  readonly value: unknown;
}

export interface Tools {
  /** The services once more, as none of them was used yet. */
  offerServices(): void;
  prototypeOf(
    names: readonly string[],
    label: string,
    dispatch: (self: unknown, name: string, parameters: readonly unknown[]) => unknown,
  ): object;
  instance(prototype: object): object;
  error(name: string, message: string): Error;
  array(length: number): unknown[];
  record(): Record<string, unknown>;
  date(ms: number): Date;
  bytes(signed: Int8Array): number[];
  parse(text: string): unknown;
  stringify(value: unknown): string | undefined;
  /** Puts a global `ENTER` that calls the script's global function of that name; `parameters` is called first. */
  prepareEntry(name: string, parameters: () => readonly unknown[]): AsyncOutcome;
}

/** Called as a script of the context, so that its microtasks are done before the execution ends. */
export const ENTER = '__enter';

export const PRELUDE = `(function (host, localTime) {
  'use strict';
  const define = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  const makeDate = (NativeDate) => {
    function Date(...parts) {
      if (new.target === undefined) return new NativeDate(host.now()).toString();
      if (parts.length === 0) return Reflect.construct(NativeDate, [host.now()], new.target);
      if (parts.length === 1) {
        const only = parts[0];
        return Reflect.construct(NativeDate, [typeof only === 'string' ? Date.parse(only) : only], new.target);
      }
      return Reflect.construct(NativeDate, fromLocal === undefined ? parts : [fromLocal(parts)], new.target);
    }
    Date.prototype = NativeDate.prototype;
    Date.now = () => host.now();
    Date.UTC = NativeDate.UTC;
    Date.parse = NativeDate.parse;
    NativeDate.prototype.constructor = Date;
    return Date;
  };
  const ScriptDate = makeDate(Date);
  const fromLocal = localTime === undefined ? undefined : localTime(host, Date, ScriptDate);
  define(globalThis, 'Date', ScriptDate);
  define(Math, 'random', function random() { return host.random(); });

  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];

  const offerServices = () => {
    for (const name of host.serviceNames) {
      Object.defineProperty(globalThis, name, {
        configurable: true,
        enumerable: true,
        get() {
          const value = host.service(name);
          Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
          return value;
        },
        set(value) {
          Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
        },
      });
    }
  };
  offerServices();

  const parse = JSON.parse;
  const stringify = JSON.stringify;
  return {
    offerServices,
    prototypeOf(names, label, dispatch) {
      const prototype = {};
      define(prototype, 'toString', function toString() { return label; });
      for (const name of names) {
        prototype[name] = function (...parameters) { return dispatch(this, name, parameters); };
      }
      return prototype;
    },
    instance: (prototype) => Object.create(prototype),
    error(name, message) {
      const error = new Error(message);
      if (name !== 'Error') define(error, 'name', name);
      return error;
    },
    array: (length) => new Array(length),
    record: () => ({}),
    date: (ms) => new ScriptDate(ms),
    bytes: (signed) => Array.from(signed),
    parse: (text) => parse(text),
    stringify: (value) => stringify(value),
    prepareEntry(name, parameters) {
      const outcome = { settled: false, thrown: false, value: undefined };
      define(globalThis, '${ENTER}', () => {
        delete globalThis['${ENTER}'];
        const given = parameters();
        const handler = globalThis[name];
        const returned = handler(...given);
        if (returned instanceof Promise) {
          returned.then(
            (value) => Object.assign(outcome, { settled: true, value }),
            (value) => Object.assign(outcome, { settled: true, thrown: true, value }),
          );
        }
        return returned;
      });
      return outcome;
    },
  };
})`;

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
  /** Is the script's time zone UTC? Then local time needs no table. */
  readonly utc: boolean;
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

export const PRELUDE = `(function (host) {
  'use strict';
  const NativeDate = Date;
  const define = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  function Date_(...parts) {
    if (new.target === undefined) return new NativeDate(host.now()).toString();
    if (parts.length === 0) return Reflect.construct(NativeDate, [host.now()], new.target);
    if (parts.length === 1) {
      const only = parts[0];
      return Reflect.construct(NativeDate, [typeof only === 'string' ? Date_.parse(only) : only], new.target);
    }
    return Reflect.construct(NativeDate, [fromLocal(parts)], new.target);
  }
  define(Date_, 'name', 'Date');
  define(Date_, 'length', 7);
  Date_.prototype = NativeDate.prototype;
  define(NativeDate.prototype, 'constructor', Date_);
  define(Date_, 'now', function now() { return host.now(); });
  define(Date_, 'UTC', NativeDate.UTC);
  define(globalThis, 'Date', Date_);

  // Local time of the script's zone. A local time that a change of the clocks skips or repeats takes the earlier offset.
  const offset = host.utc ? () => 0 : (ms) => (ms === ms ? host.offsetAt(ms) : 0);
  const local = (date) => new NativeDate(date.getTime() + offset(date.getTime()) * 60000);
  const toUtc = (asUtc) => {
    const first = asUtc - offset(asUtc) * 60000;
    return asUtc - offset(first) * 60000;
  };
  const fromLocal = (parts) => toUtc(NativeDate.UTC(...parts));
  const zoned = /(?:[zZ]|\\b(?:UTC?|GMT|[ECMP][SD]T)|\\d:\\d\\d[\\d:.]*\\s*[+-]\\d{2}:?\\d{2}|GMT[+-]\\d{1,4})\\s*(?:\\([^)]*\\))?\\s*$/;
  const dateOnly = /^\\s*[+-]?\\d{4,6}(?:-\\d\\d){0,2}\\s*$/;
  define(Date_, 'parse', function parse(text) {
    text = String(text);
    if (zoned.test(text) || dateOnly.test(text)) return NativeDate.parse(text);
    const asUtc = NativeDate.parse(text + (/^\\d{4}-\\d\\d-\\d\\dT/.test(text) ? 'Z' : ' UTC'));
    return asUtc === asUtc ? toUtc(asUtc) : NativeDate.parse(text);
  });

  const P = NativeDate.prototype;
  for (const part of ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds']) {
    const get = P['getUTC' + part];
    define(P, 'get' + part, { ['get' + part]() { return get.call(local(this)); } }['get' + part]);
    const set = P['setUTC' + part];
    if (set === undefined) continue;
    define(P, 'set' + part, { ['set' + part](...values) {
      const shifted = local(this);
      set.apply(shifted, values);
      return this.setTime(toUtc(shifted.getTime()));
    } }['set' + part]);
  }
  define(P, 'getTimezoneOffset', function getTimezoneOffset() { return 0 - offset(this.getTime()); });
  const two = (number) => String(number).padStart(2, '0');
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = (at) => days[at.getUTCDay()] + ' ' + months[at.getUTCMonth()] + ' ' + two(at.getUTCDate()) + ' ' + at.getUTCFullYear();
  const time = (at, minutes) => two(at.getUTCHours()) + ':' + two(at.getUTCMinutes()) + ':' + two(at.getUTCSeconds()) +
    ' GMT' + (minutes < 0 ? '-' : '+') + two(Math.floor(Math.abs(minutes) / 60)) + two(Math.abs(minutes) % 60);
  const invalid = (date) => date.getTime() !== date.getTime();
  define(P, 'toDateString', function toDateString() { return invalid(this) ? 'Invalid Date' : day(local(this)); });
  define(P, 'toTimeString', function toTimeString() { return invalid(this) ? 'Invalid Date' : time(local(this), offset(this.getTime())); });
  define(P, 'toString', function toString() {
    return invalid(this) ? 'Invalid Date' : day(local(this)) + ' ' + time(local(this), offset(this.getTime()));
  });
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {
    const native = P[name];
    define(P, name, { [name](locales, options) {
      return native.call(this, locales, { timeZone: host.zone, ...options });
    } }[name]);
  }

  define(Math, 'random', function random() { return host.random(); });
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];

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

  const parse = JSON.parse;
  const stringify = JSON.stringify;
  return {
    prototypeOf(names, label, dispatch) {
      const prototype = {};
      define(prototype, 'toString', function toString() { return label; });
      for (const name of names) {
        define(prototype, name, { [name](...parameters) { return dispatch(this, name, parameters); } }[name]);
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
    date: (ms) => new Date_(ms),
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

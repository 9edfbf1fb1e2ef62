/**
 * One execution's own global scope on node:vm, and the border between it and the host: parameters come in with the
 * wrappers of emulated objects replaced by the objects, results and exceptions go out as objects of the script's own
 * realm (facts, platform 2.5: every execution starts a fresh runtime and evaluates the whole bundle).
 */
import vm from 'node:vm';
import { LOCAL_TIME } from './local-time';
import { ENTER, PRELUDE, type Tools, type PreludeHost } from './prelude';
import { readParameters } from './parameters';
import { classOf, OfRealm, ScriptException, ScriptObject, type ScriptClass } from './script-object';

const prelude = new vm.Script(PRELUDE, { filename: 'platform' });
const localTime = new vm.Script(LOCAL_TIME, { filename: 'platform' });
const enter = new vm.Script(`${ENTER}()`, { filename: 'platform' });
const compiled = new Map<string, vm.Script>();

function compile(bundle: string): vm.Script {
  let script = compiled.get(bundle);
  if (script === undefined) {
    script = new vm.Script(bundle, { filename: 'Code' });
    compiled.set(bundle, script);
  }
  return script;
}

export interface RealmHost extends Omit<PreludeHost, 'service' | 'serviceNames'> {
  readonly services: Readonly<Record<string, () => ScriptObject>>;
  /** Is this machine's local time that of the script's zone? Then Date needs no more than the clock. */
  readonly isMachineZone: boolean;
  /** Milliseconds of the clock on the wall after which an endless loop is ended; 0 for never. */
  readonly guardMs: number;
  /** Called before every method: throws what ends the script where the execution is over. */
  alive(): void;
  /** A fault of the emulator's own: gives what is thrown into the script in its place. */
  broken(error: unknown): unknown;
  /** Is this the signal that ends an execution, which no one turns into an exception? */
  isSignal(thrown: unknown): boolean;
}

/** What a script threw, read without running any more of it. */
export interface Thrown {
  readonly text: string;
  readonly stack?: string;
  /** The wall-clock guard ended an endless loop. */
  readonly endless: boolean;
}

export class Realm {
  private readonly context: vm.Context;
  readonly tools: Tools;
  private readonly prototypes = new Map<ScriptClass, object>();
  private readonly wrappers = new Map<ScriptObject, object>();
  private objects = new WeakMap<object, ScriptObject>();
  private readonly exceptions = new WeakMap<object, ScriptException>();
  private isEvaluated = false;

  constructor(private host: RealmHost) {
    // An ordinary global: one with interceptors makes each look-up of Math or JSON ten times as slow.
    this.context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' });
    const make = prelude.runInContext(this.context) as (host: PreludeHost, localTime: unknown) => Tools;
    const platform: PreludeHost = {
      now: () => this.host.now(),
      random: () => this.host.random(),
      offsetAt: (ms) => this.host.offsetAt(ms),
      zone: host.zone,
      zoneNameAt: (ms) => this.host.zoneNameAt(ms),
      serviceNames: Object.keys(host.services),
      service: (name) => this.toScript(this.host.services[name]()),
    };
    this.tools = make(platform, host.isMachineZone ? undefined : localTime.runInContext(this.context));
  }

  /**
   * Evaluates the bundle and calls one of its global functions; the parameters are made once the bundle is there. Both
   * under one guard, as each costs a thread of its own.
   */
  run(bundle: string, name: string, parameters: () => readonly unknown[]): unknown {
    const outcome = this.tools.prepareEntry(name, () => {
      if (!this.isEvaluated) compile(bundle).runInContext(this.context);
      this.isEvaluated = true;
      if (typeof this.context[name] !== 'function') {
        throw this.toError(new ScriptException(`Script function not found: ${name}`, 'Error'));
      }
      return parameters();
    });
    const returned: unknown = enter.runInContext(this.context, this.options());
    // The function was asynchronous: its microtasks are done by now.
    if (outcome.thrown) throw outcome.value;
    return outcome.settled ? outcome.value : returned;
  }

  /** For another execution of the same bundle, which keeps nothing at its top level. */
  renew(host: RealmHost): void {
    this.host = host;
    this.wrappers.clear();
    this.objects = new WeakMap();
    this.tools.offerServices();
  }

  /** The emulated object behind a wrapper; anything else as it is. */
  fromScript(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const object = this.objects.get(value);
    if (object !== undefined) return object;
    // Not arrays of numbers, which may be the bytes of a whole attachment.
    if (Array.isArray(value) && typeof value[0] === 'object') {
      return (value as unknown[]).map((entry) => this.fromScript(entry));
    }
    return value;
  }

  toScript(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof ScriptObject) return this.wrap(value);
    if (value instanceof OfRealm) return value.value;
    if (ArrayBuffer.isView(value)) {
      return this.tools.bytes(new Int8Array(value.buffer, value.byteOffset, value.byteLength));
    }
    if (Array.isArray(value)) {
      const array = this.tools.array(value.length);
      for (let i = 0; i < value.length; i++) array[i] = this.toScript(value[i]);
      return array;
    }
    if (value instanceof Date) return this.tools.date(value.getTime());
    const record = this.tools.record();
    for (const [key, entry] of Object.entries(value)) record[key] = this.toScript(entry);
    return record;
  }

  /** Reading what was thrown may run code of the script (a getter), which may throw again. */
  describe(thrown: unknown): Thrown {
    try {
      return this.read(thrown);
    } catch {
      return { text: 'Error', endless: false };
    }
  }

  private read(thrown: unknown): Thrown {
    const code = isRecord(thrown) ? thrown.code : undefined;
    const endless = code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    if (!isRecord(thrown)) return { text: String(thrown), endless };
    const message = typeof thrown.message === 'string' ? thrown.message : '';
    const name = typeof thrown.name === 'string' ? thrown.name : 'Error';
    const text = 'message' in thrown ? `${name}: ${message}` : (this.tools.stringify(thrown) ?? 'undefined');
    return { text, endless, ...(typeof thrown.stack === 'string' ? { stack: thrown.stack } : {}) };
  }

  /** The platform's exception of which the script threw on the very error. */
  exceptionBehind(thrown: unknown): ScriptException | undefined {
    return isRecord(thrown) ? this.exceptions.get(thrown) : undefined;
  }

  private options(): vm.RunningScriptOptions {
    return this.host.guardMs > 0 ? { timeout: this.host.guardMs } : {};
  }

  private wrap(object: ScriptObject): object {
    let wrapper = this.wrappers.get(object);
    if (wrapper === undefined) {
      const type = classOf(object);
      wrapper = this.tools.instance(this.prototypeOf(type));
      this.wrappers.set(object, wrapper);
      this.objects.set(wrapper, object);
      for (const [name, value] of Object.entries(type.constants ?? {})) {
        (wrapper as Record<string, unknown>)[name] = this.toScript(value);
      }
    }
    return wrapper;
  }

  private prototypeOf(type: ScriptClass): object {
    let prototype = this.prototypes.get(type);
    if (prototype === undefined) {
      prototype = this.tools.prototypeOf(Object.keys(type.signatures), type.scriptName, (self, name, given) =>
        this.dispatch(type, self, name, given),
      );
      this.prototypes.set(type, prototype);
    }
    return prototype;
  }

  private toError(exception: ScriptException): Error {
    const error = this.tools.error(exception.scriptErrorName, exception.message);
    this.exceptions.set(error, exception);
    return error;
  }

  private dispatch(type: ScriptClass, self: unknown, name: string, given: readonly unknown[]): unknown {
    this.host.alive();
    try {
      const object = this.fromScript(self);
      const method = object instanceof ScriptObject ? (object as unknown as Record<string, unknown>)[name] : undefined;
      if (typeof method !== 'function') throw new ScriptException('Illegal invocation', 'TypeError');
      const known = given.map((parameter) => this.fromScript(parameter));
      const parameters =
        type.variadic === true ? known : readParameters(`${type.scriptName}.${name}`, type.signatures[name], known);
      return this.toScript((method as (...parameters: unknown[]) => unknown).apply(object, parameters));
    } catch (thrown) {
      if (thrown instanceof ScriptException) throw this.toError(thrown);
      // A script that calls itself without end may overflow the stack while a service has it.
      if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
        throw this.tools.error('RangeError', thrown.message);
      }
      throw this.host.isSignal(thrown) ? thrown : this.host.broken(thrown);
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `console` and `Logger`: both end up in the log of the execution, none of it is counted. */
import type { Run } from '../execution/run';
import { ScriptObject, type Signatures } from '../realm/script-object';

/** Cloud Logging cuts longer entries. */
const MOST_CHARACTERS = 100_000;

export function addLog(run: Run, level: string, text: string): void {
  const { logs, clock } = run.platform;
  logs.add(
    Object.freeze({
      seq: logs.take(),
      at: clock.now,
      user: run.user,
      executionId: run.id,
      level,
      text: text.slice(0, MOST_CHARACTERS),
    }),
  );
}

abstract class Log extends ScriptObject {
  constructor(protected readonly run: Run) {
    super();
  }

  /** `printf` places first, then the rest with spaces between. */
  protected write(level: string, values: readonly unknown[]): void {
    const rest = [...values];
    let text = '';
    if (typeof rest[0] === 'string') {
      const format = rest.shift() as string;
      text = format.replace(/%[sdifjoO%]/g, (place) =>
        place === '%%' ? '%' : rest.length > 0 ? this.show(rest.shift()) : place,
      );
    }
    addLog(this.run, level, [...(text === '' ? [] : [text]), ...rest.map((value) => this.show(value))].join(' '));
  }

  private show(value: unknown): string {
    if (typeof value === 'string') return value;
    if (value instanceof ScriptObject) return value.scriptName;
    if (typeof value === 'object' && value !== null) {
      if ('message' in value) return this.run.realm.describe(value).text;
      try {
        return this.run.realm.tools.stringify(value) ?? '';
      } catch {
        return Object.prototype.toString.call(value);
      }
    }
    return String(value);
  }
}

export class Console extends Log {
  static readonly scriptName = 'console';
  static readonly variadic = true;
  static readonly signatures: Signatures = { log: [], info: [], warn: [], error: [], time: [], timeEnd: [] };

  log(...values: unknown[]): void {
    this.write('DEBUG', values);
  }

  info(...values: unknown[]): void {
    this.write('INFO', values);
  }

  warn(...values: unknown[]): void {
    this.write('WARNING', values);
  }

  error(...values: unknown[]): void {
    this.write('ERROR', values);
  }

  time(): void {
    // Only the end of a measurement is logged.
  }

  timeEnd(label: unknown = 'default'): void {
    this.write('DEBUG', [`${String(label)}: ${this.run.platform.clock.now - this.run.startedAt}ms`]);
  }
}

export class Logger extends Log {
  static readonly scriptName = 'Logger';
  static readonly variadic = true;
  static readonly signatures: Signatures = { log: [], clear: [], getLog: [] };

  private readonly lines: string[] = [];

  log(...values: unknown[]): this {
    this.write('INFO', values);
    this.lines.push(values.map(String).join(' '));
    return this;
  }

  clear(): void {
    this.lines.length = 0;
  }

  getLog(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }
}

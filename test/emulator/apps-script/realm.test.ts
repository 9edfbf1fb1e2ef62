/** The global scope of an execution: what is there, what is not, and whose objects they are. */
import { usedRealms } from '../../../emulator/apps-script/realm/realms';
import { runtime, START, USER } from './runtime';

describe('a fresh runtime for every execution (facts, platform 2.5)', () => {
  test('platform 2.5: top-level code runs each time and nothing survives in memory', () => {
    const { execute } = runtime('let count = 0; function bump() { count += 1; globalThis.kept = 1; return count; }');
    expect(execute('bump').result).toBe(1);
    expect(execute('bump').result).toBe(1);
  });

  test.each([
    ...['setTimeout', 'setInterval', 'fetch', 'atob', 'btoa', 'crypto', 'TextEncoder', 'TextDecoder', 'URL'],
    ...[
      'Buffer',
      'process',
      'require',
      'module',
      'global',
      'window',
      'performance',
      'structuredClone',
      'queueMicrotask',
    ],
  ])('platform 2.5: there is no %s', (name) => {
    expect(runtime().run(`return typeof ${name}`)).toBe('undefined');
  });

  test('async functions run as microtasks that are done when the execution ends', () => {
    const bundle =
      'async function later() { await null; await null; return PropertiesService.getUserProperties().setProperty("a", "1").getProperty("a"); }';
    expect(runtime(bundle).execute('later').result).toBe('1');
  });

  test('an asynchronous function that throws fails the execution', () => {
    const { execute } = runtime('async function later() { await null; throw new TypeError("no"); }');
    expect(execute('later')).toMatchObject({ ok: false, error: 'TypeError: no' });
  });

  test('a name that is no global function is not found', () => {
    const { execute } = runtime('const arrow = () => 1; var text = "x";');
    expect(execute('nothing').error).toBe('Error: Script function not found: nothing');
    expect(execute('arrow').error).toBe('Error: Script function not found: arrow');
    expect(execute('text').error).toBe('Error: Script function not found: text');
  });
});

describe('used global scopes, for a simulation of a script that keeps nothing', () => {
  const services = `
    function count() { const seen = typeof globalThis.counted; globalThis.counted = 1; console.log(seen); return seen; }
    function store() { PropertiesService.getUserProperties().setProperty('a', Session.getEffectiveUser().getEmail()); return Date.now(); }
    function fail() { throw new TypeError('no'); }
    function inside() { UrlFetchApp.fetch('https://a.example/'); return typeof globalThis.counted; }`;

  test('one after the other they run in the same one, with the services and the clock of their own execution', () => {
    const { script, execute, clock } = runtime(services, { realms: usedRealms() });
    expect([execute('count').result, execute('count').result]).toEqual(['undefined', 'number']);
    expect(execute('fail').error).toBe('TypeError: no');
    clock.advance(1_000);
    const { result, executionId } = execute('store');
    expect(result).toBe(clock.now);
    expect(script.requests(0).at(-1)).toMatchObject({ executionId, method: 'setProperty' });
    expect(script.properties(USER)).toEqual({ a: USER });
  });

  test('one inside another has its own', () => {
    const { script, execute } = runtime(services, { realms: usedRealms() });
    execute('count');
    script.setFaults([{ nth: 1, runInside: { user: USER, function: 'count' } }]);
    expect(execute('inside').result).toBe('number');
    expect(execute('inside').result).toBe('number');
    expect(script.logs(0).map(({ text }) => text)).toEqual(['undefined', 'undefined']);
  });
});

describe('objects belong to the script', () => {
  test.each([
    ['the event', 'event instanceof Object'],
    ['a record', 'PropertiesService.getUserProperties().getProperties() instanceof Object'],
    ['a list', 'PropertiesService.getUserProperties().getKeys() instanceof Array'],
    ['bytes', 'Utilities.newBlob("a").getBytes() instanceof Array'],
    ['a new date', 'new Date() instanceof Date && Object.prototype.toString.call(new Date()) === "[object Date]"'],
    ['a service', 'PropertiesService instanceof Object'],
  ])('%s', (_, expression) => {
    expect(runtime().run(`return ${expression}`)).toBe(true);
  });

  test('exceptions of services are errors of the script, named Exception', () => {
    const caught = runtime().run(
      'try { Utilities.sleep(-1); } catch (e) { return [e instanceof Error, e.name, String(e), e.constructor === Error]; }',
    );
    expect(caught).toEqual([true, 'Exception', expect.stringMatching(/^Exception: Invalid argument/), true]);
  });

  test('nothing of Node is reached through a service, its methods, its results or its errors', () => {
    const reach = (expression: string) =>
      runtime().run(`
        const from = ${expression};
        try { return from.constructor.constructor('return typeof process + typeof require')(); } catch (e) { return String(e); }`);
    expect(reach('PropertiesService')).toBe('undefinedundefined');
    expect(reach('PropertiesService.getUserProperties')).toBe('undefinedundefined');
    expect(reach('PropertiesService.getUserProperties().getKeys()')).toBe('undefinedundefined');
    expect(reach('Date.now')).toBe('undefinedundefined');
    expect(reach('(() => { try { Utilities.sleep(-1); } catch (e) { return e; } })()')).toBe('undefinedundefined');
  });

  test('a method that a service does not have is a TypeError', () => {
    expect(() => runtime().run('UrlFetchApp.fetchSome()')).toThrow(
      'TypeError: UrlFetchApp.fetchSome is not a function',
    );
    expect(() => runtime().run('DriveApp.getFiles()')).toThrow('ReferenceError: DriveApp is not defined');
  });

  test('wrong parameters are refused in the words of the platform', () => {
    const { run } = runtime();
    expect(() => run('PropertiesService.getUserProperties().setProperty("a", null)')).toThrow(
      "Exception: The parameters (String,null) don't match the method signature for PropertiesService.Properties.setProperty.",
    );
    expect(() => run('Utilities.sleep("x")')).toThrow("The parameters (String) don't match the method signature");
  });

  test('enumerations compare as texts and by identity', () => {
    expect(
      runtime().run(
        'const a = ScriptApp.AuthMode; return [a.FULL == "FULL", a.FULL === ScriptApp.AuthMode.FULL, a.FULL === a.NONE, String(a.FULL), a.FULL.ordinal(), JSON.stringify({ a: a.FULL })];',
      ),
    ).toEqual([true, true, false, 'FULL', 3, '{"a":"FULL"}']);
  });
});

describe('time and chance come from the emulator', () => {
  test('Date and Date.now are the virtual clock', () => {
    const { run } = runtime();
    expect(run('return [Date.now(), new Date().getTime(), new Date(5).getTime(), typeof Date()]')).toEqual([
      START,
      START,
      5,
      'string',
    ]);
    expect(run('const a = Date.now(); Utilities.sleep(1500); return Date.now() - a')).toBe(1500);
  });

  test('Math.random and getUuid follow the seed', () => {
    const body = 'return [Math.random(), Utilities.getUuid()]';
    expect(runtime().run(body)).toEqual(runtime().run(body));
    expect(runtime().run(body)).not.toEqual(runtime().run('Math.random(); ' + body));
    expect(runtime().run('return Utilities.getUuid()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('local time is the time zone of the script, not of this machine', () => {
    const berlin = runtime('', { manifest: { timeZone: 'Europe/Berlin' } });
    expect(
      berlin.run(`
        const winter = new Date(Date.UTC(2026, 0, 15, 12)), summer = new Date(Date.UTC(2026, 6, 15, 12));
        const set = new Date(winter); set.setHours(0, 0, 0, 0);
        return [winter.getHours(), summer.getHours(), winter.getTimezoneOffset(), summer.toString(),
          new Date(2026, 6, 15, 14).toISOString(), new Date('2026-07-15T14:00:00').toISOString(),
          new Date('2026-07-15').toISOString(), new Date('Wed, 15 Jul 2026 12:00:00 +0000').toISOString(),
          new Date('Jul 15, 2026 14:00:00').toISOString(), set.toISOString(), String(new Date(NaN))]`),
    ).toEqual([
      13,
      14,
      -60,
      'Wed Jul 15 2026 14:00:00 GMT+0200 (Central European Summer Time)',
      '2026-07-15T12:00:00.000Z',
      '2026-07-15T12:00:00.000Z',
      '2026-07-15T00:00:00.000Z',
      '2026-07-15T12:00:00.000Z',
      '2026-07-15T12:00:00.000Z',
      '2026-01-14T23:00:00.000Z',
      'Invalid Date',
    ]);
  });
});

describe('how an execution ends', () => {
  test('an exception that nobody catches is the error, and its stack is logged', () => {
    const { script, execute } = runtime('function fail() { null.x; }');
    expect(execute('fail')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^TypeError: Cannot read properties/) as unknown,
    });
    expect(script.logs(0)).toMatchObject([
      { level: 'ERROR', user: USER, text: expect.stringContaining('at fail (Code') as unknown },
    ]);
  });

  test('anything may be thrown', () => {
    expect(runtime('function fail() { throw "a text"; }').execute('fail').error).toBe('a text');
    expect(runtime('function fail() { throw { a: 1 }; }').execute('fail').error).toBe('{"a":1}');
    expect(runtime('function fail() { throw undefined; }').execute('fail').error).toBe('undefined');
  });

  test('a syntax error in the bundle is an error of the execution', () => {
    expect(() => runtime('function (').execute('evaluate')).not.toThrow();
    expect(runtime('function (').execute('evaluate').error).toMatch(/^SyntaxError/);
  });

  test('an error inside the emulator is not hidden by a catch in the script', () => {
    const { execute } = runtime(
      'function go() { try { UrlFetchApp.fetch("https://a.example/"); } catch (e) {} return 1; }',
      {
        request: () => {
          throw new RangeError('a mistake of ours');
        },
      },
    );
    expect(() => execute('go')).toThrow('a mistake of ours');
  });

  test('console and Logger end up in the log with their levels', () => {
    const { script, run } = runtime();
    run(
      'console.log("a %s b", 1, { c: 2 }); console.warn("w"); console.error(new Error("e")); Logger.log("l %s", "x")',
    );
    expect(script.logs(0).map(({ level, text }) => `${level} ${text}`)).toEqual([
      'DEBUG a 1 b {"c":2}',
      'WARNING w',
      'ERROR Error: e',
      'INFO l x',
    ]);
    expect(script.requests(0)).toEqual([]);
  });
});

describe('scripts that do not end by themselves', () => {
  test('an endless loop without a call is ended, and the virtual clock is at the limit', () => {
    const { execute, clock } = runtime('function loop() { for (;;) {} }', { guardMs: 50 });
    expect(execute('loop')).toMatchObject({ killed: true, error: 'Exceeded maximum execution time' });
    expect(clock.now).toBe(START + 360_000);
  });

  test('a loop up to a deadline ends after a kill too, although time stands still for the world', () => {
    const bundle = `function loop() { const end = Date.now() + 300000; while (Date.now() < end) try { Utilities.sleep(1); UrlFetchApp.fetch('https://a.example/'); } catch (e) {} }`;
    const { script, execute, clock } = runtime(bundle);
    script.setFaults([{ nth: 1, kill: 'before' }]);
    expect(execute('loop')).toMatchObject({ killed: true, virtualMs: 1 });
    expect(clock.now).toBe(START + 1);
  });

  test('a stack that overflows inside a service is an error of the script', () => {
    const { execute } = runtime('function deep() { Utilities.getUuid(); deep(); }');
    expect(execute('deep')).toMatchObject({ ok: false, error: 'RangeError: Maximum call stack size exceeded' });
  });

  test('what is thrown may be hostile', () => {
    const { execute } = runtime('function fail() { throw { get message() { throw new Error("again"); } }; }');
    expect(execute('fail')).toMatchObject({ ok: false, error: 'Error' });
  });
});

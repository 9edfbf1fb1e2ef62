/** Faults: where they strike, what becomes of the call, and that a killed execution gets no further effect out of anything. */
import { jsonResponse, type EmulatedRequest } from '../../../emulator/core/http';
import type { Fault } from '../../../emulator/core/services';
import { runtime, START, USER, type Runtime } from './runtime';

const CRM = 'https://services.leadconnectorhq.com';
const GOOGLE = 'https://gmail.googleapis.com';

const BUNDLE = `
  const store = () => PropertiesService.getUserProperties();
  function steps() { store().setProperty('a', '1'); UrlFetchApp.fetch('${CRM}/b', { method: 'post', payload: 'x', muteHttpExceptions: true }); store().setProperty('c', '1'); return 'done'; }
  function post() { const r = UrlFetchApp.fetch('${CRM}/b', { method: 'post', payload: 'x', muteHttpExceptions: true }); return [r.getResponseCode(), r.getContentText()]; }
  function get() { const r = UrlFetchApp.fetch('${GOOGLE}/gmail/v1/x', { muteHttpExceptions: true }); return [r.getResponseCode(), r.getContentText()]; }
  function three() { return UrlFetchApp.fetchAll(['${CRM}/1', '${CRM}/2', '${CRM}/3'].map((url) => ({ url, muteHttpExceptions: true }))).map((r) => r.getResponseCode()); }
  function inner() { PropertiesService.getScriptProperties().setProperty('inner', String(Date.now())); }
  function stubborn() {
    for (let i = 0; i < 3; i++) {
      try { store().setProperty('k' + i, '1'); UrlFetchApp.fetch('${CRM}/' + i); } catch (e) { try { store().setProperty('caught' + i, '1'); console.log('caught'); } catch (again) {} }
      finally { try { CacheService.getUserCache().put('finally', '1'); UrlFetchApp.fetch('${CRM}/finally'); } catch (again) {} }
    }
    return 'went on';
  }`;

const armed = (...faults: Fault[]): Runtime => {
  const made = runtime(BUNDLE);
  made.script.setFaults(faults);
  return made;
};
const kept = ({ script }: Runtime) => Object.keys(script.properties(USER));

describe('where: skip lets so many fitting calls pass, forMs ends by itself', () => {
  test('the third of three requests', () => {
    const made = armed({ service: 'UrlFetchApp', skip: 2, answer: '503' });
    expect(made.execute('three').result).toEqual([200, 200, 503]);
    expect(made.script.faults()).toMatchObject({ armed: [], met: [{ kind: '503' }] });
  });

  test('what was let pass is seen in the report', () => {
    const made = armed({ service: 'UrlFetchApp', skip: 5, answer: '503' });
    expect(made.execute('three').result).toEqual([200, 200, 200]);
    expect(made.script.faults().armed).toEqual([{ service: 'UrlFetchApp', skip: 2, times: 1, answer: '503' }]);
  });

  test('an hour in which nothing answers', () => {
    const made = armed({ host: 'services.leadconnectorhq.com', forMs: 3_600_000, answer: '503' });
    for (let i = 0; i < 4; i++) expect(made.execute('three').result).toEqual([503, 503, 503]);
    made.clock.now = START + 3_600_000;
    expect(made.execute('three').result).toEqual([200, 200, 200]);
    expect(made.script.faults().armed).toEqual([]);
  });

  test('nth names one call, so neither goes with it', () => {
    expect(() => armed({ nth: 1, skip: 1, kill: 'before' })).toThrow('do not go with nth');
    expect(() => armed({ nth: 1, forMs: 1, kill: 'before' })).toThrow('do not go with nth');
  });
});

describe('where: nth counts every service call from the moment of arming', () => {
  test.each([
    [1, [], 0],
    [2, ['a'], 0],
    [3, ['a'], 1],
  ])('kill before call %i', (nth, keys, requests) => {
    const made = armed({ nth, kill: 'before' });
    expect(made.execute('steps')).toMatchObject({ ok: false, killed: true, calls: nth });
    expect([kept(made), made.wire.length]).toEqual([keys, requests]);
  });

  test.each([
    [1, ['a'], 0],
    [2, ['a'], 1],
    [3, ['a', 'c'], 1],
  ])('kill after call %i', (nth, keys, requests) => {
    const made = armed({ nth, kill: 'after' });
    expect(made.execute('steps')).toMatchObject({ ok: false, killed: true, calls: nth });
    expect([kept(made), made.wire.length]).toEqual([keys, requests]);
  });

  test('beyond the last call nothing is met', () => {
    const made = armed({ nth: 4, kill: 'before' });
    expect(made.execute('steps').ok).toBe(true);
    expect(made.script.faults()).toEqual({ armed: [{ nth: 4, kill: 'before' }], met: [], callsSinceArmed: 3 });
  });

  test('nth goes on counting over executions, and arming begins anew', () => {
    const made = armed({ nth: 5, kill: 'before' });
    expect(made.execute('steps').ok).toBe(true);
    expect(made.execute('steps')).toMatchObject({ killed: true, calls: 2 });
    made.script.setFaults([{ nth: 1, kill: 'before' }]);
    expect(made.script.faults().callsSinceArmed).toBe(0);
    expect(made.execute('steps')).toMatchObject({ killed: true, calls: 1 });
  });

  test('each request of a fetchAll is a call: those before it are done, those after it are not', () => {
    const made = armed({ nth: 2, kill: 'before' });
    expect(made.execute('three').killed).toBe(true);
    expect(made.wire.map(({ path }) => path)).toEqual(['/1']);
  });

  test('each key of setProperties is a call, so a cut leaves it half written (facts, reliability P7)', () => {
    const bundle = `function both() { PropertiesService.getUserProperties().setProperties({ a: '1', b: '1' }); }`;
    for (const atomic of [false, true]) {
      const made = runtime(bundle);
      made.set({ setPropertiesAtomic: atomic });
      made.script.setFaults([{ nth: 2, kill: 'before' }]);
      expect(made.execute('both').killed).toBe(true);
      expect(kept(made)).toEqual(atomic ? [] : ['a']);
    }
  });

  test('CardService, Utilities, Session and logs are no calls', () => {
    const made = runtime(
      'function go() { CardService.newCardBuilder(); Utilities.sleep(1); Session.getEffectiveUser().getEmail(); console.log(1); ScriptApp.getOAuthToken(); }',
    );
    expect(made.execute('go').calls).toBe(0);
  });

  test('by place: service, host, path prefix and method, so often as times says', () => {
    const hits = (fault: Fault) => {
      const made = armed(fault);
      made.execute('steps');
      made.execute('three');
      return made.script.faults().met.length;
    };
    expect(hits({ service: 'PropertiesService', answer: 'slow', times: 9 })).toBe(2);
    expect(hits({ service: 'PropertiesService', answer: 'slow' })).toBe(1);
    expect(hits({ host: 'services.leadconnectorhq.com', answer: '503', times: 9 })).toBe(4);
    expect(hits({ host: 'leadconnectorhq.com', answer: '503', times: 9 })).toBe(0);
    expect(hits({ path: '/1', answer: '503', times: 9 })).toBe(1);
    expect(hits({ method: 'post', answer: '503', times: 9 })).toBe(1);
    expect(hits({ method: 'setProperty', path: 'c', answer: 'slow', times: 9 })).toBe(1);
    expect(hits({ host: 'services.leadconnectorhq.com', method: 'GET', path: '/2', answer: '503', times: 9 })).toBe(1);
  });

  test('what was met is told with its call, and what is left of times', () => {
    const made = armed({ host: 'services.leadconnectorhq.com', answer: '429', times: 3 });
    made.execute('steps');
    expect(made.script.faults()).toEqual({
      armed: [{ host: 'services.leadconnectorhq.com', answer: '429', times: 2 }],
      met: [{ kind: '429', call: '2: UrlFetchApp POST services.leadconnectorhq.com/b' }],
      callsSinceArmed: 3,
    });
    expect(made.script.requests(0).find(({ service }) => service === 'UrlFetchApp')).toMatchObject({
      status: 429,
      fault: '429',
    });
  });
});

describe('a kill cannot be caught', () => {
  test.each(['before', 'after'] as const)(
    'kill %s: whatever the script catches, nothing has an effect any more',
    (kill) => {
      const made = armed({ nth: 2, kill });
      expect(made.execute('stubborn')).toMatchObject({ ok: false, killed: true, calls: 2 });
      expect(kept(made)).toEqual(['k0']);
      expect(made.wire.length).toBe(kill === 'after' ? 1 : 0);
      expect(made.script.logs(0)).toEqual([]);
      expect(made.script.requests(0)).toHaveLength(2);
    },
  );

  test('the next execution is alive again', () => {
    const made = armed({ nth: 1, kill: 'before' });
    made.execute('steps');
    expect(made.execute('steps').result).toBe('done');
  });
});

describe('what the script gets for an answer', () => {
  test.each([
    ['401', 401, 'Invalid JWT'],
    ['404', 404, '"statusCode":404'],
    ['413', 413, '"status":413'],
    ['422', 422, 'Unprocessable Entity'],
    ['429', 429, 'Too Many Requests'],
    ['500', 500, '"statusCode":500'],
    ['502', 502, '<html>'],
    ['503', 503, '"statusCode":503'],
    ['html', 200, '<form method="post" action="/login">'],
  ] as const)('the CRM: %s, without the effect', (answer, status, text) => {
    const made = armed({ host: 'services.leadconnectorhq.com', answer });
    const result = made.execute('post').result as [number, string];
    expect(result).toEqual([status, expect.stringContaining(text)]);
    expect(made.wire).toEqual([]);
  });

  test.each([
    ['401', 401, 'authError', 'UNAUTHENTICATED'],
    ['403-rate', 403, 'rateLimitExceeded', 'PERMISSION_DENIED'],
    ['404', 404, 'notFound', 'NOT_FOUND'],
    ['429', 429, 'rateLimitExceeded', 'RESOURCE_EXHAUSTED'],
    ['503', 503, 'backendError', 'UNAVAILABLE'],
  ] as const)("Google: %s in Google's own form (facts, platform 3.2)", (answer, code, reason, status) => {
    const made = armed({ host: 'gmail.googleapis.com', answer });
    const [given, text] = made.execute('get').result as [number, string];
    const { error } = JSON.parse(text) as { error: { code: number; status: string; errors: { reason: string }[] } };
    expect([given, error.code, error.errors[0].reason, error.status]).toEqual([code, code, reason, status]);
  });

  test('the true answer, cut in the middle', () => {
    const made = armed({ answer: 'truncated', service: 'UrlFetchApp' });
    expect(made.execute('post').result).toEqual([200, '{"path']);
    expect(made.wire).toHaveLength(1);
  });

  test('the success status with an empty body; without the effect where the fault says so (facts, reliability R5)', () => {
    const made = armed({ answer: 'empty', service: 'UrlFetchApp' });
    expect(made.execute('post').result).toEqual([200, '']);
    expect(made.wire).toHaveLength(1);
    made.script.setFaults([{ answer: 'empty', effect: 'none', service: 'UrlFetchApp' }]);
    expect(made.execute('post').result).toEqual([201, '']);
    expect(made.wire).toHaveLength(1);
  });

  test('timeout: an exception after 60 s of virtual time', () => {
    const made = armed({ service: 'UrlFetchApp', answer: 'timeout' });
    expect(made.execute('post')).toMatchObject({ ok: false, error: `Exception: Timeout: ${CRM}/b`, virtualMs: 60_000 });
    expect(made.wire).toEqual([]);
  });

  test('a timeout is longer than a card lives', () => {
    const made = armed({ service: 'UrlFetchApp', answer: 'timeout', effect: 'done' });
    expect(made.execute('post', 'card')).toMatchObject({
      killed: true,
      error: 'Exceeded maximum execution time',
      virtualMs: 30_000,
    });
    expect(made.wire).toHaveLength(1);
  });

  test.each([
    ['dns', 'DNS error: '],
    ['refused', 'Address unavailable: '],
    ['timeout', 'Timeout: '],
  ] as const)(
    'platform 2.4: %s of one request makes the whole fetchAll throw, the others are done',
    (answer, words) => {
      const made = armed({ path: '/2', answer });
      expect(made.execute('three').error).toBe(`Exception: ${words}${CRM}/2`);
      expect(made.wire.map(({ path }) => path)).toEqual(['/1', '/3']);
    },
  );

  test('slow: 30 s more, then the true answer', () => {
    const made = armed({ service: 'UrlFetchApp', answer: 'slow' });
    expect(made.execute('post')).toMatchObject({ ok: true, result: [200, '{"path":"/b"}'], virtualMs: 30_250 });
  });

  test('a 429 of the CRM carries the rate limit, and Retry-After by switch', () => {
    const bundle = `function go() { return UrlFetchApp.fetch('${CRM}/', { muteHttpExceptions: true }).getAllHeaders(); }`;
    const headers = (seconds: number) => {
      const made = runtime(bundle);
      made.set({ crmRetryAfterSeconds: seconds });
      made.script.setFaults([{ service: 'UrlFetchApp', answer: '429' }]);
      return made.execute('go').result;
    };
    expect(headers(0)).toMatchObject({ 'X-Ratelimit-Remaining': '0', 'X-Ratelimit-Interval-Milliseconds': '10000' });
    expect(headers(0)).not.toHaveProperty('Retry-After');
    expect(headers(7)).toMatchObject({ 'Retry-After': '7' });
  });

  test('a refused property write and a refused lock throw, and nothing is written', () => {
    const made = armed({ service: 'PropertiesService', method: 'setProperty', answer: 'refused' });
    expect(made.execute('steps').error).toMatch(/^Exception: You have exceeded the property storage quota/);
    expect(kept(made)).toEqual([]);
    made.script.setFaults([{ service: 'LockService', answer: 'refused' }]);
    expect(() => made.run('LockService.getUserLock().tryLock(1)')).toThrow(
      'There are too many LockService operations against the same script.',
    );
    made.script.setFaults([{ service: 'CacheService', answer: '500' }]);
    expect(() => made.run('CacheService.getUserCache().put("a", "b")')).toThrow('a server error occurred');
    made.script.setFaults([{ service: 'ScriptApp', answer: '503' }]);
    expect(() => made.run('ScriptApp.newTrigger("x").timeBased().after(1).create()')).toThrow(
      'a server error occurred',
    );
    expect(made.script.triggers()).toEqual([]);
  });

  test('a write that is done although it is answered with an error', () => {
    const made = armed({ service: 'PropertiesService', answer: 'refused', effect: 'done' });
    expect(made.execute('steps').ok).toBe(false);
    expect(kept(made)).toEqual(['a']);
  });
});

describe('when the effect comes', () => {
  const paths = ({ wire }: Runtime) => wire.map(({ path }) => path);

  test('a lost answer: done, but the script gets a timeout', () => {
    const made = armed({ service: 'UrlFetchApp', answer: 'timeout', effect: 'done' });
    expect(made.execute('post').ok).toBe(false);
    expect(paths(made)).toEqual(['/b']);
  });

  test('an error answer to a request that was done', () => {
    const made = armed({ service: 'UrlFetchApp', answer: '502', effect: 'done' });
    expect((made.execute('post').result as [number])[0]).toBe(502);
    expect(paths(made)).toEqual(['/b']);
  });

  test('twice: the request is done two times, the script sees the second answer', () => {
    let count = 0;
    const made = runtime(BUNDLE, { answer: () => jsonResponse(++count === 1 ? 201 : 404, {}) });
    made.script.setFaults([{ service: 'UrlFetchApp', effect: 'twice' }]);
    expect((made.execute('post').result as [number])[0]).toBe(404);
    expect(paths(made)).toEqual(['/b', '/b']);
  });

  test('late, in flight when the run died: done so much later, whatever became of the execution', () => {
    const made = armed({ service: 'UrlFetchApp', kill: 'before', effect: 'late', lateMs: 60_000 });
    expect(made.execute('steps').killed).toBe(true);
    expect(paths(made)).toEqual([]);
    const due = made.script.nextDue();
    expect(due).toBe(START + 60_035);
    made.script.settleLate();
    expect(paths(made)).toEqual([]);
    made.clock.now = due ?? 0;
    made.script.settleLate();
    expect(paths(made)).toEqual(['/b']);
    expect(made.wire[0].body.toString()).toBe('x');
    expect(made.script.nextDue()).toBeUndefined();
  });

  test('late with an answer before', () => {
    const made = armed({ service: 'UrlFetchApp', answer: '500', effect: 'late', lateMs: 1000 });
    expect((made.execute('post').result as [number])[0]).toBe(500);
    expect([paths(made), made.script.nextDue()]).toEqual([[], START + 1000]);
  });

  test('late arrives inside a run that goes on, at its moment', () => {
    const times: number[] = [];
    const made = runtime(`${BUNDLE} function on() { post(); Utilities.sleep(5000); post(); }`, {
      answer: () => {
        times.push(made.clock.now - START);
        return jsonResponse(200, {});
      },
    });
    made.script.setFaults([{ service: 'UrlFetchApp', answer: '500', effect: 'late', lateMs: 2000 }]);
    made.execute('on');
    expect(times).toEqual([2000, 5250]);
  });

  test('late of several, in the order of their times', () => {
    const made = armed(
      { path: '/1', answer: '500', effect: 'late', lateMs: 9000 },
      { path: '/3', answer: '500', effect: 'late', lateMs: 1000 },
    );
    made.execute('three');
    made.clock.advance(10_000);
    made.script.settleLate();
    expect(paths(made)).toEqual(['/2', '/3', '/1']);
  });
});

describe('what happens at that moment', () => {
  test('another execution inside the call, before its effect; its calls are logged and counted', () => {
    const made = armed({ nth: 2, runInside: { user: 'colleague@example.com', function: 'inner' } });
    expect(made.execute('steps')).toMatchObject({ ok: true, calls: 3 });
    expect(made.script.scriptProperties()).toEqual({ inner: String(START + 35) });
    expect(made.script.requests(0).map(({ executionId, user, service }) => [executionId, user, service])).toEqual([
      ['x000001', USER, 'PropertiesService'],
      ['x000001', USER, 'UrlFetchApp'],
      ['x000002', 'colleague@example.com', 'PropertiesService'],
      ['x000001', USER, 'PropertiesService'],
    ]);
    expect(made.script.faults().callsSinceArmed).toBe(4);
  });

  test('a kill can strike the inner execution while the outer one lives', () => {
    const made = armed({ nth: 1, runInside: { user: USER, function: 'inner' } }, { nth: 2, kill: 'before' });
    expect(made.execute('steps').result).toBe('done');
    expect(made.script.scriptProperties()).toEqual({});
    expect(made.script.faults().met.map(({ kind }) => kind)).toEqual(['run inside inner', 'kill before']);
  });

  test('an inner execution starts no further one', () => {
    const made = armed({ service: 'PropertiesService', runInside: { user: USER, function: 'steps' }, times: 50 });
    expect(made.execute('steps').ok).toBe(true);
    expect(made.script.faults().met).toHaveLength(2);
  });

  test('the time of an inner execution is time of the outer one', () => {
    const made = runtime(`${BUNDLE} function long() { Utilities.sleep(40000); }`);
    made.script.setFaults([{ nth: 1, runInside: { user: USER, function: 'long' } }]);
    expect(made.execute('steps', 'card')).toMatchObject({ killed: true, error: 'Exceeded maximum execution time' });
    expect(kept(made)).toEqual([]);
  });

  test('something that a person does', () => {
    const made = armed({ path: '/b', act: { gmail: 'trash', user: USER } });
    made.execute('steps');
    expect(made.acts).toEqual([{ gmail: 'trash', user: USER }]);
  });

  test('an act and a kill at one call', () => {
    const made = armed({ nth: 2, act: { gmail: 'spam', user: USER } }, { nth: 2, kill: 'after' });
    expect(made.execute('steps').killed).toBe(true);
    expect([made.acts.length, made.wire.length]).toEqual([1, 1]);
  });
});

describe('what is no fault', () => {
  test.each([
    [{ answer: 'nonsense' }, 'fault 1: answer must be one of'],
    [{ kill: 'during' }, 'fault 1: kill must be one of before, after'],
    [{ effect: 'sometimes', answer: '500' }, 'fault 1: effect must be one of'],
    [{ nth: 0, kill: 'before' }, 'fault 1: nth must be a whole number from 1'],
    [{ nth: 1 }, 'fault 1 does nothing'],
    [{ hots: 'x', kill: 'before' }, 'fault 1: there is no field "hots"'],
    [{ constructor: 'x', kill: 'before' }, 'fault 1: there is no field "constructor"'],
    [{ kill: 'before', lateMs: 5 }, 'lateMs belongs to the effect "late"'],
    [{ runInside: { user: 'a' } }, 'fault 1: runInside must be {user, function}'],
    [{ act: 'trash' }, 'fault 1: act must be an object'],
    ['kill', 'fault 1 must be an object'],
  ])('%j', (fault, message) => {
    const { script } = runtime();
    script.setFaults([{ nth: 1, kill: 'before' }]);
    expect(() => script.setFaults([fault as Fault])).toThrow(message);
    expect(script.faults().armed).toEqual([{ nth: 1, kill: 'before' }]);
  });

  test('a list is needed; an empty one disarms', () => {
    const { script, execute } = runtime(BUNDLE);
    expect(() => script.setFaults({} as Fault[])).toThrow('faults must be a list');
    script.setFaults([{ nth: 1, kill: 'before' }]);
    script.setFaults([]);
    expect(execute('steps').ok).toBe(true);
  });
});

describe('snapshots', () => {
  test('the same beginning gives the same run to the byte, with every state put back', () => {
    const made = armed({ path: '/b', answer: '500', effect: 'late', lateMs: 60_000 }, { nth: 9, kill: 'before' });
    made.run(
      'ScriptApp.newTrigger("x").timeBased().everyHours(1).create(); CacheService.getUserCache().put("k", "v"); PropertiesService.getScriptProperties().setProperty("s", "1")',
    );
    made.execute('steps');
    const state = made.script.snapshot();
    const [now, seed] = [made.clock.now, made.ids.state];
    const goOn = () => {
      made.wire.length = 0;
      const executions = [made.execute('stubborn'), made.execute('steps'), made.execute('inner')];
      made.clock.advance(100_000);
      made.script.settleLate();
      return JSON.stringify([
        executions,
        made.wire.map(({ path }: EmulatedRequest) => path),
        made.script.properties(USER),
        made.script.scriptProperties(),
        made.script.requests(0),
        made.script.logs(0),
        made.script.faults(),
        made.script.triggers(),
        made.script.takeDue(made.clock.now + 4_000_000),
        made.run('return [CacheService.getUserCache().get("k"), Math.random()]'),
      ]);
    };
    const first = goOn();
    made.script.restore(state);
    [made.clock.now, made.ids.state] = [now, seed];
    expect(goOn()).toBe(first);
    made.script.restore(state);
    [made.clock.now, made.ids.state] = [now, seed];
    expect(goOn()).toBe(first);
  });

  test('a snapshot of 400 KB of properties and 20,000 logged calls costs well under a millisecond', () => {
    const { script, run } = runtime();
    run(
      'const store = PropertiesService.getUserProperties(); for (let i = 0; i < 50; i++) store.setProperty("k" + i, "x".repeat(8000)); for (let i = 0; i < 20000; i++) store.getProperty("k0")',
    );
    script.restore(script.snapshot());
    const start = process.cpuUsage();
    for (let i = 0; i < 100; i++) script.restore(script.snapshot());
    expect(process.cpuUsage(start).user / 100).toBeLessThan(1000);
    expect(script.requests(0).length).toBeGreaterThan(20_000);
    expect(script.requests(20_040)).toHaveLength(10);
  });
});

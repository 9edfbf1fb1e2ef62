/** Properties, caches and locks with the limits of facts, platform 2.1 to 2.3. */
import { runtime, USER } from './runtime';

const OTHER = 'colleague@example.com';
const USER_STORE = 'const store = PropertiesService.getUserProperties();';

describe('PropertiesService (facts, platform 2.1)', () => {
  test('texts by key, one store for each user and one for the script', () => {
    const { run } = runtime();
    run(
      `${USER_STORE} store.setProperty('a', '1').setProperty('n', 5); PropertiesService.getScriptProperties().setProperty('s', '2')`,
    );
    const read = `${USER_STORE} return [store.getProperty('a'), store.getProperty('n'), store.getProperty('none'), PropertiesService.getScriptProperties().getProperty('s'), PropertiesService.getDocumentProperties()]`;
    expect(run(read)).toEqual(['1', '5', null, '2', null]);
    expect(run(read, 'editor', OTHER)).toEqual([null, null, null, '2', null]);
  });

  test('getProperties is a copy; keys, removal of one and of all', () => {
    const { run } = runtime();
    expect(
      run(`${USER_STORE} store.setProperties({ a: '1', b: '2' }); const copy = store.getProperties(); copy.a = 'x';
        const before = store.getKeys(); store.deleteProperty('a'); const after = store.getProperties(); store.deleteAllProperties();
        return [copy, before, after, store.getKeys()]`),
    ).toEqual([{ a: 'x', b: '2' }, ['a', 'b'], { b: '2' }, []]);
  });

  test('setProperties may remove all others', () => {
    const { run } = runtime();
    expect(
      run(
        `${USER_STORE} store.setProperty('old', '1'); store.setProperties({ b: '2' }, true); return store.getProperties()`,
      ),
    ).toEqual({ b: '2' });
  });

  test('platform 2.1: a value may have 9 KB, counted in bytes', () => {
    const { run, set } = runtime();
    const write = (value: string) => () => run(`${USER_STORE} store.setProperty('a', ${value})`);
    expect(write('"x".repeat(9216)')).not.toThrow();
    expect(write('"x".repeat(9217)')).toThrow('Exception: Argument too large: value');
    expect(write('"ä".repeat(4609)')).toThrow('Argument too large: value');
    set({ propertyValueUnit: 'characters' });
    expect(write('"ä".repeat(9216)')).not.toThrow();
    set({ propertyValueBytes: 8066 });
    expect(write('"x".repeat(8067)')).toThrow('Argument too large: value');
  });

  test('platform 2.1: a store may have 500 KB with its keys, and a refused write changes nothing', () => {
    const { run, script } = runtime();
    const fill = `${USER_STORE} for (let i = 0; ; i++) try { store.setProperty('key' + i, 'x'.repeat(9000)); } catch (e) { return [i, e.message]; }`;
    expect(run(fill)).toEqual([
      Math.floor(512_000 / 9005),
      'You have exceeded the property storage quota. Please remove some properties and try again.',
    ]);
    expect(Object.keys(script.properties(USER))).toHaveLength(Math.floor(512_000 / 9005));
    // Room that was freed can be used again.
    run(`${USER_STORE} store.deleteProperty('key0'); store.setProperty('other', 'x'.repeat(9000))`);
    expect(script.properties(USER)).toHaveProperty('other');
  });

  test('every key that is read or written is one call', () => {
    const { run, script } = runtime();
    run(
      `${USER_STORE} store.setProperties({ a: '1', b: '2' }); store.getProperties(); store.getKeys(); store.getProperty('a'); store.deleteAllProperties()`,
    );
    expect(script.requests(0).map(({ method, path }) => `${method} ${path ?? ''}`.trim())).toEqual([
      'setProperties a',
      'setProperties b',
      'getProperties a',
      'getProperties b',
      'getKeys',
      'getProperty a',
      'deleteAllProperties',
    ]);
  });

  test('from outside: read, written and removed as stored', () => {
    const { script, run } = runtime();
    script.setProperty(USER, 'a', 'x');
    script.setScriptProperty('s', 'y');
    expect(run(`${USER_STORE} return store.getProperty('a')`)).toBe('x');
    script.setProperty(USER, 'a', undefined);
    expect([script.properties(USER), script.scriptProperties()]).toEqual([{}, { s: 'y' }]);
  });
});

describe('CacheService (facts, platform 2.2)', () => {
  const CACHE = 'const cache = CacheService.getUserCache();';

  test('platform 2.2: an entry is gone after its time, 600 seconds by default, 21,600 at most', () => {
    const { run, clock } = runtime();
    run(
      `${CACHE} cache.put('short', 'a', 10); cache.put('usual', 'b'); cache.put('long', 'c', 999999); cache.putAll({ x: '1', y: '2' }, 10)`,
    );
    const read = `${CACHE} return [cache.get('short'), cache.get('usual'), cache.get('long'), cache.getAll(['x', 'y', 'z'])]`;
    expect(run(read)).toEqual(['a', 'b', 'c', { x: '1', y: '2' }]);
    clock.advance(10_000);
    expect(run(read)).toEqual([null, 'b', 'c', {}]);
    clock.advance(590_000);
    expect(run(read)).toEqual([null, null, 'c', {}]);
    clock.advance(21_600_000);
    expect(run(read)).toEqual([null, null, null, {}]);
  });

  test('platform 2.2: keys to 250 characters, values to 100 KB', () => {
    const { run } = runtime();
    expect(() => run(`${CACHE} cache.put('k'.repeat(251), 'a')`)).toThrow('Argument too large: key');
    expect(() => run(`${CACHE} cache.put('k', 'a'.repeat(102401))`)).toThrow('Argument too large: value');
  });

  test('platform 2.2: over 1,000 items the 900 farthest from expiry stay', () => {
    const { run } = runtime();
    const count = run(`${CACHE} for (let i = 0; i < 1001; i++) cache.put('k' + i, 'v', 100 + i);
      return [cache.get('k0'), cache.get('k100'), cache.get('k101'), cache.get('k1000')]`);
    expect(count).toEqual([null, null, 'v', 'v']);
  });

  test('platform 2.2: expiry is only a suggestion (switch cacheEvictsEarly)', () => {
    const { run, set } = runtime();
    set({ cacheEvictsEarly: true });
    const kept = run(
      `${CACHE} let kept = 0; for (let i = 0; i < 100; i++) { cache.put('k' + i, 'v'); if (cache.get('k' + i)) kept++; } return kept`,
    );
    expect(kept).toBeGreaterThan(20);
    expect(kept).toBeLessThan(80);
  });

  test('removed entries are gone; there is no document cache', () => {
    expect(
      runtime().run(
        `${CACHE} cache.put('a', '1'); cache.put('b', '1'); cache.remove('a'); cache.removeAll(['b']); return [cache.get('a'), cache.get('b'), CacheService.getDocumentCache()]`,
      ),
    ).toEqual([null, null, null]);
  });
});

describe('LockService (facts, platform 2.3)', () => {
  const HOLDER = `
    function hold() { const lock = LockService.getUserLock(); lock.tryLock(0); UrlFetchApp.fetch('https://a.example/'); return lock.hasLock(); }
    function tryIt() { const at = Date.now(); const got = LockService.getUserLock().tryLock(5000); PropertiesService.getScriptProperties().setProperty('seen', got + ' ' + (Date.now() - at)); }
    function waitForIt() { try { LockService.getUserLock().waitLock(2000); } catch (e) { PropertiesService.getScriptProperties().setProperty('seen', e.message); } }
    function tryScript() { PropertiesService.getScriptProperties().setProperty('seen', String(LockService.getScriptLock().tryLock(0))); }`;

  const inside = (user: string, name: string) => {
    const made = runtime(HOLDER);
    made.script.setFaults([{ service: 'UrlFetchApp', runInside: { user, function: name } }]);
    expect(made.execute('hold')).toMatchObject({ ok: true, result: true });
    return made.script.scriptProperties().seen;
  };

  test('platform 2.3: tryLock waits its time and gives false where another execution of the user holds it', () => {
    expect(inside(USER, 'tryIt')).toMatch(/^false 50\d\d$/);
  });

  test('platform 2.3: waitLock throws', () => {
    expect(inside(USER, 'waitForIt')).toBe('Lock timeout: another process was holding the lock for too long.');
  });

  test('platform 2.3: the user lock is of one user, and not the script lock', () => {
    expect(inside(OTHER, 'tryIt')).toMatch(/^true /);
    expect(inside(USER, 'tryScript')).toBe('true');
  });

  test('platform 2.3: the end of an execution frees its lock, a kill and an exception too', () => {
    const { execute, script } = runtime(
      `${HOLDER} function fail() { LockService.getUserLock().waitLock(1); throw new Error('x'); }`,
    );
    const free = () => {
      execute('tryIt');
      return script.scriptProperties().seen.startsWith('true');
    };
    execute('hold');
    expect(free()).toBe(true);
    execute('fail');
    expect(free()).toBe(true);
    script.setFaults([{ service: 'UrlFetchApp', kill: 'before' }]);
    expect(execute('hold').killed).toBe(true);
    expect(free()).toBe(true);
  });

  test('a lock that is held is got again by its own execution, and let go by releaseLock', () => {
    expect(
      runtime().run(
        'const lock = LockService.getUserLock(); return [lock.hasLock(), lock.tryLock(1), LockService.getUserLock().tryLock(1), lock.releaseLock() === undefined && lock.hasLock(), LockService.getDocumentLock()]',
      ),
    ).toEqual([false, true, true, false, null]);
  });
});

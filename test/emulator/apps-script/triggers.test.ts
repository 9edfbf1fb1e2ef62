/** Clock triggers with facts, platform 1.2 to 1.5. */
import { runtime, START, USER, type Runtime } from './runtime';

const HOUR = 3_600_000;
const create = (rest: string) => `return ScriptApp.newTrigger('onSyncTimer').timeBased()${rest}.create().getUniqueId()`;
const FLOOR = 'Exception: The recurrence interval for an Add-on trigger must be at least one hour.';

/** The times at which a recurring trigger fires, from its own records. */
function times({ script, clock }: Runtime, count: number): number[] {
  return Array.from({ length: count }, () => {
    const due = script.nextDue();
    if (due === undefined) throw new Error('nothing is due');
    clock.now = due;
    return script.takeDue(due)[0].at;
  });
}

describe('how often (facts, platform 1.2)', () => {
  test('platform 0.1: in a card a recurring trigger of less than an hour throws and makes no trigger', () => {
    const { run, script } = runtime();
    expect(() => run(create('.everyMinutes(30)'), 'card')).toThrow(FLOOR);
    expect(script.triggers()).toEqual([]);
  });

  test('platform 0.1: a one-shot is accepted in a card', () => {
    const { script } = runtime(
      "function arm() { ScriptApp.newTrigger('onSyncSoon').timeBased().after(5000).create(); }",
    );
    expect(script.execute({ user: USER, function: 'arm', context: 'card' }).ok).toBe(true);
    expect(script.triggers()).toMatchObject([{ user: USER, handler: 'onSyncSoon', at: START + 5000 }]);
    expect(script.triggers()[0].everyMinutes).toBeUndefined();
  });

  test('platform 1.2: where a trigger of less than an hour may be made is open (switch subHourlyTriggers)', () => {
    const allowed = (value: string) =>
      (['card', 'trigger', 'editor'] as const).filter((context) => {
        const { set, script } = runtime(`function arm() { ${create('.everyMinutes(5)')} }`);
        set({ subHourlyTriggers: value });
        script.execute({ user: USER, function: 'arm', context });
        return script.triggers().length === 1;
      });
    expect(allowed('editor')).toEqual(['editor']);
    expect(allowed('trigger')).toEqual(['trigger', 'editor']);
    expect(allowed('always')).toEqual(['card', 'trigger', 'editor']);
    expect(allowed('never')).toEqual([]);
  });

  test('platform 1.2: only 1, 5, 10, 15 and 30 minutes', () => {
    expect(() => runtime().run(create('.everyMinutes(7)'))).toThrow('It must be one of 1, 5, 10, 15 or 30.');
  });

  test('every so many minutes, at exact multiples', () => {
    const made = runtime();
    made.clock.advance(61_000);
    made.run(create('.everyMinutes(5)'));
    expect(made.script.triggers()[0].everyMinutes).toBe(5);
    expect(times(made, 3)).toEqual([START + 300_000, START + 600_000, START + 900_000]);
  });

  test('platform 1.2: hourly at a minute that is chosen once and then stays', () => {
    const made = runtime();
    made.run(create('.everyHours(1)'));
    const [first, second, third] = times(made, 3);
    expect([second - first, third - second]).toEqual([HOUR, HOUR]);
    expect(first - START).toBeLessThanOrEqual(HOUR);
    const minutes = new Set<number>();
    for (let i = 0; i < 15; i++) made.run(create('.everyHours(1)'));
    for (const { at } of made.script.triggers()) minutes.add(at % HOUR);
    expect(minutes.size).toBeGreaterThan(5);
  });

  test('platform 1.2: daily within its hour, in the time zone asked for, over a change of the clocks', () => {
    const made = runtime();
    made.clock.now = Date.UTC(2026, 2, 27, 12);
    made.run(create(".everyDays(1).atHour(9).inTimezone('Europe/Berlin')"));
    const fired = times(made, 4).map((at) => new Date(at).toISOString().slice(5, 13));
    expect(fired).toEqual(['03-28T08', '03-29T07', '03-30T07', '03-31T07']);
  });

  test('what a recurring trigger missed is not made up for', () => {
    const made = runtime();
    made.run(create('.everyMinutes(5)'));
    made.clock.now = START + 3 * HOUR;
    expect(made.script.takeDue(made.clock.now)).toHaveLength(1);
    expect(made.script.takeDue(made.clock.now)).toHaveLength(0);
    expect(made.script.triggers()[0].at).toBe(START + 3 * HOUR + 300_000);
  });
});

describe('counts, lists and removal (facts, platform 1.3, 1.5)', () => {
  test('platform 1.3: 20 triggers a user', () => {
    const { run } = runtime();
    for (let i = 0; i < 20; i++) run(create('.after(1000)'));
    expect(() => run(create('.after(1000)'))).toThrow('This script has too many triggers.');
    expect(() => run(create('.after(1000)'), 'editor', 'colleague@example.com')).not.toThrow();
  });

  test('platform 1.3: how many clock triggers an add-on may have is open (switch clockTriggersPerUser)', () => {
    const { run, set } = runtime();
    set({ clockTriggersPerUser: 1 });
    run(create('.everyHours(1)'));
    expect(() => run(create('.after(1000)'))).toThrow('too many time-based triggers in this document');
  });

  test('platform 1.3: a one-shot that has fired stays in the list until it is deleted, and fires no more', () => {
    const { run, script, clock } = runtime();
    run(create('.after(1000)'));
    clock.advance(1000);
    expect(script.takeDue(clock.now)).toHaveLength(1);
    expect([script.triggers(), script.nextDue()]).toEqual([[], undefined]);
    const list =
      'return ScriptApp.getProjectTriggers().map((t) => t.getHandlerFunction() + t.getEventType() + t.getTriggerSource())';
    expect(run(list)).toEqual(['onSyncTimerCLOCKCLOCK']);
    run('ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t))');
    expect(run(list)).toEqual([]);
  });

  test('platform 1.5: what create gave cannot be deleted in the same execution, the copy from the list can', () => {
    const { run, script } = runtime();
    const made = "const made = ScriptApp.newTrigger('a').timeBased().after(1).create();";
    expect(() => run(`${made} ScriptApp.deleteTrigger(made)`)).toThrow(
      'Unexpected error while getting the method or property deleteTrigger on object ScriptApp.',
    );
    expect(script.triggers()).toHaveLength(1);
    run(`${made} ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t))`);
    expect(script.triggers()).toHaveLength(0);
  });

  test('platform 1.4: other accounts do not see it', () => {
    const { run } = runtime();
    run(create('.after(1000)'));
    expect(run('return ScriptApp.getProjectTriggers().length', 'editor', 'colleague@example.com')).toBe(0);
  });
});

describe('the run of a trigger (facts, platform 1.3, 1.4)', () => {
  test('platform 1.4: its event has the fields of the documentation and no message', () => {
    const { script, execute } = runtime(
      "function arm() { ScriptApp.newTrigger('show').timeBased().everyHours(1).create(); } function show(e) { return [e.authMode === ScriptApp.AuthMode.FULL, e]; }",
    );
    execute('arm');
    const [{ id }] = script.triggers();
    expect(execute('show').result).toEqual([
      true,
      {
        authMode: 'FULL',
        triggerUid: id,
        year: 2026,
        month: 3,
        'day-of-month': 2,
        'day-of-week': 1,
        'week-of-year': 10,
        hour: 8,
        minute: 0,
        second: 0,
        timezone: 'UTC',
      },
    ]);
  });

  test('platform 1.3: after 90 minutes in a day no trigger runs, until 24 hours after the first', () => {
    const { script, execute, clock, run, set } = runtime('function work() { Utilities.sleep(300000); }');
    for (let i = 0; i < 18; i++) expect(execute('work').ok).toBe(true);
    expect(execute('work')).toMatchObject({
      ok: false,
      error: 'Exception: Service using too much computer time for one day',
    });
    expect(run('return 1')).toBe(1);
    set({ accountKind: 'workspace' });
    expect(execute('work').ok).toBe(true);
    set({ accountKind: 'consumer' });
    clock.now = START + 24 * HOUR;
    expect(execute('work').ok).toBe(true);
    expect(script.triggers()).toEqual([]);
  });

  test('platform 2: 30 seconds for a card, 6 minutes otherwise; the end cannot be caught', () => {
    const bundle = `function work() { try { for (;;) { Utilities.sleep(7000); PropertiesService.getUserProperties().setProperty('at', String(Date.now())); } }
      catch (e) { PropertiesService.getUserProperties().setProperty('caught', '1'); return 'caught'; }
      finally { try { PropertiesService.getUserProperties().setProperty('finally', '1'); } catch (e) {} } }`;
    const { execute, script, clock } = runtime(bundle);
    const card = execute('work', 'card');
    expect(card).toMatchObject({
      ok: false,
      killed: true,
      error: 'Exceeded maximum execution time',
      virtualMs: 30_000,
    });
    expect(clock.now).toBe(START + 30_000);
    expect(Object.keys(script.properties(USER))).toEqual(['at']);
    expect(execute('work')).toMatchObject({ killed: true, virtualMs: 360_000 });
    expect(execute('work', 'editor')).toMatchObject({ killed: true, virtualMs: 360_000 });
  });
});

/** What the panel of troubles arms, and how it adds up what a run cost. */
import { readFaults } from '../../../emulator/apps-script/faults/validate';
import type { CallRecord, RunRecord } from '../../../emulator/page/api/trouble';
import { describeFault, faultOf, PRESETS } from '../../../emulator/page/trouble/fault-presets';
import { shortPath, viewRuns } from '../../../emulator/page/trouble/runs';

const user = 'agent@example.com';

describe('troubles', () => {
  test.each(PRESETS.map((preset) => [preset.name, preset] as const))('%s: the emulator takes it', (_, preset) => {
    const fault = faultOf(preset, user, 3);
    expect(readFaults([fault])).toHaveLength(1);
    expect(fault.skip).toBe(preset.atWrite === true ? 2 : undefined);
    expect(describeFault(fault)).not.toMatch(/undefined|\[object/);
  });

  test('the first write lets none pass', () => {
    expect(faultOf(PRESETS[0], user, 1)).not.toHaveProperty('skip');
  });

  test.each([
    [{ nth: 3, kill: 'before' } as const, 'any call · killed before it · call 3'],
    [{ host: 'h.example', answer: '503', forMs: 90_000 }, 'h.example · answered “503” · 2 min left'],
    [
      { service: 'S', method: 'POST', answer: '429', times: 5, skip: 2 },
      'S POST · answered “429” · after 2 more, 5 times',
    ],
  ])('in words: %j', (fault, words) => {
    expect(describeFault(fault)).toBe(words);
  });
});

describe('runs', () => {
  const run = (executionId: string): RunRecord => ({
    executionId,
    user,
    function: 'onSyncTimer',
    context: 'trigger',
    at: 1,
    ok: true,
    virtualMs: 1500,
  });
  const call = (more: Partial<CallRecord>): CallRecord => ({
    seq: 1,
    executionId: 'x1',
    round: 1,
    service: 'UrlFetchApp',
    ...more,
  });

  test('newest first; requests inside a batch count, the batch does not, and units are counted once', () => {
    const calls = [
      call({ service: 'PropertiesService', method: 'getProperty' }),
      call({ units: 42, parts: [call({ units: 40 }), call({ units: 2 })] }),
      call({ host: 'services.leadconnectorhq.com' }),
      call({ round: 2, units: 5 }),
      call({ service: 'PropertiesService', method: 'setProperty' }),
      call({ executionId: 'x2', units: 1 }),
    ];
    const [newest, first] = viewRuns([run('x1'), run('x2')], calls);
    expect(newest).toMatchObject({ requests: 1, units: 1 });
    expect(first).toMatchObject({ requests: 4, units: 47, reads: 1, writes: 1 });
    expect(first.rounds.map(({ number, calls: list }) => [number, list.length])).toEqual([
      [1, 3],
      [2, 1],
    ]);
  });

  test.each([
    ['gmail.googleapis.com', '/gmail/v1/users/me/history?startHistoryId=1', 'Gmail', 'history'],
    ['gmail.googleapis.com', '/upload/gmail/v1/users/me/messages', 'Gmail', 'messages'],
    ['services.leadconnectorhq.com', '/contacts/search', 'CRM', 'contacts/search'],
    ['files.example', '/a/b', 'files.example', 'a/b'],
  ])('%s%s is %s %s', (host, path, service, short) => {
    expect(shortPath(call({ host, path }))).toEqual({ service, path: short });
  });
});

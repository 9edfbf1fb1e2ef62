/** A run cut anywhere: killed before and after each of its calls, and at its writes with answers lost and effects late. */
import type { Fault } from '../../emulator/core/services';
import type { WorldState } from '../../emulator/world/world';
import type { Stage } from './stage';

const KILLS: Fault[] = [{ kill: 'before' }, { kill: 'after' }];
const LOST: Fault[] = [
  { answer: 'timeout', effect: 'done' },
  { answer: '502', effect: 'none' },
  { answer: '500', effect: 'late', lateMs: 5 * 60_000 },
  { kill: 'before', effect: 'late', lateMs: 60_000 },
];

export interface Cuttable {
  readonly at: WorldState;
  readonly calls: readonly string[];
  readonly expected: unknown;
}

/** Runs once uncut, and lets the world come to rest; the stage then stands where the uncut run ended. */
export function uncut(stage: Stage, run: () => void): Cuttable {
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  run();
  const calls = stage.world.appsScript
    .requests(seq)
    .flatMap((call) => call.parts ?? [call])
    .map(({ service, method = '', path = '' }) => `${service} ${method} ${path}`);
  const end = stage.world.snapshot();
  stage.settleDown();
  const expected = sides(stage);
  stage.world.restore(end);
  return { at, calls, expected };
}

/** Every cut that ends otherwise than the uncut run, with what it ended in; none where all is well. */
export function cutEverywhere(stage: Stage, run: () => void, { at, calls, expected }: Cuttable): unknown[] {
  const wrong: unknown[] = [];
  const wanted = JSON.stringify(expected);
  calls.forEach((call, index) => {
    const writes = /UrlFetchApp (post|put|delete)/i.test(call);
    for (const fault of writes ? [...KILLS, ...LOST] : KILLS) {
      stage.world.restore(at);
      stage.world.appsScript.setFaults([{ nth: index + 1, ...fault }]);
      run();
      const { met } = stage.world.appsScript.faults();
      stage.world.appsScript.setFaults([]);
      stage.settleDown();
      const ends = sides(stage);
      if (met.length !== 1 || JSON.stringify(ends) !== wanted) wrong.push({ call, fault, met: met.length, ends });
    }
  });
  return wrong;
}

/** Both sides without the ids that are given out by chance. */
function sides(stage: Stage): unknown {
  const threads = new Map<string, string>();
  const gmail = stage.messages().map((message) => {
    if (!threads.has(message.threadId)) threads.set(message.threadId, `thread ${threads.size}`);
    return [
      threads.get(message.threadId),
      message.header('From'),
      message.header('Subject'),
      message.header('X-Threadlink-Email-Id') === '' ? 'own' : 'copy',
      ...[...message.labels].sort(),
    ].join(' | ');
  });
  const crm = new Map<string, string[]>();
  for (const { threadId, direction, from, subject, body, attachments } of stage.emails()) {
    const email = [direction, from, subject, body, attachments.length].join(' | ');
    crm.set(threadId, [...(crm.get(threadId) ?? []), email]);
  }
  const groups = [...crm.values()].map((emails) => emails.sort().join('\n')).sort();
  return { gmail: gmail.sort(), crm: groups };
}

/**
 * A run that dies anywhere. Each pass of the loop is run once uncut; then again from the same moment with a kill before and
 * after every call it makes, and with the answers that matter most to a write. The world is then left alone until it is
 * quiet, and both sides must be what they are without the cut.
 */
import type { Fault } from '../../emulator/core/services';
import type { WorldState } from '../../emulator/world/world';
import { emptyWorld, Stage } from './stage';

const KILLS: Fault[] = [{ kill: 'before' }, { kill: 'after' }];
/** Lost answers and late effects; only where something is written. */
const LOST: Fault[] = [
  { answer: 'timeout', effect: 'done' },
  { answer: '502', effect: 'none' },
  { answer: '500', effect: 'late', lateMs: 5 * 60_000 },
  { kill: 'before', effect: 'late', lateMs: 60_000 },
];

interface Moment {
  readonly name: string;
  readonly before: (stage: Stage) => void;
}

const MOMENTS: Moment[] = [
  {
    name: 'X4: the first mirror, with an attachment',
    before: (stage) => {
      const attachments = [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }];
      stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>', attachments });
      stage.later(1);
    },
  },
  {
    name: 'X5, T5: the reply joins and is pushed with its attachment, the mirror follows it',
    before: (stage) => {
      stage.contactAnswers('Sounds good.', { attachment: 'notes' });
    },
  },
  {
    name: 'X5: the user’s answer is pushed',
    before: (stage) => {
      stage.later(1);
      stage.userAnswers('Glad to hear it.');
    },
  },
  {
    name: 'X4: a mirror into a known thread, beside a new one',
    before: (stage) => {
      const [first] = stage.emails();
      stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>More</p>', replyTo: { threadId: first.threadId } });
      stage.crmSends({ to: stage.crm.contacts[1].id, subject: 'Another matter', html: '<p>Hi</p>' });
      stage.later(1);
    },
  },
  {
    name: 'T11: what the CRM took in is mirrored into the inbox',
    before: (stage) => {
      stage.world.switches.set({ replyTo: 'crm' });
      stage.crmSends({ subject: 'A third matter', html: '<p>Hi</p>' });
      stage.later(1);
      stage.pass();
      stage.contactAnswers('To the CRM only.');
      stage.later(4);
    },
  },
];

const stage = new Stage(emptyWorld(3)).connect();
stage.world.switches.set({ replyTo: 'user' });
stage.pass();

/** The moments come one after the other: each begins where the one before it ended uncut. */
const starts: { moment: Moment; at: WorldState; calls: string[]; expected: unknown }[] = MOMENTS.map((moment) => {
  moment.before(stage);
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.pass();
  const calls = stage.world.appsScript
    .requests(seq)
    .flatMap((call) => call.parts ?? [call])
    .map(({ service, method = '', path = '' }) => `${service} ${method} ${path}`);
  const end = stage.world.snapshot();
  stage.settleDown();
  const expected = stage.bothSides();
  stage.world.restore(end);
  return { moment, at, calls, expected };
});

function cut(at: WorldState, fault: Fault): unknown {
  stage.world.restore(at);
  stage.world.appsScript.setFaults([fault]);
  stage.pass();
  expect(stage.world.appsScript.faults().met).toHaveLength(1);
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  return stage.bothSides();
}

describe.each(starts)('$moment.name', ({ at, calls, expected }) => {
  test('the uncut run makes calls to cut', () => {
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.some((call) => /UrlFetchApp post/i.test(call))).toBe(true);
  });

  test('killed before and after every call', () => {
    calls.forEach((call, index) => {
      for (const fault of KILLS) {
        expect({ call, fault, ends: cut(at, { nth: index + 1, ...fault }) }).toEqual({ call, fault, ends: expected });
      }
    });
  }, 120_000);

  test('answers lost and effects late at every write', () => {
    calls.forEach((call, index) => {
      if (!/UrlFetchApp (post|put|delete)/i.test(call)) return;
      for (const fault of LOST) {
        expect({ call, fault, ends: cut(at, { nth: index + 1, ...fault }) }).toEqual({ call, fault, ends: expected });
      }
    });
  }, 120_000);
});

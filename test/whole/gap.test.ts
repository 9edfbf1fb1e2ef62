/**
 * Gmail's history does not reach back to the cursor (X8): what came meanwhile is taken up from a listing, once, over as many
 * runs as that takes.
 */
import { answeredStage, userGoesOn } from './scenes';
import { Stage, type GmailMessageSeen } from './stage';
import { labelId, relabel } from './writing';

let stage: Stage;
/** The newest message of the linked thread when nothing ran any more. */
let answered: GmailMessageSeen;

beforeEach(() => {
  stage = answeredStage(8);
  answered = stage.messages().slice(-1)[0];
});

/** Mail of a shop that nobody linked, in as many threads. */
function shopMail(count: number): void {
  for (let number = 0; number < count; number++) {
    const raw = `From: shop@news.example\r\nTo: ${stage.user}\r\nSubject: Offer ${number}\r\nMessage-ID: <n${number}@news.example>\r\n\r\nBuy!\r\n`;
    stage.world.network.send({ from: 'shop@news.example', to: [stage.user], raw: Buffer.from(raw) });
  }
}

/** Nothing runs for so many days. */
function nobodyRuns(days: number): void {
  stage.later(days * 24 * 60);
}

/** The user writes on in the linked thread, whatever else is in the inbox. */
const userWrites = (text: string) => userGoesOn(stage, answered, text);

const inCrm = (text: string) => stage.emails().filter(({ body }) => body.includes(text)).length;

/** Passes until nothing of the gap is left; how many runs that took. */
function catchUp(): number {
  for (let run = 1; run <= 30; run++) {
    const { ok, error } = stage.pass();
    if (!ok) throw new Error(error);
    if (!stage.world.appsScript.properties(stage.user).head.includes('"gap"')) return run;
    stage.later(60);
  }
  throw new Error('the gap has no end');
}

test('X8: what came to a linked thread in two weeks without a run goes to the CRM, once', () => {
  userWrites('The first week.');
  nobodyRuns(8);
  userWrites('The second week.');
  shopMail(30);
  nobodyRuns(8);
  catchUp();
  stage.settleDown();
  expect([inCrm('first week'), inCrm('second week'), inCrm('Sounds good')]).toEqual([1, 1, 1]);
});

test.each([
  ['labelled as logged', 55],
  // Each of them is compared with what the CRM has.
  ['without that label', 200],
])('X1, X8: of a long thread, %s, nothing is logged again after a gap, for at most %i e-mails read', (labels, most) => {
  for (let number = 1; number <= 50; number++) {
    userWrites(`Line ${number}.`);
    stage.later(2);
    if (number % 10 === 0) stage.pass();
  }
  stage.settleDown();
  if (labels === 'without that label') {
    const shown = labelId(stage, 'CRM');
    for (const { id } of stage.messages()) relabel(stage, id, [], [shown]);
    stage.settleDown();
  }
  nobodyRuns(8);
  userWrites('And on it goes.');
  nobodyRuns(8);
  const before = stage.emails().length;
  const seq = stage.lastSeq();
  catchUp();
  stage.settleDown();
  expect(stage.emails().length).toBe(before + 1);
  expect(inCrm('And on it goes')).toBe(1);
  const reads = stage.requestsSince(seq).filter(({ path = '' }) => path.startsWith('/conversations/messages/email/'));
  expect(reads.length).toBeLessThanOrEqual(most);
});

test('X8, T5: after an outage an answer waits for the mail of the CRM that it is to', () => {
  nobodyRuns(8);
  const [, to, others] = stage.crm.contacts;
  for (let number = 1; number <= 60; number++) {
    stage.crmSends({ to: others.id, subject: `Offer ${number}`, html: '<p>Hello</p>' });
    stage.later(1);
  }
  stage.crmSends({ to: to.id, subject: 'Another matter', html: '<p>Hi</p>' });
  const other = new Stage(stage.world);
  Object.assign(other, { contact: to });
  other.contactAnswers('Gladly.');
  nobodyRuns(9);
  catchUp();
  stage.settleDown();
  expect(inCrm('Gladly')).toBe(1);
});

test('X8, T5: an answer that began a thread of its own in the gap is found too', () => {
  stage.crmSends({ to: stage.crm.contacts[1].id, subject: 'Another matter', html: '<p>Hi</p>' });
  stage.later(1);
  stage.pass();
  nobodyRuns(9);
  const other = new Stage(stage.world);
  Object.assign(other, { contact: stage.crm.contacts[1] });
  other.contactAnswers('Late, but here.');
  nobodyRuns(9);
  catchUp();
  stage.settleDown();
  expect(inCrm('Late, but here')).toBe(1);
});

test('X8, X10: 5,000 messages in the gap are carried on over runs, each of them within its time', () => {
  nobodyRuns(9);
  shopMail(2_500);
  userWrites('In the middle.');
  shopMail(2_500);
  nobodyRuns(9);
  userWrites('At the end.');
  const runs = catchUp();
  expect(runs).toBeGreaterThan(1);
  stage.settleDown();
  expect([inCrm('In the middle'), inCrm('At the end'), inCrm('Sounds good')]).toEqual([1, 1, 1]);
  const size = Object.values(stage.world.appsScript.properties(stage.user)).join('').length;
  expect(size).toBeLessThan(40_000);
}, 240_000);

test('X8, X1: cut anywhere while it is taken up, nothing is lost or doubled', () => {
  userWrites('The first week.');
  nobodyRuns(9);
  shopMail(5);
  userWrites('The second week.');
  nobodyRuns(3);
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.pass();
  const calls = stage.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]).length;
  stage.settleDown();
  const expected = stage.bothSides();
  for (let nth = 1; nth <= calls; nth++) {
    for (const kill of ['before', 'after'] as const) {
      stage.world.restore(at);
      stage.world.appsScript.setFaults([{ nth, kill }]);
      stage.pass();
      stage.world.appsScript.setFaults([]);
      stage.settleDown();
      expect({ nth, kill, ends: stage.bothSides() }).toEqual({ nth, kill, ends: expected });
    }
  }
}, 180_000);

test('X8, X5: what was logged just before the history was lost is not logged again by the run after a killed one', () => {
  userWrites('Just before.');
  stage.later(1);
  stage.pass();
  shopMail(3);
  stage.later(1);
  const lost = { path: '/gmail/v1/users/me/history', answer: '404' } as const;
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.world.appsScript.setFaults([lost]);
  stage.pass();
  const calls = stage.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]).length;
  stage.settleDown();
  const expected = stage.bothSides();
  for (let nth = 4; nth <= calls; nth += 2) {
    stage.world.restore(at);
    stage.world.appsScript.setFaults([lost, { nth, kill: 'after' }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    stage.settleDown();
    expect({ nth, ends: stage.bothSides() }).toEqual({ nth, ends: expected });
  }
}, 180_000);

/**
 * A store that lost a part of itself, or all (X, X11): the user is told, and what is lost is found again in both mailboxes,
 * with nothing lost and nothing doubled.
 */
import { connect, updateAddress } from '../../emulator/world/person';
import { openSidebar } from '../../emulator/world/sidebar';
import { answeredStage, beginAnotherMatter } from './scenes';
import type { Stage } from './stage';

let stage: Stage;

beforeEach(() => {
  stage = answeredStage(21);
  beginAnotherMatter(stage);
});

const stored = (): Record<string, string> => stage.world.appsScript.properties(stage.user);
const offer = (): string => stage.emails().find(({ subject }) => subject === 'Our offer for you')?.threadId ?? '';
const inCrm = (text: string) => stage.emails().filter(({ body }) => body.includes(text));

/** The keys of the pages of one shelf, or of all. */
function pageKeys(shelf = ''): string[] {
  return Object.keys(stored()).filter((key) => key.startsWith(`page.${shelf}`));
}

/** Something comes from each side to the thread that was lost, and is where it belongs. */
function expectAlive(): void {
  const before = { messages: stage.messages().length, emails: stage.emails().length };
  stage.userAnswers('Are you still there?');
  stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>More of it</p>', replyTo: { threadId: offer() } });
  stage.later(1);
  stage.pass();
  stage.settleDown();
  expect(inCrm('still there')).toHaveLength(1);
  const copies = stage.messages().filter((message) => message.header('Subject').endsWith('Our offer for you'));
  expect(new Set(copies.map(({ threadId }) => threadId)).size).toBe(1);
  expect(stage.messages()).toHaveLength(before.messages + 2);
  expect(stage.emails()).toHaveLength(before.emails + 2);
}

test.each([
  ['links', 'l'],
  ['items', 'i'],
  ['known e-mails', 'e'],
  ['receipts', 'r'],
  ['everything', ''],
])('X11: pages of %s are lost', (_, shelf) => {
  for (const key of pageKeys(shelf)) stage.world.appsScript.setProperty(stage.user, key, undefined);
  expectAlive();
});

test('X11: a page was edited by hand', () => {
  const [key] = pageKeys('l').slice(-1);
  stage.world.appsScript.setProperty(stage.user, key, stored()[key].replace(/\[/, '{'));
  expectAlive();
});

test('X11: a message that waited when the store of waiting ones was lost still goes', () => {
  stage.userAnswers('Please wait.');
  stage.world.appsScript.setFaults([
    { path: '/conversations/messages/inbound', answer: '503', effect: 'none', times: 3 },
  ]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  expect(inCrm('Please wait')).toHaveLength(0);
  for (const key of pageKeys('i')) stage.world.appsScript.setProperty(stage.user, key, undefined);
  stage.settleDown();
  expect(inCrm('Please wait')).toHaveLength(1);
});

test.each(['i', 'l'])(
  'X11: a message that waited when pages were lost (%s) and the address was changed still goes',
  (shelf) => {
    stage.userAnswers('Please wait.');
    stage.world.appsScript.setFaults([
      { path: '/conversations/messages/inbound', answer: '503', effect: 'none', times: 3 },
    ]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    for (const key of pageKeys(shelf)) stage.world.appsScript.setProperty(stage.user, key, undefined);
    updateAddress(stage.world, stage.user, stage.user);
    stage.settleDown();
    expect(inCrm('Please wait')).toHaveLength(1);
    expectAlive();
  },
);

test('X11: links at rest are lost', () => {
  for (let day = 0; day < 15; day += 3) {
    stage.later(3 * 24 * 60);
    stage.pass();
  }
  stage.crmSends({ to: stage.crm.contacts[2].id, subject: 'A third matter', html: '<p>Hi</p>' });
  stage.later(1);
  stage.pass();
  expect(pageKeys('q').length).toBeGreaterThan(0);
  for (const key of pageKeys('q')) stage.world.appsScript.setProperty(stage.user, key, undefined);
  stage.later(60);
  stage.pass();
  expectAlive();
});

test('X11: the head is gone with the one before it: connecting again finds links and mail of the time between', () => {
  stage.world.appsScript.setProperty(stage.user, 'head', 'x');
  stage.world.appsScript.setProperty(stage.user, 'head.prev', undefined);
  stage.userAnswers('In between.');
  stage.later(60);
  stage.pass();
  expect(JSON.stringify(openSidebar(stage.world, stage.user, { at: 'home' }).cards)).toContain('cannot be read');
  connect(stage.world, { user: stage.user });
  stage.pass();
  stage.settleDown();
  expect(inCrm('In between')).toHaveLength(1);
  expectAlive();
});

test('X: a store that was wiped: connecting again finds the links by the mailbox’s own messages', () => {
  for (const key of Object.keys(stored())) stage.world.appsScript.setProperty(stage.user, key, undefined);
  stage.later(60);
  stage.pass();
  connect(stage.world, { user: stage.user });
  stage.pass();
  expectAlive();
});

test('X, X1: lost pages, and the run that rebuilds them is killed at any call', () => {
  for (const key of pageKeys()) stage.world.appsScript.setProperty(stage.user, key, undefined);
  stage.userAnswers('Are you still there?');
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.pass();
  const calls = stage.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]).length;
  stage.settleDown();
  const expected = stage.bothSides();
  for (let nth = 1; nth <= calls; nth += 2) {
    stage.world.restore(at);
    stage.world.appsScript.setFaults([{ nth, kill: nth % 4 === 1 ? 'before' : 'after' }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    stage.settleDown();
    expect({ nth, ends: stage.bothSides() }).toEqual({ nth, ends: expected });
  }
}, 120_000);

/**
 * Links at rest (X11): a thread in which nothing happened for two weeks is kept in a few characters, and everything that
 * comes to it later goes where it would have gone.
 */
import type { Fault } from '../../emulator/core/services';
import { openSidebar } from '../../emulator/world/sidebar';
import { answeredStage, beginAnotherMatter } from './scenes';
import { Stage } from './stage';

let stage: Stage;

/** Gmail forgets its history after a week: the sync goes on meanwhile. */
function quietDays(days: number): void {
  for (let day = 0; day < days; day += 3) {
    stage.later(3 * 24 * 60);
    stage.pass();
  }
}

/** A thread that the contact answered, at rest since another one began two weeks later. */
function beginResting(): void {
  stage = answeredStage(5);
  quietDays(15);
  beginAnotherMatter(stage);
}

beforeEach(beginResting);

/** Of the pages that the head names. */
function pages(shelf: string): string[] {
  const stored = stage.world.appsScript.properties(stage.user);
  const { pages: named } = JSON.parse(stored.head.slice(7)) as { pages: Record<string, number> };
  return Object.entries(named).flatMap(([name, generation]) =>
    name.startsWith(shelf) ? [stored[`page.${name}.${generation.toString(36)}`]] : [],
  );
}

const opens = (id: string) => openSidebar(stage.world, stage.user, { at: 'thread', id });
const restingCrm = (): string => stage.emails().find(({ subject }) => subject === 'Our offer for you')?.threadId ?? '';
const threadsWith = (subject: string): Set<string> =>
  new Set(
    stage
      .messages()
      .filter((message) => message.header('Subject').replace(/^Re: /, '') === subject)
      .map(({ threadId }) => threadId),
  );

test('X11: it rests, and nothing of it is kept in full', () => {
  expect(pages('q').join('')).not.toBe('');
  expect(pages('l').join('')).not.toContain(restingCrm());
});

test('X11, T2: the contact’s next mail in it is logged in its CRM thread', () => {
  stage.world.network.send({
    from: stage.contact.email,
    to: [stage.user],
    raw: Buffer.from(
      [
        `From: ${stage.contact.email}`,
        `To: ${stage.user}`,
        'Subject: Re: Our offer for you',
        `In-Reply-To: ${
          stage
            .messages()
            .filter((message) => message.header('Subject').includes('offer'))
            .at(-1)
            ?.header('Message-ID') ?? ''
        }`,
        'Message-ID: <late@mail.customer.test>',
        '',
        'One more question.',
        '',
      ].join('\r\n'),
    ),
  });
  stage.later(5);
  stage.pass();
  const logged = stage.emails().filter(({ body }) => body.includes('One more question'));
  expect(logged.map(({ threadId, direction }) => ({ threadId, direction }))).toEqual([
    { threadId: restingCrm(), direction: 'inbound' },
  ]);
});

test('X11, T2: the user’s next mail in it is logged as outbound', () => {
  stage.userAnswers('Are you still there?');
  stage.pass();
  const logged = stage.emails().filter(({ body }) => body.includes('still there'));
  expect(logged.map(({ threadId, direction }) => ({ threadId, direction }))).toEqual([
    { threadId: restingCrm(), direction: 'outbound' },
  ]);
});

test('X11, T2: the CRM’s next mail in it is mirrored into the same Gmail thread', () => {
  const before = threadsWith('Our offer for you');
  stage.crmSends({
    subject: 'Re: Our offer for you',
    html: '<p>Still there?</p>',
    replyTo: { threadId: restingCrm() },
  });
  stage.later(1);
  stage.pass();
  expect(threadsWith('Our offer for you')).toEqual(before);
  expect(stage.messages().filter((message) => message.header('Subject') === 'Re: Our offer for you')).toHaveLength(2);
});

test('T8: a thread that was stopped stays as it is, however quiet it is, with the time from which it was', () => {
  const gmail = [...threadsWith('Our offer for you')][0];
  const { cards } = opens(gmail);
  expect(JSON.stringify(cards)).toContain('thread.stop');
  stage.world.appsScript.setProperty(stage.user, 'cmd.stop', JSON.stringify({ do: 'stop-thread', crm: restingCrm() }));
  stage.later(120);
  stage.pass();
  quietDays(18);
  stage.crmSends({ to: stage.crm.contacts[2].id, subject: 'A third matter', html: '<p>Hi</p>' });
  stage.pass();
  expect(pages('l').join('')).toContain(restingCrm());
  stage.userAnswers('Just between us.');
  stage.pass();
  stage.settleDown();
  expect(stage.emails().filter(({ body }) => body.includes('between us'))).toHaveLength(0);
});

test('G2, X11: opening it in Gmail shows it as synced', () => {
  const gmail = [...threadsWith('Our offer for you')][0];
  opens(gmail);
  expect(pages('l').join('')).toContain(restingCrm());
  expect(pages('q').join('')).toBe('');
});

test('X11: while one side cannot be read the message waits, and goes later', () => {
  const gmail = [...threadsWith('Our offer for you')][0];
  stage.userAnswers('Are you still there?');
  stage.world.appsScript.setFaults([{ path: `/gmail/v1/users/me/threads/${gmail}`, answer: '500', times: 9 }]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  expect(stage.emails().filter(({ body }) => body.includes('still there'))).toHaveLength(1);
});

test('X1, X11: a run killed at any call while the thread wakes loses and doubles nothing', () => {
  stage.userAnswers('Are you still there?');
  stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>More</p>', replyTo: { threadId: restingCrm() } });
  stage.later(1);
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.pass();
  const calls = stage.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]).length;
  stage.settleDown();
  const expected = stage.bothSides();
  for (let nth = 1; nth <= calls; nth++) {
    for (const fault of [{ kill: 'before' }, { kill: 'after' }] satisfies Fault[]) {
      stage.world.restore(at);
      stage.world.appsScript.setFaults([{ nth, ...fault }]);
      stage.pass();
      stage.world.appsScript.setFaults([]);
      stage.settleDown();
      expect({ nth, fault, ends: stage.bothSides() }).toEqual({ nth, fault, ends: expected });
    }
  }
}, 120_000);

test('X11, T4: an answer with another subject, of which Gmail makes a thread of its own, still belongs to it', () => {
  const [named] = stage
    .messages()
    .filter((message) => message.header('Subject').includes('offer'))
    .slice(-1);
  const raw = [
    `From: ${stage.contact.email}`,
    `To: ${stage.user}`,
    'Subject: Something else entirely',
    `In-Reply-To: ${named.header('Message-ID')}`,
    'Message-ID: <other@mail.customer.test>',
    '',
    'By the way.',
    '',
  ].join('\r\n');
  stage.world.network.send({ from: stage.contact.email, to: [stage.user], raw: Buffer.from(raw) });
  stage.later(5);
  stage.pass();
  stage.settleDown();
  const logged = stage.emails().filter(({ body }) => body.includes('By the way'));
  expect(logged.map(({ threadId }) => threadId)).toEqual([restingCrm()]);
});

test('X11, T5: the first answer to a mail of the CRM, whose Message-ID nobody knows, still finds it', () => {
  quietDays(15);
  stage.crmSends({ to: stage.crm.contacts[2].id, subject: 'A third matter', html: '<p>Hi</p>' });
  stage.later(1);
  stage.pass();
  const other = stage.emails().find(({ subject }) => subject === 'Another matter');
  expect(pages('l').join('')).not.toContain(other?.threadId);
  const answering = new Stage(stage.world);
  Object.assign(answering, { contact: stage.crm.contacts[1] });
  answering.contactAnswers('Only now.');
  stage.later(5);
  stage.pass();
  stage.settleDown();
  const logged = stage.emails().filter(({ body }) => body.includes('Only now'));
  expect(logged.map(({ threadId }) => threadId)).toEqual([other?.threadId]);
});

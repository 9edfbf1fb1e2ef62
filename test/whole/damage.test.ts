/**
 * The store is damaged after any step of a day, in every way there is (X, X11): the user is told, what is lost is found again
 * on both sides, and the day ends as it would have: nothing doubled, nothing lost, nothing told to the CRM that was to stay
 * out of it (T8). `DAMAGE_ALL=1` tries all of them; the usual run takes an even share.
 */
import type { WorldState } from '../../emulator/world/world';
import { connect } from '../../emulator/world/person';
import { damagesOf, type Damage, type Stored } from '../simulation/damages';
import { cardText } from './sidebar';
import { AGENT, emptyWorld, Stage } from './stage';

/** One of so many. */
const SHARE = process.env['DAMAGE_ALL'] === undefined ? 7 : 1;

type Step = (stage: Stage) => void;

const stage = new Stage(emptyWorld(31, 0));
const stored = (): Stored => stage.world.appsScript.properties(AGENT);

function pass(minutes = 2): void {
  stage.later(minutes);
  const { ok, error } = stage.pass();
  if (!ok) throw new Error(`a pass failed: ${error ?? ''}`);
}

function threadOf(subject: string): string {
  return stage.emails().find((email) => email.subject === subject)?.threadId ?? '';
}

function command(what: Readonly<Record<string, unknown>>): void {
  stage.world.appsScript.setProperty(AGENT, 'cmd.test', JSON.stringify(what));
  stage.world.run(AGENT, 'onSyncNow');
}

function answerTo(subject: string, text: string): void {
  const to = stage.crm.contacts[1].email;
  const mail = stage.newestOf(to);
  stage.world.network.send({
    from: to,
    to: [AGENT],
    raw: Buffer.from(
      [
        `From: ${to}`,
        `To: ${AGENT}`,
        `Subject: Re: ${subject}`,
        `Message-ID: <${stage.world.ids.hex(12)}@mail.customer.test>`,
        `In-Reply-To: ${mail('Message-ID')}`,
        `References: ${mail('Message-ID')}`,
        `Date: ${new Date(stage.world.clock.now).toUTCString()}`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
        '',
      ].join('\r\n'),
    ),
  });
}

const DAY: Readonly<Record<string, Step>> = {
  'a CRM mail is copied': () => {
    stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
    pass();
  },
  'the contact answers': () => {
    stage.contactAnswers('Sounds good.');
    pass(5);
  },
  'the user answers': () => {
    stage.userAnswers('I am glad.');
    pass();
  },
  'another thread': () => {
    stage.crmSends({ to: stage.crm.contacts[1].id, subject: 'A private matter', html: '<p>Hi</p>' });
    pass();
    answerTo('A private matter', 'Yes, go on.');
    pass(5);
  },
  'it is stopped': () => command({ do: 'stop-thread', crm: threadOf('A private matter') }),
  'an answer that stays private': () => {
    answerTo('A private matter', 'Not for the CRM.');
    pass(5);
  },
  'a push has to wait': () => {
    stage.contactAnswers('One more question.');
    stage.world.appsScript.setFaults([
      { path: '/conversations/messages/inbound', answer: '503', effect: 'none', times: 3 },
    ]);
    pass(5);
    stage.world.appsScript.setFaults([]);
  },
  'it is let go on': () => command({ do: 'resume-thread', crm: threadOf('A private matter') }),
};

/** What comes after all of it, on both sides of both threads. */
function theEvening(): void {
  answerTo('A private matter', 'And this is for it.');
  stage.contactAnswers('Good night.');
  const thread = threadOf('Our offer for you');
  stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>More of it</p>', replyTo: { threadId: thread } });
  pass();
  stage.settleDown();
}

/** Both sides without ids and times: a rebuilding takes some. What the inbox was told of it is no part of them. */
function ends(): unknown {
  const mails = stage.messages().filter((mail) => !mail.header('X-Threadlink-Email-Id').startsWith('notice-'));
  const lineOf = ({ threadId, header, labels }: (typeof mails)[number]): string => {
    const answers = mails.find((other) => other.header('Message-ID') === header('In-Reply-To'));
    return [
      `thread of ${mails.filter((mail) => mail.threadId === threadId).length}`,
      ...['From', 'To', 'Subject'].map(header),
      ...labels.filter((label) => !label.startsWith('Label_')).sort(),
      header('X-Threadlink-Email-Id') === '' ? '' : 'own',
      answers === undefined ? '' : `answers ${answers.header('From')}`,
    ].join(' | ');
  };
  const threads = new Map<string, string[]>();
  for (const { threadId, direction, from, subject, body } of stage.emails()) {
    const line = [direction, from, subject, body].join(' | ');
    threads.set(threadId, [...(threads.get(threadId) ?? []), line]);
  }
  const { drafts } = stage.bothSides() as { drafts: number };
  return {
    gmail: mails.map(lineOf).sort(),
    crm: [...threads.values()].map((lines) => lines.sort().join('\n')).sort(),
    drafts,
  };
}

interface After {
  readonly name: string;
  readonly at: WorldState;
  readonly damages: readonly Damage[];
}

/** The day, once, and everything that could be damaged after each of its steps. */
function wholeDay(): After[] {
  stage.world.switches.set({ replyTo: 'user' });
  stage.connect();
  pass();
  let before: Stored = {};
  return Object.entries(DAY).map(([name, step]) => {
    before = stored();
    step(stage);
    return { name, at: stage.world.snapshot(), damages: damagesOf(stored(), before) };
  });
}

function isConnected(): boolean {
  return !/Connect your CRM|cannot be read/.test(cardText(stage, 'home'));
}

/** Whoever is told that nothing can be read connects again. Gives what is said, in the sidebar and in the inbox. */
function theUserLooks(): string {
  const inbox = stage.messages().map(({ header }) => header('Subject'));
  const shown = [cardText(stage, 'home'), ...inbox].join('\n');
  if (!isConnected()) {
    connect(stage.world, { user: AGENT });
    pass();
    // Where even the exclusions are lost, they are asked what of the time before goes to the CRM.
    command({ do: 'retry' });
  }
  return shown;
}

const afters = wholeDay();
const cases = afters
  .flatMap((after, step) => after.damages.map((hurt) => [`${after.name}: ${hurt.name}`, step, hurt] as const))
  .filter((_, index) => index % SHARE === 0);

const expected = afters.map(({ at }, step) => {
  stage.world.restore(at);
  for (const next of Object.values(DAY).slice(step + 1)) next(stage);
  theEvening();
  return ends();
});

test('X11: the day ends the same wherever it is gone on with', () => {
  expect(new Set(expected.map((end) => JSON.stringify(end))).size).toBe(1);
  expect(JSON.stringify(expected[0])).not.toContain('Not for the CRM');
  expect(JSON.stringify(expected[0])).toContain('And this is for it');
});

test.each(cases)('X11: %s', (_, step, hurt) => {
  stage.world.restore(afters[step].at);
  for (const [key, value] of Object.entries(hurt.does)) stage.world.appsScript.setProperty(AGENT, key, value);
  pass();
  const shown = theUserLooks();
  if (hurt.hurts) expect(shown).toMatch(/unreadable|cannot be read/);
  for (const next of Object.values(DAY).slice(step + 1)) next(stage);
  theEvening();
  expect(ends()).toEqual(expected[step]);
});

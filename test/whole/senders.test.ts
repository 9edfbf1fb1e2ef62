/** Who sends what, from outside: the rows of section R that need more than one e-mail, and what the CRM leaves unclear. */
import { connectedByApp } from './delivering';
import { heldKeys } from './delivery-faults';
import { AGENT, emptyWorld, Stage } from './stage';
import { cardText, clickHome } from './sidebar';

let stage: Stage;
const copies = (address: string) => stage.world.network.received(address)?.length ?? 0;
const sentMessages = () => stage.messages().filter(({ labels }) => labels.includes('SENT'));

function withToken(seed = 5): void {
  stage = new Stage(emptyWorld(seed)).connect();
  stage.pass();
}

function withApp(seed = 5): void {
  stage = connectedByApp(emptyWorld(seed));
  stage.pass();
}

function manyContacts(count: number): { id: string; email: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const email = `reader${index}@many.test`;
    stage.world.network.addMailbox(email, `Reader ${index}`);
    return stage.world.highlevel.addContact({ name: `Reader ${index}`, email });
  });
}

/** Passes as the timer makes them, until everything that came is decided. */
function passes(count: number): void {
  for (let done = 0; done < count; done++) {
    stage.later(5);
    stage.pass();
  }
}

function answer(from: string, text: string): void {
  const mail = stage.newestOf(from);
  const raw = [
    `From: ${from}`,
    `To: ${mail('Reply-To') || mail('From')}`,
    `Subject: Re: ${mail('Subject')}`,
    `Message-ID: <${stage.world.ids.hex(12)}@many.test>`,
    `In-Reply-To: ${mail('Message-ID')}`,
    `References: ${mail('Message-ID')}`,
    '',
    text,
    '',
  ].join('\r\n');
  const [to] = /[\w.+-]+@[\w.-]+/.exec(mail('Reply-To') || mail('From')) ?? [''];
  stage.world.network.send({ from, to: [to], raw: Buffer.from(raw) });
}

describe('R3: a bulk send to many contacts, of which three answer', () => {
  test.each([
    ['user', 500],
    ['crm', 230],
  ] as const)(
    'answers reach the %s: 200 of %i are mirrored, then those that answered',
    (replyTo, count) => {
      withToken();
      stage.world.switches.set({ replyTo });
      const contacts = manyContacts(count);
      stage.crmSends({
        kind: 'bulk',
        from: AGENT,
        to: contacts.map(({ id }) => id),
        subject: 'News of the month',
        html: '<p>News</p>',
      });
      passes(12);
      expect(sentMessages()).toHaveLength(200);
      const mirrored = new Set(sentMessages().map((message) => message.header('To')));
      const silent = contacts.filter(({ email }) => ![...mirrored].some((to) => to.includes(email))).slice(0, 3);
      for (const { email } of silent) answer(email, `Tell me more, says ${email}.`);
      stage.later(4);
      passes(3);
      expect(sentMessages()).toHaveLength(203);
      for (const { email } of silent) {
        const [thread] = stage.messages().filter((message) => message.header('From').includes(email));
        const mails = stage.messages().filter(({ threadId }) => threadId === thread.threadId);
        expect(mails).toHaveLength(2);
        expect(mails.map(({ labels }) => labels.includes('SENT'))).toEqual([true, false]);
      }
      expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(3);
    },
    120_000,
  );
});

test('R7: the CRM’s own Gmail sync is seen: its mail is left, nothing is pushed until the user says that it is off', () => {
  withToken();
  stage.world.switches.set({ replyTo: 'user' });
  stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
  passes(1);
  stage.world.switches.set({ nativeSyncUsers: stage.crmUser });
  stage.crmSends({ to: stage.crm.contacts[1].id, subject: 'By the own sync', html: '<p>Hello</p>' });
  passes(1);
  stage.contactAnswers('Sounds good.');
  passes(2);
  expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(0);
  expect(cardText(stage, 'home')).toContain('The CRM’s own Gmail sync is on');
  stage.world.switches.set({ nativeSyncUsers: '' });
  clickHome(stage, 'ownsync.off');
  passes(1);
  expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(1);
  expect(cardText(stage, 'home')).not.toContain('The CRM’s own Gmail sync is on');
  passes(3);
  expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(1);
});

test('R10: the add-on’s provider is the sub-account’s default: only the user’s own mails go out, the others are warned of', () => {
  withApp();
  stage.world.switches.set({ addOnProviderIsDefault: true });
  const [first, second, third] = stage.crm.contacts;
  stage.crmSends({ to: first.id, subject: 'Mine', html: '<p>x</p>' });
  stage.crmSends({ to: second.id, kind: 'workflow', subject: 'Automatic', html: '<p>x</p>' });
  stage.crmSends({ to: third.id, kind: 'bulk', from: '', subject: 'Bulk without From', html: '<p>x</p>' });
  stage.world.highlevel.send({
    user: stage.crm.users[1].id,
    to: second.id,
    kind: 'individual',
    channel: 'default',
    subject: 'A colleague’s',
    html: '<p>x</p>',
  });
  passes(1);
  stage.settleDown();
  expect([first, second, third].map(({ email }) => copies(email))).toEqual([1, 0, 0]);
  stage.crmSends({ to: second.id, kind: 'workflow', subject: 'Automatic again', html: '<p>x</p>' });
  passes(1);
  expect(cardText(stage, 'home')).toContain('The CRM waits for somebody to send a mail');
});

test('R8: a scheduled e-mail is waited for with growing pauses, and mirrored when it is sent', () => {
  withToken();
  const sent = stage.crmSends({ subject: 'On Friday', html: '<p>x</p>' });
  stage.world.highlevel.track(sent.emailMessageId, 'scheduled');
  passes(3);
  expect(sentMessages()).toHaveLength(0);
  stage.world.highlevel.track(sent.emailMessageId, 'sent');
  stage.settleDown();
  expect(sentMessages()).toHaveLength(1);
});

test('R8: one that failed is left, with its reason', () => {
  withToken();
  const sent = stage.crmSends({ subject: 'To nobody', html: '<p>x</p>' });
  stage.world.highlevel.track(sent.emailMessageId, 'failed', 'no such user');
  passes(2);
  expect(sentMessages()).toHaveLength(0);
  expect(cardText(stage, 'activity')).toContain('the CRM has not sent it, or could not');
});

test('R2: the copy that an SMTP provider leaves in Sent is taken for the mirror', () => {
  withToken();
  stage.world.switches.set({ ownProvider: 'smtp', ownProviderLeavesCopy: true, replyTo: 'user' });
  const first = stage.crmSends({ subject: 'Through Gmail', html: '<p>x</p>' });
  passes(3);
  expect(sentMessages()).toHaveLength(1);
  stage.contactAnswers('Fine.');
  passes(2);
  stage.crmSends({ subject: 'Re: Through Gmail', html: '<p>y</p>', replyTo: first });
  passes(3);
  expect(sentMessages()).toHaveLength(2);
  expect(
    stage
      .emails()
      .map(({ direction }) => direction)
      .sort(),
  ).toEqual(['inbound', 'outbound', 'outbound']);
});

test('R2: an answer that came before the copy was found is not taken for it', () => {
  withToken();
  stage.world.switches.set({ ownProvider: 'smtp', ownProviderLeavesCopy: true, replyTo: 'user' });
  stage.crmSends({ subject: 'Through Gmail', html: '<p>Our offer.</p>' });
  stage.contactAnswers('Tell me more.');
  stage.userAnswers('With pleasure.');
  passes(4);
  expect(sentMessages()).toHaveLength(2);
  expect(
    stage
      .emails()
      .map(({ direction, body }) => `${direction} ${/offer|more|pleasure/.exec(body)?.[0] ?? ''}`)
      .sort(),
  ).toEqual(['inbound more', 'outbound offer', 'outbound pleasure']);
});

test('R2: a copy that the CRM shows only later is not logged as the user’s own mail', () => {
  withToken();
  stage.world.switches.set({ ownProvider: 'smtp', ownProviderLeavesCopy: true, replyTo: 'user', exportLagMs: 90_000 });
  const first = stage.crmSends({ subject: 'Through Gmail', html: '<p>x</p>' });
  passes(3);
  stage.crmSends({ subject: 'Re: Through Gmail', html: '<p>y</p>', replyTo: first });
  stage.pass();
  passes(3);
  expect(sentMessages()).toHaveLength(2);
  expect(stage.emails()).toHaveLength(2);
});

test('R2: an SMTP provider that leaves no copy is mirrored all the same', () => {
  withToken();
  stage.world.switches.set({ ownProvider: 'smtp' });
  stage.crmSends({ subject: 'Through another server', html: '<p>x</p>' });
  passes(2);
  expect(sentMessages()).toHaveLength(1);
});

describe('section R: what the CRM leaves unclear', () => {
  test.each(['name', 'bare', 'upper'] as const)('From in the form %s is the connected address', (fromForm) => {
    withToken();
    stage.world.switches.set({ fromForm });
    stage.crmSends({ subject: 'Our offer for you', html: '<p>x</p>' });
    passes(1);
    expect(sentMessages()).toHaveLength(1);
  });

  test.each([{ omitSource: true }, { omitUserId: true }, { omitSource: true, omitUserId: true }])(
    'with %j',
    (switches) => {
      withToken();
      stage.world.switches.set(switches);
      stage.crmSends({ subject: 'Mine', html: '<p>x</p>' });
      stage.world.highlevel.send({
        user: stage.crm.users[1].id,
        to: stage.crm.contacts[1].id,
        kind: 'individual',
        channel: 'default',
        subject: 'A colleague’s',
        html: '<p>x</p>',
      });
      passes(1);
      stage.settleDown();
      expect(sentMessages().map((message) => message.header('Subject'))).toEqual(['Mine']);
    },
  );

  test.each(['last', 'first'] as const)(
    'a container with mails of two users, whose user is that of the %s',
    (containerUserId) => {
      withToken();
      stage.world.switches.set({ containerUserId });
      const first = stage.crmSends({ subject: 'Mine', html: '<p>x</p>' });
      stage.world.highlevel.send({
        user: stage.crm.users[1].id,
        to: stage.contact.id,
        kind: 'individual',
        channel: 'default',
        subject: 'A colleague’s',
        html: '<p>x</p>',
        replyTo: first,
      });
      passes(1);
      stage.settleDown();
      expect(sentMessages().map((message) => message.header('Subject'))).toEqual(['Mine']);
    },
  );
});

test('section R: Retry in the CRM makes a new e-mail, which is sent only when the user says so', () => {
  withApp();
  const first = stage.crmSends({ channel: 'gmail', subject: 'Our offer for you', html: '<p>x</p>' });
  passes(1);
  stage.world.highlevel.track(first.emailMessageId, 'failed', 'a mistake');
  const again = stage.world.highlevel.retry(first.emailMessageId);
  passes(2);
  expect(copies(stage.contact.email)).toBe(1);
  expect(heldKeys(stage)).toEqual([`e:${again.emailMessageId}`]);
});

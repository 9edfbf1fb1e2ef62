/** The main job, from both sides: a CRM send appears in Gmail, the answer appears in the CRM, and so on, each once. */
import { AGENT, emptyWorld, Stage } from './stage';

let stage: Stage;

beforeEach(() => {
  stage = new Stage(emptyWorld()).connect();
});

const marked = () => stage.messages().filter((message) => message.header('X-Threadlink-Email-Id') !== '');

describe.each(['crm', 'user', 'both'] as const)('the loop, with Reply-To set to %s', (replyTo) => {
  test('T1, T2, T5, T11, M6: every message is once on both sides, in one thread of each, in order', () => {
    stage.world.switches.set({ replyTo });
    const sent = stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello <b>there</b></p>' });
    const sentAt = stage.world.clock.now;
    stage.later(1);
    expect(stage.pass().ok).toBe(true);

    // R2, M6: in Sent, read, with its original date.
    const [mirror] = marked();
    expect(stage.messages()).toHaveLength(1);
    expect(mirror.labels).toContain('SENT');
    expect(mirror.labels).not.toContain('UNREAD');
    expect(Math.floor(mirror.date / 1000)).toBe(Math.floor(sentAt / 1000));
    expect(mirror.header('X-Threadlink-Email-Id')).toBe(sent.emailMessageId);

    stage.later(2);
    stage.contactAnswers('Sounds good.');
    stage.pass();
    stage.later(4);
    stage.pass();
    const inbox = stage.messages().filter(({ labels }) => labels.includes('INBOX'));
    expect(inbox).toHaveLength(1);
    expect(inbox[0].labels).toContain('UNREAD');
    expect(new Set(stage.messages().map(({ threadId }) => threadId)).size).toBe(1);
    expect(stage.emails().map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
    expect(new Set(stage.emails().map(({ threadId }) => threadId))).toEqual(new Set([sent.threadId]));
    expect(stage.emails()[1].body).toContain('Sounds good.');

    stage.userAnswers('Glad to hear it.');
    const before = stage.world.network.received(stage.contact.email)?.length;
    stage.pass();
    // The CRM logs it and sends nothing.
    expect(stage.world.network.received(stage.contact.email)).toHaveLength(before ?? -1);
    expect(stage.emails().map(({ direction, from }) => [direction, from.includes(AGENT)])).toEqual([
      ['outbound', true],
      ['inbound', false],
      ['outbound', true],
    ]);

    stage.later(3);
    const again = stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>One more thing</p>', replyTo: sent });
    stage.later(1);
    stage.pass();
    const messages = stage.messages();
    expect(messages).toHaveLength(4);
    expect(new Set(messages.map(({ threadId }) => threadId)).size).toBe(1);
    const [, , answer, last] = messages;
    expect(last.header('X-Threadlink-Email-Id')).toBe(again.emailMessageId);
    expect(last.header('In-Reply-To')).toBe(answer.header('Message-ID'));
    expect(last.header('References')).toContain(answer.header('Message-ID'));

    const ends = stage.bothSides();
    for (let count = 0; count < 10; count++) {
      stage.later(11);
      stage.pass();
    }
    expect(stage.bothSides()).toEqual(ends);
  });
});

test('T1: a thread that the contact starts is not in the CRM', () => {
  const raw = `From: ${stage.contact.email}\r\nTo: ${AGENT}\r\nSubject: A question of mine\r\nMessage-ID: <q@c.test>\r\n\r\nHello?\r\n`;
  stage.world.network.send({ from: stage.contact.email, to: [AGENT], raw: Buffer.from(raw) });
  stage.pass();
  stage.settleDown();
  expect(stage.emails()).toEqual([]);
});

test('R5: a workflow mail is not in Gmail', () => {
  stage.crmSends({ kind: 'workflow', subject: 'Welcome aboard', html: '<p>Automatic</p>' });
  stage.pass();
  stage.settleDown();
  expect(stage.messages()).toEqual([]);
});

test('R9: what a colleague sends stays out of this mailbox', () => {
  const colleague = stage.crm.users.find(({ email }) => email !== AGENT);
  stage.crmSends({ user: colleague?.id, subject: 'From a colleague', html: '<p>Hi</p>' });
  stage.pass();
  stage.settleDown();
  expect(stage.messages()).toEqual([]);
});

test('R4, R9: bulk mail from another address is left', () => {
  stage.crmSends({ kind: 'bulk', from: 'news@brand.example', subject: 'News of the month', html: '<p>News</p>' });
  stage.pass();
  stage.settleDown();
  expect(stage.messages()).toEqual([]);
});

test('C4: what was there before the connection is not synced', () => {
  const fresh = new Stage(emptyWorld(2));
  fresh.crmSends({ subject: 'Before the connection', html: '<p>Old</p>' });
  fresh.later(5);
  fresh.connect();
  fresh.settleDown();
  expect(fresh.messages()).toEqual([]);
  fresh.crmSends({ subject: 'After the connection', html: '<p>New</p>' });
  fresh.later(1);
  fresh.pass();
  expect(fresh.messages().map((message) => message.header('Subject'))).toEqual(['After the connection']);
});

test('M3: attachments go both ways', () => {
  stage.world.switches.set({ replyTo: 'user' });
  const attachments = [{ name: 'offer.txt', type: 'text/plain', base64: Buffer.from('ten pieces').toString('base64') }];
  stage.crmSends({ subject: 'With a file', html: '<p>See attached</p>', attachments });
  stage.later(1);
  stage.pass();
  const [mirror] = stage.messages();
  const full = stage.gmail('GET', `messages/${mirror.id}?format=full`) as unknown as {
    payload: { parts: { filename: string; body: { attachmentId?: string } }[] };
  };
  const part = full.payload.parts.find(({ filename }) => filename !== '');
  expect(part?.filename).toMatch(/offer.*\.txt/);
  const bytes = stage.gmail('GET', `messages/${mirror.id}/attachments/${part?.body.attachmentId ?? ''}`);
  expect(Buffer.from(String(bytes.data), 'base64url').toString()).toBe('ten pieces');

  stage.later(1);
  stage.contactAnswers('Here are my notes', { attachment: 'twenty pieces' });
  stage.pass();
  const inbound = stage.emails().find(({ direction }) => direction === 'inbound');
  expect(inbound?.attachments).toHaveLength(1);
});

test('M1, M5: the text that a contact writes reaches the CRM as text, not as markup', () => {
  stage.world.switches.set({ replyTo: 'user' });
  stage.crmSends({ subject: 'A plain question', html: '<p>?</p>' });
  stage.later(1);
  stage.pass();
  stage.contactAnswers('if a<b then <script>alert(1)</script>');
  stage.pass();
  const inbound = stage.emails().find(({ direction }) => direction === 'inbound');
  expect(inbound?.body).toContain('a&lt;b');
  expect(inbound?.body).not.toContain('<script');
});

test('C7: after disconnecting the property store is empty, no trigger is left, and nothing is synced', () => {
  stage.disconnect();
  expect(stage.world.appsScript.properties(AGENT)).toEqual({});
  expect(stage.world.appsScript.triggers()).toEqual([]);
  stage.crmSends({ subject: 'After the end', html: '<p>x</p>' });
  stage.later(1);
  stage.pass();
  expect(stage.messages()).toEqual([]);
});

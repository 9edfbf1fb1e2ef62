/** Pending CRM e-mails that Gmail sends: judged by the contact's mailbox, the CRM's status, and what is left of drafts. */
import type { Stage } from './stage';
import { AGENT, emptyWorld } from './stage';
import { shortHash } from '../../src/platform/hash';
import { connectedByApp } from './delivering';
import { heldKeys, press } from './delivery-faults';
import { clickInSidebar } from '../../emulator/world/sidebar';
import { userGoesOn } from './scenes';
import { cardText } from './sidebar';

let stage: Stage;

beforeEach(() => {
  stage = connectedByApp(emptyWorld(7));
  stage.pass();
});

const mailsOf = (address: string) => stage.world.network.received(address) ?? [];
const draftsLeft = () => ((stage.gmail('GET', 'drafts') as { drafts?: unknown[] }).drafts ?? []).length;
const pending = (send: Partial<Parameters<Stage['crmSends']>[0]> & { subject: string }) =>
  stage.crmSends({ channel: 'gmail', html: '<p>Hello <b>there</b></p>', ...send });

test('R1, X3, M6: an individual e-mail is sent once through Gmail, and the CRM shows it as delivered', () => {
  const sent = pending({ subject: 'Our offer for you' });
  expect(sent.status).toBe('pending');
  stage.later(1);
  expect(stage.pass().ok).toBe(true);
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
  const mail = stage.newestOf(stage.contact.email);
  expect(mail('From')).toContain(AGENT);
  expect(mail('Subject')).toBe('Our offer for you');
  expect(stage.statusOf(sent.emailMessageId)).toBe('delivered');
  expect(draftsLeft()).toBe(0);
  const [message] = stage.messages();
  expect(message.labels).toContain('SENT');
  expect(message.labels.some((label) => label.startsWith('Label_'))).toBe(true);
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
  expect(stage.messages()).toHaveLength(1);
  expect(stage.emails()).toHaveLength(1);
});

test('R3: a bulk e-mail in the name of the connected address is sent to each contact', () => {
  const contacts = stage.crm.contacts.slice(0, 3);
  for (const { id } of contacts) pending({ subject: 'News of the month', kind: 'bulk', from: AGENT, to: id });
  stage.later(1);
  stage.pass();
  expect(contacts.map(({ email }) => mailsOf(email).length)).toEqual(contacts.map(() => 1));
});

test('R6: an e-mail that another app handed to the provider in the user’s name is sent', () => {
  pending({ subject: 'By another app', kind: 'api', from: AGENT });
  stage.later(1);
  stage.pass();
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
});

test('T2: the contact’s answer goes to the CRM, and the next e-mail into the same Gmail thread', () => {
  const first = pending({ subject: 'Our offer for you' });
  stage.later(1);
  stage.pass();
  stage.later(1);
  stage.contactAnswers('Sounds good.');
  stage.pass();
  expect(stage.emails().map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  stage.later(1);
  pending({ subject: 'Re: Our offer for you', replyTo: first });
  stage.later(1);
  stage.pass();
  const messages = stage.messages();
  expect(messages).toHaveLength(3);
  expect(new Set(messages.map(({ threadId }) => threadId)).size).toBe(1);
  expect(stage.newestOf(stage.contact.email)('In-Reply-To')).toBe(messages[1].header('Message-ID'));
});

test('X7: what the user writes in a thread does not wait behind an e-mail that Gmail refused to send there', () => {
  const first = pending({ subject: 'Our offer for you' });
  stage.later(1);
  stage.pass();
  pending({ subject: 'Re: Our offer for you', replyTo: first });
  stage.later(1);
  stage.world.appsScript.setFaults([
    { path: '/gmail/v1/users/me/drafts/send', answer: '413', effect: 'none', times: 99 },
  ]);
  stage.pass();
  userGoesOn(stage, stage.messages()[0], 'In my own words.');
  stage.later(1);
  stage.pass();
  expect(stage.emails().filter(({ body }) => body.includes('In my own words'))).toHaveLength(1);
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(3);
  expect(stage.emails()).toHaveLength(3);
});

test('M1, M3: cc and an attachment go with it', () => {
  const attachments = [{ name: 'offer.txt', type: 'text/plain', base64: Buffer.from('ten pieces').toString('base64') }];
  pending({ subject: 'With everything', cc: ['cc@other.test'], attachments });
  stage.later(1);
  stage.pass();
  const raw = mailsOf(stage.contact.email)[0].raw.toString('latin1');
  expect(raw).toContain('cc@other.test');
  expect(raw).toContain(Buffer.from('ten pieces').toString('base64'));
});

test('X3: a status that the CRM does not take yet is set later', () => {
  stage.world.switches.set({ statusReadyAfterMs: 10 * 60_000 });
  const sent = pending({ subject: 'Our offer for you' });
  stage.pass();
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
  expect(stage.statusOf(sent.emailMessageId)).toBe('pending');
  stage.settleDown();
  expect(stage.statusOf(sent.emailMessageId)).toBe('delivered');
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
});

test('R10: a workflow’s e-mail on the add-on’s provider is not sent', () => {
  pending({ subject: 'Automatic', kind: 'workflow' });
  stage.later(1);
  stage.pass();
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(0);
});

test('section R: the same mail again within 24 hours (the CRM’s Retry) is held, not sent', () => {
  pending({ subject: 'Our offer for you' });
  stage.later(1);
  stage.pass();
  pending({ subject: 'Our offer for you' });
  stage.later(1);
  stage.pass();
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(1);
});

test('X: 10 CRM sends are delivered with at most 30 requests in 8 rounds', () => {
  for (let count = 0; count < 10; count++) {
    const to = stage.crm.contacts[count % 3].id;
    pending({ to, subject: `Matter number ${'abcdefghij'[count]}` });
  }
  stage.later(1);
  const seq = stage.lastSeq();
  stage.pass();
  const calls = stage.requestsSince(seq);
  expect(calls.length).toBeLessThanOrEqual(30);
  expect(new Set(calls.map(({ round }) => round)).size).toBeLessThanOrEqual(8);
  const received = stage.crm.contacts.slice(0, 3).map(({ email }) => mailsOf(email).length);
  expect(received.reduce((sum, count) => sum + count, 0)).toBe(10);
});

describe('X9: the sending cap', () => {
  /** As if so many had gone out a moment ago. */
  function sendsSoFar(count: number): void {
    const head = JSON.parse(stage.world.appsScript.properties(AGENT).head.slice(7)) as Record<string, unknown>;
    const text = JSON.stringify({ ...head, sends: [[Math.floor(stage.world.clock.now / 3_600_000), count]] });
    stage.world.appsScript.setProperty(AGENT, 'head', `${shortHash(text, 6)}:${text}`);
  }

  test('stops at 80 % of the account’s limit, says when it goes on, and goes on then', () => {
    sendsSoFar(1599);
    for (const { id, name } of stage.crm.contacts.slice(0, 3)) pending({ subject: `For ${name}`, to: id });
    stage.later(1);
    stage.pass();
    const received = () => stage.crm.contacts.reduce((sum, { email }) => sum + mailsOf(email).length, 0);
    expect(received()).toBe(1);
    expect(cardText(stage, 'home')).toMatch(/daily limit is near: 2 mails go on at /);
    stage.settleDown();
    expect(received()).toBe(1);
    stage.later(25 * 60);
    stage.pass();
    expect(received()).toBe(3);
  });

  test('Gmail’s own limit is waited for in the same way, and nothing is sent twice', () => {
    stage.world.switches.set({ gmailSendsPerDay: 1 });
    pending({ subject: 'One' });
    pending({ subject: 'Two', to: stage.crm.contacts[1].id });
    stage.later(1);
    stage.pass();
    const received = () => stage.crm.contacts.reduce((sum, { email }) => sum + mailsOf(email).length, 0);
    expect(received()).toBe(1);
    expect(cardText(stage, 'home')).toContain('daily limit is near');
    stage.later(25 * 60);
    stage.settleDown();
    expect(received()).toBe(2);
    expect(draftsLeft()).toBe(0);
  });
});

test('S18: what Gmail refuses for good is failed in the CRM, with the reason', () => {
  const sent = pending({ subject: 'Our offer for you' });
  stage.later(1);
  const path = '/gmail/v1/users/me/drafts/send';
  stage.world.appsScript.setFaults([{ path, answer: '413', times: 2 }]);
  stage.pass();
  expect(cardText(stage, 'activity')).toContain('Try again');
  stage.settleDown();
  stage.settleDown();
  stage.world.appsScript.setFaults([]);
  expect(mailsOf(stage.contact.email)).toHaveLength(0);
  expect(stage.statusOf(sent.emailMessageId)).toBe('failed');
  expect(stage.errorOf(sent.emailMessageId)).toContain('too large');
  expect(draftsLeft()).toBe(0);
});

test('X3, X13: two clicks on "Send again" send once more, and "Yes, it was sent" sends nothing', () => {
  pending({ subject: 'Our offer for you' });
  stage.later(1);
  stage.pass();
  const [second, third] = [pending({ subject: 'Our offer for you' }), pending({ subject: 'Our offer for you' })];
  stage.later(1);
  stage.pass();
  expect(heldKeys(stage)).toHaveLength(2);
  press(stage, 'item.again', `e:${second.emailMessageId}`, 2);
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(2);
  press(stage, 'item.sent', `e:${third.emailMessageId}`);
  stage.settleDown();
  expect(mailsOf(stage.contact.email)).toHaveLength(2);
  expect(stage.statusOf(third.emailMessageId)).toBe('delivered');
  expect(heldKeys(stage)).toHaveLength(0);
});

describe('R10, T8: a thread that the user stopped', () => {
  const stop = (): void => {
    const [{ threadId: crm }] = stage.emails();
    clickInSidebar(stage.world, stage.user, { at: 'home' }, { parameters: { do: 'thread.stop', crm } });
  };

  test('sends nothing more, and says that somebody waits for it', () => {
    const replyTo = pending({ subject: 'Our offer for you' });
    stage.later(1);
    stage.pass();
    stop();
    pending({ subject: 'Re: Our offer for you', replyTo });
    stage.later(1);
    stage.pass();
    stage.settleDown();
    expect(mailsOf(stage.contact.email)).toHaveLength(1);
    expect(draftsLeft()).toBe(0);
    expect(cardText(stage, 'home')).toContain('The CRM waits for somebody to send a mail');
  });

  test('still knows what was sent before, whatever the answer to the send was', () => {
    const replyTo = pending({ subject: 'Our offer for you' });
    stage.later(1);
    stage.pass();
    const second = pending({ subject: 'Re: Our offer for you', replyTo });
    stage.later(1);
    stage.world.appsScript.setFaults([{ path: '/gmail/v1/users/me/drafts/send', answer: 'timeout', effect: 'done' }]);
    stage.pass();
    stop();
    stage.settleDown();
    expect(mailsOf(stage.contact.email)).toHaveLength(2);
    expect(stage.statusOf(second.emailMessageId)).toBe('delivered');
  });
});

/** Delivery reports and automatic answers to delivered mail (T9), from Gmail itself and from other hosts. */
import { connectedByApp } from './delivering';
import { emptyWorld, type Stage } from './stage';

let stage: Stage;

beforeEach(() => {
  stage = connectedByApp(emptyWorld(11));
  stage.pass();
});

/** A contact of the CRM whose mailbox behaves so. */
function contactWho(behaves: {
  delivery?: 'takes' | 'refuses' | 'bounces';
  reason?: string;
  autoReply?: string;
}): string {
  const { id, email } = stage.contact;
  stage.world.network.setBehaviour(email, { delivery: 'takes', ...behaves });
  return id;
}

function deliver(to: string, subject = 'Our offer for you'): string {
  const sent = stage.crmSends({ channel: 'gmail', to, subject, html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  return sent.emailMessageId;
}

const errorOf = (id: string): string => stage.errorOf(id);

test('T9: Gmail’s own report sets the e-mail to failed, with what the other server said', () => {
  const id = deliver(contactWho({ delivery: 'refuses', reason: '550 5.1.1 no such user here' }));
  stage.settleDown();
  expect(stage.statusOf(id)).toBe('failed');
  expect(errorOf(id)).toContain('no such user here');
  expect(stage.emails()).toHaveLength(1);
});

test('T9: a report that comes later from the other host, in a thread of its own', () => {
  stage.world.switches.set({ lateBounceReferences: false });
  const id = deliver(contactWho({ delivery: 'bounces', reason: '552 5.2.2 mailbox full' }));
  expect(stage.statusOf(id)).toBe('delivered');
  stage.settleDown();
  expect(stage.statusOf(id)).toBe('failed');
  expect(errorOf(id)).toContain('5.2.2');
  expect(stage.emails()).toHaveLength(1);
});

test('T9: a report that names the mail is no place for the conversation', () => {
  const id = deliver(contactWho({ delivery: 'bounces', reason: '552 5.2.2 mailbox full' }));
  stage.settleDown();
  expect(stage.statusOf(id)).toBe('failed');
  contactWho({ delivery: 'takes' });
  const [first] = stage.messages();
  stage.crmSends({
    channel: 'gmail',
    subject: 'Re: Our offer for you',
    html: '<p>Again</p>',
    replyTo: { threadId: stage.email(id).threadId },
  });
  stage.later(1);
  stage.pass();
  expect(
    stage
      .messages()
      .filter(({ labels }) => labels.includes('SENT'))
      .map(({ threadId }) => threadId),
  ).toEqual([first.threadId, first.threadId]);
});

test('T9: the failed status is set again until it stands', () => {
  const to = contactWho({ delivery: 'refuses', reason: '550 5.1.1 no such user here' });
  const id = deliver(to);
  stage.world.appsScript.setFaults([
    { path: '/conversations/messages/', method: 'PUT', answer: '500', effect: 'none', times: 6 },
  ]);
  stage.settleDown();
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  expect(stage.statusOf(id)).toBe('failed');
});

test('T9: a forged report, for a recipient who was not on the mail, changes nothing', () => {
  const id = deliver(stage.contact.id);
  const raw = [
    'From: Mail Delivery System <mailer-daemon@evil.test>',
    `To: ${stage.user}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'Message-ID: <forged@evil.test>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; evil.test',
    '',
    'Final-Recipient: rfc822; somebody@else.test',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `X-Threadlink-Email-Id: ${id}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
  stage.world.network.send({ from: '', to: [stage.user], raw: Buffer.from(raw) });
  stage.settleDown();
  expect(stage.statusOf(id)).toBe('delivered');
});

test('T9: the report of a mail that was mirrored, which the CRM sent by itself, is told in its thread and sets nothing', () => {
  const sent = stage.crmSends({ subject: 'By the CRM', html: '<p>x</p>' });
  stage.later(1);
  stage.pass();
  const [mirror] = stage.messages();
  const raw = [
    'From: Mail Delivery System <mailer-daemon@customer.test>',
    `To: ${stage.user}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    `In-Reply-To: ${mirror.header('Message-ID')}`,
    'Message-ID: <report@customer.test>',
    `X-Failed-Recipients: ${stage.contact.email}`,
    '',
    'No such user.',
    '',
  ].join('\r\n');
  stage.world.network.send({ from: '', to: [stage.user], raw: Buffer.from(raw) });
  stage.settleDown();
  expect(stage.statusOf(sent.emailMessageId)).not.toBe('failed');
  expect(stage.emails().map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  stage.crmSends({ subject: 'Re: By the CRM', html: '<p>y</p>', replyTo: { threadId: sent.threadId } });
  stage.later(1);
  stage.pass();
  const mirrors = stage.messages().filter(({ labels }) => labels.includes('SENT'));
  expect(mirrors.map(({ threadId }) => threadId)).toEqual([mirror.threadId, mirror.threadId]);
});

test('T9: an automatic answer goes to the CRM like any other, and nothing is sent for it', () => {
  deliver(contactWho({ autoReply: 'I am away until Monday.' }));
  stage.settleDown();
  expect(stage.emails().map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  expect(stage.world.network.received(stage.contact.email)).toHaveLength(1);
});

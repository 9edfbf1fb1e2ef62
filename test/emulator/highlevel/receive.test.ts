/** Replies and bounces that the CRM takes in by itself (facts, highlevel 7, flow B3; 10 V9). */
import { TestCrm } from './world';

function replyAddress(world: TestCrm): string {
  return /conversations\+[0-9a-f]+@[\w.]+/.exec(world.lastRaw())![0];
}

function messageId(world: TestCrm): string {
  return /^Message-ID: (<\S+>)/im.exec(world.lastRaw())![1];
}

function mail(headers: Record<string, string>, body: string): Buffer {
  const head = {
    From: 'Ann Other <ann@outside.example>',
    Subject: 'Re: Offer',
    'Message-ID': '<r1@outside.example>',
    ...headers,
  };
  return Buffer.from(
    `${Object.entries(head)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}\r\n\r\n${body}`,
  );
}

function arrive(world: TestCrm, to: string, raw: Buffer, from = 'ann@outside.example') {
  return world.crm.receive(to, { from, to: [to], raw });
}

test('the CRM hosts its reply, bounce and office addresses, and no others', () => {
  const world = new TestCrm();
  for (const address of [
    'conversations+abc@mail.leadconnector.example',
    'CONVERSATIONS@Mail.LeadConnector.example',
    'bounce+1@mail.leadconnector.example',
    'acme@mail.leadconnector.example',
  ]) {
    expect(world.crm.accepts(address)).toBe(true);
  }
  for (const address of [
    'someone@mail.leadconnector.example',
    'conversations@elsewhere.example',
    'agent@example.com',
    '',
  ]) {
    expect(world.crm.accepts(address)).toBe(false);
  }
});

test('a reply to the reply address is an inbound mail of its thread, whole with its quote', () => {
  const world = new TestCrm();
  const sent = world.write();
  world.clock.advance(60_000);
  const body = 'Yes & <no>\r\n\r\nOn Monday Alex wrote:\r\n> Dear Ann\r\n';
  const delivered = arrive(world, replyAddress(world).toUpperCase(), mail({ To: replyAddress(world) }, body));
  const email = world.email(delivered.id!);
  expect(email).toMatchObject({
    threadId: sent.threadId,
    direction: 'inbound',
    from: 'Ann Other <ann@outside.example>',
    subject: 'Re: Offer',
    replyToMessageId: sent.emailMessageId,
    dateAdded: '2026-03-02T08:01:00.000Z',
  });
  expect(email.body).toContain('Yes &amp; &lt;no&gt;');
  expect(email.body).toContain('&gt; Dear Ann');
  expect(email).not.toHaveProperty('source');
  expect(email).not.toHaveProperty('altId');
  expect(world.get(`/conversations/${sent.conversationId}`).body.unreadCount).toBe(1);
  world.write({ replyTo: { emailMessageId: delivered.id } });
  expect(world.lastRaw()).toContain('In-Reply-To: <r1@outside.example>');
});

test('a reply from another address of the person is matched by the token', () => {
  const world = new TestCrm();
  const sent = world.write();
  const delivered = arrive(world, replyAddress(world), mail({ From: 'ann.private@elsewhere.example' }, 'x'));
  expect(world.email(delivered.id!)).toMatchObject({
    threadId: sent.threadId,
    contactId: world.ann.id,
    from: 'ann.private@elsewhere.example',
  });
});

test('without a token: matched by References of a mail to that contact, else a new container', () => {
  const world = new TestCrm();
  const sent = world.write();
  const known = messageId(world);
  const plain = 'conversations@mail.leadconnector.example';
  const by = arrive(world, plain, mail({ References: `<a@b> ${known}` }, 'x'));
  expect(by.threadId).toBe(sent.threadId);
  const anew = arrive(world, plain, mail({ 'Message-ID': '<r2@outside.example>' }, 'x'));
  expect(anew.threadId).not.toBe(sent.threadId);
  const foreign = arrive(
    world,
    plain,
    mail({ From: 'bob@outside.example', References: known, 'Message-ID': '<r3@outside.example>' }, 'x'),
  );
  expect(foreign.threadId).not.toBe(sent.threadId);
  expect(world.email(foreign.id!).contactId).toBe(world.bob.id);
});

test('the same mail for two addresses of the CRM is stored once', () => {
  const world = new TestCrm();
  world.write();
  const raw = mail({}, 'x');
  expect(arrive(world, replyAddress(world), raw).id).toBeDefined();
  expect(arrive(world, 'conversations@mail.leadconnector.example', raw).id).toBeUndefined();
  expect(world.export().messages[0].meta.email.messageIds).toHaveLength(2);
});

test('a mail from an unknown person is dropped, or makes a contact where the switch says so', () => {
  const world = new TestCrm();
  const raw = mail({ From: '"New, One" <new@outside.example>' }, 'x');
  const to = 'acme@mail.leadconnector.example';
  expect(arrive(world, to, raw).id).toBeUndefined();
  world.switches.unknownSenderCreatesContact = true;
  const delivered = arrive(world, to, raw);
  const contact = world.get(`/contacts/${world.email(delivered.id!).contactId}`).body.contact;
  expect(contact).toMatchObject({ email: 'new@outside.example', name: 'New, One' });
  expect(arrive(world, to, mail({ From: '' }, 'x')).id).toBeUndefined();
});

test('HTML, charsets, encoded headers and attachments come through', () => {
  const world = new TestCrm();
  world.write();
  const body = [
    '--b',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=iso-8859-1',
    '',
    'plain',
    '--inner',
    'Content-Type: text/html; charset=windows-1252',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>Gr=FC=DFe =80 5 and a soft=',
    ' break</p>',
    '--inner--',
    '--b',
    "Content-Type: application/pdf; name*=UTF-8''%C3%9Cbersicht.pdf",
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
    'UERG',
    '--b--',
    '',
  ].join('\r\n');
  const headers = {
    Subject: '=?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?IPCfjok=?=',
    'Content-Type': 'multipart/mixed; boundary="b"',
  };
  const email = world.email(arrive(world, replyAddress(world), mail(headers, body)).id!);
  expect(email.subject).toBe('Grüße 🎉');
  expect(email.body).toBe('<p>Grüße € 5 and a soft break</p>');
  const [address] = email.attachments;
  const file = world.get(`/files/d/${address.split('/').pop()}`).body;
  expect(file).toMatchObject({ filename: 'Übersicht.pdf', content_type: 'application/pdf', size: 3 });
});

test.each([
  ['nothing at all', ''],
  ['headers only', 'From: ann@outside.example'],
  ['a boundary that is not there', 'From: ann@outside.example\nContent-Type: multipart/mixed\n\nx'],
  [
    'an unterminated part',
    'From: ann@outside.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x',
  ],
  ['an unknown charset', 'From: ann@outside.example\nContent-Type: text/plain; charset=klingon\n\n\xff\xfe'],
  [
    'a thousand nested parts',
    `From: ann@outside.example\n${Array.from({ length: 1000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('')}\n\nx`,
  ],
])('broken mail never throws: %s', (_name, raw) => {
  const world = new TestCrm();
  world.write();
  expect(() => arrive(world, replyAddress(world), Buffer.from(raw, 'latin1'))).not.toThrow();
});

test('a bounce of a mail that was sent fails it, with the diagnostic', () => {
  const world = new TestCrm();
  const sent = world.write();
  const report = [
    '--r',
    'Content-Type: text/plain',
    '',
    'Sorry',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.outside.example',
    '',
    'Final-Recipient: rfc822; ann@outside.example',
    'Action: failed',
    'Diagnostic-Code: smtp; 552 5.2.2 mailbox full',
    '--r--',
  ].join('\r\n');
  const headers = {
    From: 'mailer-daemon@outside.example',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
  };
  const delivered = arrive(world, world.sent[0].from, mail(headers, report), '');
  expect(delivered.id).toBeUndefined();
  expect(world.email(sent.emailMessageId)).toMatchObject({
    status: 'failed',
    error: 'ann@outside.example: 552 5.2.2 mailbox full',
  });
  expect(world.export().messages[0].meta.email.messageIds).toHaveLength(1);
});

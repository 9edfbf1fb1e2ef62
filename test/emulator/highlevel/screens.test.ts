/** What the CRM's screens do: own provider, containers, kinds of send, Reply-To (facts, highlevel 5 and 7). */
import PostalMime from 'postal-mime';
import { STORAGE, TestCrm } from './world';

const read = (world: TestCrm) => PostalMime.parse(world.sent[world.sent.length - 1].raw);

test('highlevel 0.1, 0.2: an individual mail is delivered at once; its container holds its id, the mail has no userId', () => {
  const world = new TestCrm();
  const sent = world.write();
  expect(sent.status).toBe('delivered');
  expect(sent.emailMessageId).toMatch(/^[A-Za-z0-9]{20}$/);
  expect(world.sent).toHaveLength(1);
  expect(world.sent[0]?.to).toEqual(['ann@outside.example']);
  const email = world.email(sent.emailMessageId);
  expect(email).toMatchObject({
    id: sent.emailMessageId,
    threadId: sent.threadId,
    source: 'app',
    provider: 'mailgun',
    from: 'Alex Agent <agent@example.com>',
    to: ['ann@outside.example'],
    direction: 'outbound',
    status: 'delivered',
  });
  // Neither who sent it nor any id of RFC 5322 is in it (facts, highlevel 5.3).
  expect(email).not.toHaveProperty('userId');
  expect(JSON.stringify(email)).not.toMatch(/message-?id"?:"?</i);
  const [row] = world.export().messages;
  expect(row).toMatchObject({ id: sent.threadId, messageType: 'TYPE_EMAIL', type: 3, userId: world.agent.id });
  expect(row.meta.email.messageIds).toEqual([sent.emailMessageId]);
});

test('highlevel 5: a new mail makes a new container in the one conversation of the contact; a reply joins its container', () => {
  const world = new TestCrm();
  const first = world.write();
  const second = world.write({ subject: 'Another' });
  expect(second.threadId).not.toBe(first.threadId);
  expect(second.conversationId).toBe(first.conversationId);
  const reply = world.write({ subject: 'Re: Offer', replyTo: { emailMessageId: first.emailMessageId } });
  expect(reply.threadId).toBe(first.threadId);
  expect(world.email(reply.emailMessageId).replyToMessageId).toBe(first.emailMessageId);
  const byConversation = world.write({ replyTo: { conversationId: first.conversationId } });
  expect([first.threadId, second.threadId]).toContain(byConversation.threadId);
});

test('the mail on the wire is whole: headers, both bodies, attachments, threading, and nothing injected', async () => {
  const world = new TestCrm();
  const first = world.write();
  const parent = await read(world);
  world.write({
    subject:
      'Grüße aus 東京 — and a subject that is long enough to need more than one encoded word\r\nBcc: x@evil.example',
    html: '<p>Dear Ann,<br>lots of <b>text</b> – ünïcode 🎉</p>\n<p>.</p>\n' + 'x'.repeat(2000),
    cc: ['cc@outside.example'],
    from: 'Alex "The Agent" <agent@example.com>',
    attachments: [
      { name: 'Überblick, neu.pdf', type: 'application/pdf', base64: Buffer.from('PDF \0\r\n.').toString('base64') },
    ],
    replyTo: { emailMessageId: first.emailMessageId },
  });
  const mail = await read(world);
  expect(mail.from).toMatchObject({ address: 'agent@example.com', name: 'Alex The Agent' });
  expect(mail.to).toMatchObject([{ address: 'ann@outside.example' }]);
  expect(mail.cc).toMatchObject([{ address: 'cc@outside.example' }]);
  expect(mail.bcc ?? []).toEqual([]);
  expect(mail.subject).toBe(
    'Grüße aus 東京 — and a subject that is long enough to need more than one encoded word Bcc: x@evil.example',
  );
  expect(mail.html).toContain('ünïcode 🎉');
  expect(mail.html).toContain('x'.repeat(2000));
  expect(mail.text).toContain('Dear Ann,\nlots of text');
  expect(mail.attachments[0]?.filename).toBe('Überblick, neu.pdf');
  expect(Buffer.from(mail.attachments[0].content as ArrayBuffer).toString()).toBe('PDF \0\r\n.');
  expect(mail.inReplyTo).toBe(parent.messageId);
  expect(mail.references).toBe(parent.messageId);
  expect(mail.messageId).toMatch(/^<[0-9a-f]+@mail\.leadconnector\.example>$/);
  expect(Date.parse(mail.date!)).toBe(world.clock.now);
  for (const line of world.lastRaw().split('\r\n')) expect(line.length).toBeLessThanOrEqual(200);
  expect(world.lastRaw().replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
});

test('attachments are files of the CRM too, named in the mail by address', () => {
  const world = new TestCrm();
  const { emailMessageId } = world.write({ attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }] });
  const [address] = world.email(emailMessageId).attachments;
  expect(world.get(address.slice(`https://${STORAGE}`.length), { host: STORAGE, token: '' }).body).toBe('hi');
});

test.each([
  [
    'crm',
    (to: string[]) => to.length === 1 && /^conversations\+[0-9a-f]{20}@mail\.leadconnector\.example$/.test(to[0]),
  ],
  ['user', (to: string[]) => to.length === 1 && to[0] === 'agent@example.com'],
  ['both', (to: string[]) => to.length === 2 && to[0].startsWith('conversations+') && to[1] === 'agent@example.com'],
])('highlevel 10 V9: Reply-To %s', async (setting, fits) => {
  const world = new TestCrm();
  world.switches.replyTo = setting;
  world.write();
  const addresses = ((await read(world)).replyTo ?? []).map(({ address }) => address ?? '');
  expect({ addresses, fits: fits(addresses) }).toMatchObject({ fits: true });
});

describe('highlevel 7: kinds of send', () => {
  test('bulk: one mail and one container a contact, source bulk_actions', () => {
    const world = new TestCrm();
    const sent = world.write({ kind: 'bulk', to: [world.ann.id, world.bob.id, world.cem.id] });
    expect(sent.others).toHaveLength(2);
    expect(world.sent.map(({ to }) => to)).toEqual([
      ['ann@outside.example'],
      ['bob@outside.example'],
      ['cem@outside.example'],
    ]);
    const all = [sent, ...sent.others!];
    expect(new Set(all.map(({ threadId }) => threadId)).size).toBe(3);
    for (const { emailMessageId } of all) {
      expect(world.email(emailMessageId)).toMatchObject({
        source: 'bulk_actions',
        from: 'Alex Agent <agent@example.com>',
      });
    }
    expect(world.export().messages[0].userId).toBe(world.agent.id);
  });

  test('bulk with a blank From goes out as the location; with another From as that', () => {
    const world = new TestCrm();
    const from = (given: string) => world.email(world.write({ kind: 'bulk', from: given }).emailMessageId).from;
    expect(from('')).toBe('Acme <acme@mail.leadconnector.example>');
    expect(from('news@example.com')).toBe('news@example.com');
    expect(from('colleague@example.com')).toBe('Casey <colleague@example.com>');
  });

  test('a campaign has its own source and message type, which the type filter of the list does not reach', () => {
    const world = new TestCrm();
    world.switches.bulkAsCampaign = true;
    const { conversationId, emailMessageId } = world.write({ kind: 'bulk' });
    expect(world.email(emailMessageId).source).toBe('campaign');
    expect(world.export().messages[0].messageType).toBe('TYPE_CAMPAIGN_EMAIL');
    expect(world.get(`/conversations/${conversationId}/messages?type=TYPE_EMAIL`).body.messages.messages).toEqual([]);
    expect(world.get(`/conversations/${conversationId}/messages`).body.messages.messages).toHaveLength(1);
  });

  test("workflow: the provider's From, no userId unless the switch says so", () => {
    const world = new TestCrm();
    const { emailMessageId } = world.write({ kind: 'workflow' });
    expect(world.email(emailMessageId)).toMatchObject({
      source: 'workflow',
      from: 'Acme <acme@mail.leadconnector.example>',
    });
    expect(world.export().messages[0]).not.toHaveProperty('userId');
    world.switches.workflowUserId = true;
    world.clock.advance(1000);
    world.write({ kind: 'workflow' });
    expect(world.export().messages[0].userId).toBe(world.agent.id);
  });

  test("a user whose own Gmail sync is on sends through it: provider, the user's Message-ID, no CRM Reply-To", async () => {
    const world = new TestCrm();
    world.switches.nativeSyncUsers = `${world.colleague.id}, ${world.agent.id}`;
    expect(world.email(world.write().emailMessageId).provider).toBe('Leadconnector Gmail');
    const mail = await read(world);
    expect(mail.replyTo ?? []).toEqual([]);
    expect(mail.messageId).toMatch(/@mail\.gmail\.com>$/);
    expect(world.sent[0]?.from).toBe('agent@example.com');
    expect(world.email(world.write({ kind: 'workflow' }).emailMessageId).provider).toBe('mailgun');
  });

  test("where the add-on's provider is the default every kind stays pending on it", () => {
    const world = new TestCrm();
    world.connectApp();
    world.switches.addOnProviderIsDefault = true;
    for (const kind of ['individual', 'bulk', 'workflow', 'api'] as const) {
      const { emailMessageId, status } = world.write({ kind });
      expect(status).toBe('pending');
      expect(world.email(emailMessageId)).toMatchObject({
        provider: 'custom',
        conversationProviderId: world.crm.app().providerId,
      });
    }
    expect(world.sent).toEqual([]);
  });
});

test('highlevel 7: the container shows the user of its last mail, or of its first', () => {
  for (const which of ['last', 'first']) {
    const world = new TestCrm();
    world.switches.containerUserId = which;
    const { threadId } = world.write();
    world.write({ user: world.colleague.id, replyTo: { threadId } });
    expect(world.export().messages[0].userId).toBe(which === 'last' ? world.colleague.id : world.agent.id);
  }
});

test('a refused recipient fails the mail with the reason; a refused Cc does not', () => {
  const world = new TestCrm();
  world.refusals.set('ann@outside.example', '550 5.1.1 no such user');
  const failed = world.write();
  expect(failed.status).toBe('failed');
  expect(world.email(failed.emailMessageId).error).toBe('ann@outside.example: 550 5.1.1 no such user');
  expect(world.export().messages[0]).toMatchObject({ status: 'failed', error: expect.stringContaining('550') });
  expect(world.write({ to: world.bob.id, cc: ['ann@outside.example'] }).status).toBe('delivered');
});

test('sent becomes delivered after a while where the switch says so', () => {
  const world = new TestCrm();
  world.switches.deliveredAfterMs = 5000;
  const { emailMessageId, status } = world.write();
  expect(status).toBe('sent');
  world.clock.advance(4999);
  expect(world.email(emailMessageId).status).toBe('sent');
  world.clock.advance(1);
  expect(world.email(emailMessageId).status).toBe('delivered');
});

test.each([
  ['bare', 'agent@example.com'],
  ['upper', 'Alex Agent <AGENT@EXAMPLE.COM>'],
])('the From of a mail in the form %s', (form, from) => {
  const world = new TestCrm();
  world.switches.fromForm = form;
  expect(world.email(world.write().emailMessageId).from).toBe(from);
});

test.each([
  ['the add-on is not connected', { channel: 'gmail' as const }, /provider/],
  ['the user is unknown', { user: 'nobody' }, /user/],
  ['the contact is unknown', { to: 'nobody' }, /contact/],
  ['there is no contact', { to: [] }, /contact/],
  ['the mail answered is unknown', { replyTo: { emailMessageId: 'nothing' } }, /answer/],
])('a send is refused in words, and nothing is stored, when %s', (_name, more, words) => {
  const world = new TestCrm();
  expect(() => world.write(more)).toThrow(words);
  expect(world.sent).toEqual([]);
  expect(world.export().total).toBe(0);
});

describe('what happens to mails later', () => {
  test('reliability S15: Retry makes a new mail with a new id in the same container, and the failed one is gone', () => {
    const world = new TestCrm();
    world.refusals.set('ann@outside.example', 'full');
    const failed = world.write({ cc: ['cc@outside.example'] });
    world.refusals.clear();
    const again = world.crm.retry(failed.emailMessageId);
    expect(again).toMatchObject({ threadId: failed.threadId, status: 'delivered' });
    expect(again.emailMessageId).not.toBe(failed.emailMessageId);
    expect(world.export().messages[0].meta.email.messageIds).toEqual([again.emailMessageId]);
    expect(world.get(`/conversations/messages/email/${failed.emailMessageId}`).status).toBe(404);
    expect(world.email(again.emailMessageId)).toMatchObject({
      subject: 'Offer',
      cc: ['cc@outside.example'],
      source: 'app',
    });
    expect(() => world.crm.retry(again.emailMessageId)).toThrow(/failed/);
  });

  test("reliability S15: a failed mail of the add-on's provider is pending again", () => {
    const world = new TestCrm();
    world.connectApp();
    const { emailMessageId } = world.write({ channel: 'gmail' });
    world.crm.track(emailMessageId, 'failed');
    expect(world.crm.retry(emailMessageId).status).toBe('pending');
    expect(world.sent).toEqual([]);
  });

  test('highlevel 10 R6: merged contacts: the containers move to the other conversation, the mails with them', () => {
    const world = new TestCrm();
    const toAnn = world.write();
    const toBob = world.write({ to: world.bob.id });
    world.clock.advance(1000);
    world.crm.mergeContacts(world.ann.id, world.bob.id);
    expect(world.email(toBob.emailMessageId)).toMatchObject({
      contactId: world.ann.id,
      conversationId: toAnn.conversationId,
    });
    const rows = world.get(`/conversations/${toAnn.conversationId}/messages`).body.messages.messages;
    expect(rows).toHaveLength(2);
    expect(world.export('&sortBy=updatedAt').messages[0]).toMatchObject({
      id: toBob.threadId,
      contactId: world.ann.id,
    });
    expect(world.get(`/contacts/${world.bob.id}`).status).toBe(400);
    expect(world.get(`/conversations/${toBob.conversationId}`).status).toBe(400);
    expect(world.write({ replyTo: { threadId: toBob.threadId } }).conversationId).toBe(toAnn.conversationId);
  });

  test('highlevel 10 R6: no order of the ids in a container is promised', () => {
    const world = new TestCrm();
    const first = world.write();
    const second = world.write({ replyTo: { threadId: first.threadId } });
    world.switches.messageIdsOrder = 'newest-first';
    expect(world.export().messages[0].meta.email.messageIds).toEqual([second.emailMessageId, first.emailMessageId]);
  });
});

test("highlevel 8, spec R2: the CRM's own sync and an SMTP provider through Gmail leave a copy in Sent, others none", () => {
  const world = new TestCrm();
  world.write();
  expect(world.copies).toEqual([]);
  world.switches.ownProviderLeavesCopy = true;
  world.write();
  world.switches.ownProviderLeavesCopy = false;
  world.switches.nativeSyncUsers = world.agent.id;
  world.write();
  expect(world.copies.map(({ address }) => address)).toEqual(['agent@example.com', 'agent@example.com']);
  expect(world.copies[1].raw).toEqual(world.sent[2].raw);
});

/** What the CRM's screens do: own provider, containers, Reply-To, replies taken in (facts, highlevel 5 and 7). */
import { TestCrm } from './world';

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
  expect(email).not.toHaveProperty('userId');
  expect(JSON.stringify(email)).not.toContain('Message-ID');
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
  const messageIdOfFirst = /Message-ID: (<\S+>)/.exec((world.sent[0]?.raw ?? '').toString())?.[1] as string;
  expect(world.lastRaw()).toContain(`In-Reply-To: ${messageIdOfFirst}`);
});

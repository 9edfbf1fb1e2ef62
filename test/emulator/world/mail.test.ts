/** Mail between the three services and people on none of them, through the network. */
import PostalMime from 'postal-mime';
import { control } from '../../../emulator/control/control';
import { askGmail } from '../../../emulator/world/ask-gmail';
import type { World } from '../../../emulator/world/world';
import { tinyWorld } from './tiny-add-on';

const user = 'agent@example.com';
const contact = 'ana.pereira@lisbon.example';

function sendFromCrm(world: World, more: Record<string, unknown> = {}) {
  const { users, contacts } = world.highlevel.describe();
  return world.highlevel.send({
    user: users[0].id,
    to: contacts[0].id,
    kind: 'individual',
    channel: 'default',
    subject: 'Offer',
    html: '<p>Hello</p>',
    ...more,
  });
}

function sendFromGmail(world: World, to: string) {
  const raw = Buffer.from(`From: ${user}\r\nTo: ${to}\r\nSubject: Offer\r\n\r\nHello\r\n`).toString('base64url');
  const response = world.request({
    method: 'POST',
    host: 'gmail.googleapis.com',
    path: '/gmail/v1/users/me/messages/send',
    headers: {
      authorization: `Bearer ${world.gmail.token(user, ['https://mail.google.com/'])}`,
      'content-type': 'application/json',
    },
    body: Buffer.from(JSON.stringify({ raw })),
  });
  expect(response.status).toBe(200);
  return JSON.parse(response.body.toString()) as { id: string; threadId: string };
}

const newest = (world: World) => PostalMime.parse(world.network.received(contact)!.at(-1)!.raw);

/** The contact answers to where the mail asks for it. */
async function answer(world: World) {
  const mail = await newest(world);
  const to = (mail.replyTo ?? [mail.from!]).map(({ address }) => address!);
  const raw = Buffer.from(
    `From: ${contact}\r\nTo: ${to.join(', ')}\r\nSubject: Re: ${mail.subject}\r\nMessage-ID: <answer@lisbon.example>\r\n` +
      `In-Reply-To: ${mail.messageId}\r\nReferences: ${mail.messageId}\r\n\r\nYes\r\n`,
  );
  const delivery = world.network.send({ from: contact, to, raw });
  expect(delivery.refused).toEqual([]);
  return delivery.delivered;
}

function crm(world: World, path: string) {
  const response = world.request({
    method: 'GET',
    host: 'services.leadconnectorhq.com',
    path,
    headers: {
      authorization: `Bearer ${world.highlevel.describe().token}`,
      version: '2021-04-15',
      accept: 'application/json',
    },
    body: Buffer.alloc(0),
  });
  expect(response.status).toBe(200);
  return JSON.parse(response.body.toString());
}

const threadOfInbox = (world: World) =>
  askGmail(world, user, 'messages?labelIds=INBOX') as { messages?: { id: string; threadId: string }[] };
const behave = (world: World, body: object) => {
  const bytes = Buffer.from(JSON.stringify({ address: contact, ...body }));
  expect(control(world, { method: 'PUT', path: 'mailbox', body: bytes }).status).toBe(200);
};

test.each([
  ['crm', 1, 0],
  ['user', 0, 1],
  ['both', 1, 1],
])('an answer to the CRM goes where Reply-To says: %s', async (replyTo, inCrm, inGmail) => {
  const world = tinyWorld();
  world.switches.set({ replyTo });
  const sent = sendFromCrm(world);
  await answer(world);
  const { meta } =
    crm(world, `/conversations/messages/${sent.threadId}`).message ??
    crm(world, `/conversations/messages/${sent.threadId}`);
  expect(meta.email.messageIds).toHaveLength(1 + inCrm);
  expect(threadOfInbox(world).messages ?? []).toHaveLength(inGmail);
});

test('an answer to Gmail comes into the thread', async () => {
  const world = tinyWorld();
  const sent = sendFromGmail(world, contact);
  await answer(world);
  expect(threadOfInbox(world).messages).toEqual([expect.objectContaining({ threadId: sent.threadId })]);
});

describe('T9: reports', () => {
  test('a refusal comes back to Gmail in the thread, as a delivery report', () => {
    const world = tinyWorld();
    const sent = sendFromGmail(world, 'nobody@lisbon.example');
    const [{ id, threadId }] = threadOfInbox(world).messages!;
    expect(threadId).toBe(sent.threadId);
    const { raw } = askGmail(world, user, `messages/${id}?format=raw`) as { raw: string };
    const text = Buffer.from(raw, 'base64url').toString();
    expect(text).toContain('multipart/report');
    expect(text).toMatch(/^Final-Recipient: rfc822;\s*nobody@lisbon.example/m);
  });

  test('a late bounce comes back to Gmail, and makes the CRM’s mail failed', () => {
    const world = tinyWorld();
    behave(world, { delivery: 'bounces', reason: '550 5.1.1 no such user' });
    sendFromGmail(world, contact);
    const sent = sendFromCrm(world);
    world.advance(10_000);
    expect(threadOfInbox(world).messages).toHaveLength(1);
    expect(crm(world, `/conversations/messages/email/${sent.emailMessageId}`).emailMessage.status).toBe('failed');
  });

  test('a refusal makes the CRM’s mail failed at once', () => {
    const world = tinyWorld();
    behave(world, { delivery: 'refuses', reason: '552 5.2.2 mailbox full' });
    const sent = sendFromCrm(world);
    const { emailMessage } = crm(world, `/conversations/messages/email/${sent.emailMessageId}`);
    expect(emailMessage).toMatchObject({ status: 'failed', error: expect.stringContaining('mailbox full') });
  });

  test('an auto-reply comes into the inbox, marked, and is not answered', () => {
    const world = tinyWorld();
    behave(world, { autoReply: 'Away.' });
    sendFromGmail(world, contact);
    sendFromGmail(world, contact);
    world.advance(10_000);
    expect(threadOfInbox(world).messages).toHaveLength(1);
    expect(world.network.received(contact)).toHaveLength(2);
  });
});

test('mail between two Google accounts arrives once, with the Message-ID that Gmail gave it', () => {
  const world = tinyWorld();
  const sent = sendFromGmail(world, 'Colleague@example.com');
  const listed = askGmail(world, 'colleague@example.com', 'messages?labelIds=INBOX') as { messages: { id: string }[] };
  expect(listed.messages).toHaveLength(1);
  const id = (account: string, message: string) =>
    (
      askGmail(world, account, `messages/${message}?format=metadata&metadataHeaders=Message-ID`) as {
        payload: { headers: { name: string; value: string }[] };
      }
    ).payload.headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  expect(id('colleague@example.com', listed.messages[0].id)).toBe(id(user, sent.id));
});

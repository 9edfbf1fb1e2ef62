/** The services' own clients, unchanged, against the face: what they accept is what the real services would give. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HighLevel } from '@gohighlevel/api-client';
import { auth, gmail, type gmail_v1 } from '@googleapis/gmail';
import PostalMime from 'postal-mime';
import { createServer } from '../../../emulator/server/server';
import type { World } from '../../../emulator/world/world';
import { tinyWorld } from '../world/tiny-add-on';

const user = 'agent@example.com';
const me = 'me';
/** Its usual one is loaded with a dynamic import, which jest does not let it do. */
const NODE_FETCH = { fetchImplementation: fetch };
let world: World;
let server: Server;
let base: string;

beforeAll(async () => {
  world = tinyWorld();
  server = createServer(world, new Map());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe("Google's own client", () => {
  let client: gmail_v1.Gmail;
  beforeAll(() => {
    const authorization = new auth.OAuth2();
    authorization.setCredentials({ access_token: world.gmail.token(user, ['https://mail.google.com/']) });
    client = gmail({ version: 'v1', auth: authorization, rootUrl: `${base}/`, ...NODE_FETCH });
  });
  const raw = (subject: string, text = 'x') =>
    Buffer.from(`From: ${user}\r\nTo: ana.pereira@lisbon.example\r\nSubject: ${subject}\r\n\r\n${text}\r\n`);

  test('sends, reads, labels, lists, and follows history', async () => {
    const profile = await client.users.getProfile({ userId: me });
    expect(profile.data.emailAddress).toBe(user);
    const sent = await client.users.messages.send({
      userId: me,
      requestBody: { raw: raw('Hi').toString('base64url') },
    });
    const read = await client.users.messages.get({ userId: me, id: sent.data.id!, format: 'full' });
    expect(read.data.payload?.headers).toContainEqual({ name: 'Subject', value: 'Hi' });
    const label = await client.users.labels.create({ userId: me, requestBody: { name: 'Mine' } });
    await client.users.messages.modify({
      userId: me,
      id: sent.data.id!,
      requestBody: { addLabelIds: [label.data.id!] },
    });
    const listed = await client.users.messages.list({ userId: me, labelIds: [label.data.id!] });
    expect(listed.data.messages?.map(({ id }) => id)).toEqual([sent.data.id]);
    const history = await client.users.history.list({ userId: me, startHistoryId: profile.data.historyId! });
    expect(
      history.data.history?.flatMap(({ messagesAdded = [] }) => messagesAdded.map(({ message }) => message?.id)),
    ).toEqual([sent.data.id]);
    expect(world.network.received('ana.pereira@lisbon.example')).toHaveLength(1);
  });

  test('uploads a mail of several megabytes as it is, and gets it back', async () => {
    const mail = raw('Large', 'line of text\r\n'.repeat(300_000));
    const inserted = await client.users.messages.insert(
      {
        userId: me,
        requestBody: { labelIds: ['INBOX'] },
        media: { mimeType: 'message/rfc822', body: mail.toString() },
      },
      // Uploads take it from the call alone.
      { rootUrl: `${base}/`, ...NODE_FETCH },
    );
    const { data } = await client.users.messages.get({ userId: me, id: inserted.data.id!, format: 'raw' });
    expect(Buffer.from(data.raw!, 'base64url').equals(mail)).toBe(true);
  });

  test('makes, sends and misses drafts', async () => {
    const draft = await client.users.drafts.create({
      userId: me,
      requestBody: { message: { raw: raw('Draft').toString('base64url') } },
    });
    const sent = await client.users.drafts.send({ userId: me, requestBody: { id: draft.data.id } });
    expect(sent.data.labelIds).toContain('SENT');
    await expect(client.users.drafts.get({ userId: me, id: draft.data.id! })).rejects.toMatchObject({ status: 404 });
  });

  test('throws its own error for a token that is no longer good', async () => {
    const refused = new auth.OAuth2();
    refused.setCredentials({ access_token: 'ya29.nonsense' });
    const stranger = gmail({ version: 'v1', auth: refused, rootUrl: `${base}/`, ...NODE_FETCH });
    await expect(stranger.users.getProfile({ userId: me })).rejects.toMatchObject({ status: 401 });
  });
});

describe("HighLevel's own client", () => {
  let client: HighLevel;
  beforeAll(() => {
    client = new HighLevel({ privateIntegrationToken: world.highlevel.describe().token, logLevel: 'none' });
    // The only way to point it elsewhere (facts, highlevel 9).
    client.getHttpClient().defaults.baseURL = `${base}/services.leadconnectorhq.com`;
  });

  test('reads the location, a contact and a mail, and logs one', async () => {
    const { locationId, users, contacts } = world.highlevel.describe();
    const location = await client.locations.getLocation({ locationId });
    expect(location.location?.id).toBe(locationId);
    const contact = await client.contacts.getContact({ contactId: contacts[0].id });
    expect(contact.contact?.email).toBe(contacts[0].email);
    const sent = world.highlevel.send({
      user: users[0].id,
      to: contacts[0].id,
      kind: 'individual',
      channel: 'default',
      subject: 'Offer',
      html: '<p>Hello</p>',
    });
    const read: unknown = await client.conversations.getEmailById({ id: sent.emailMessageId });
    expect(read).toMatchObject({
      emailMessage: { id: sent.emailMessageId, threadId: sent.threadId, subject: 'Offer' },
    });
    const logged: unknown = await client.conversations.addAnInboundMessage({
      type: 'Email',
      conversationId: sent.conversationId,
      html: '<p>Answer</p>',
      subject: 'Re: Offer',
      emailMessageId: sent.emailMessageId,
      emailFrom: contacts[0].email,
      emailTo: user,
      direction: 'inbound',
    } as unknown as Parameters<typeof client.conversations.addAnInboundMessage>[0]);
    expect(logged).toMatchObject({ emailMessageId: expect.any(String) });
    const [mail] = world.network.received(contacts[0].email)!.slice(-1);
    expect((await PostalMime.parse(mail.raw)).subject).toBe('Offer');
  });

  test('throws its own error for what is not there', async () => {
    await expect(client.contacts.getContact({ contactId: 'nonsense' })).rejects.toMatchObject({ statusCode: 400 });
  });
});

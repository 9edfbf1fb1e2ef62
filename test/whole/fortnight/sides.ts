/** Everything that stands on either side, read through the services' own APIs and by an independent mail parser. */
import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { World } from '../../../emulator/world/world';
import { addressesIn } from './life';

export interface Standing {
  readonly id: string;
  readonly threadId: string;
  /** The Google account; empty for the CRM. */
  readonly user: string;
  readonly outbound: boolean;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { name: string; sha: string }[];
  readonly at: number;
}

export interface Sides {
  readonly gmail: readonly Standing[];
  readonly crm: readonly Standing[];
  /** Texts of the mails that came to an outside mailbox. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
}

interface MessagePage {
  readonly messages?: readonly { id: string }[];
  readonly nextPageToken?: string;
}

interface RawMessage {
  readonly threadId: string;
  readonly labelIds: readonly string[];
  readonly internalDate: string;
  readonly raw: string;
}

interface ExportPage {
  readonly messages: readonly { meta?: { email?: { messageIds?: readonly string[] } } }[];
  readonly nextCursor?: string | null;
}

interface CrmMail {
  readonly threadId: string;
  readonly direction: string;
  readonly from: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly dateAdded: string;
  readonly attachments?: readonly string[];
}

export async function readSides(world: World, users: readonly string[], outside: readonly string[]): Promise<Sides> {
  const gmail: Standing[] = [];
  for (const user of users) gmail.push(...(await readGmail(world, user)));
  const received = new Map<string, string[]>();
  for (const address of new Set(outside)) {
    const mails = world.network.received(address) ?? [];
    received.set(address, await Promise.all(mails.map(async ({ raw }) => (await parsed(raw)).text)));
  }
  return { gmail, crm: readCrm(world), outside: received };
}

async function readGmail(world: World, user: string): Promise<Standing[]> {
  const ask = <T>(path: string) =>
    get<T>(world, 'gmail.googleapis.com', `/gmail/v1/users/me/${path}`, gmailToken(world, user));
  const standing: Standing[] = [];
  let token = '';
  do {
    const page = ask<MessagePage>(`messages?maxResults=500${token === '' ? '' : `&pageToken=${token}`}`);
    for (const { id } of page.messages ?? []) {
      const message = ask<RawMessage>(`messages/${id}?format=raw`);
      if (message.labelIds.includes('DRAFT')) continue;
      const mail = await parsed(Buffer.from(message.raw, 'base64url'));
      standing.push({
        id,
        threadId: message.threadId,
        user,
        outbound: message.labelIds.includes('SENT'),
        at: Number(message.internalDate),
        ...mail,
      });
    }
    token = page.nextPageToken ?? '';
  } while (token !== '');
  return standing;
}

function readCrm(world: World): Standing[] {
  const { locationId, token } = world.highlevel.describe();
  const ask = <T>(path: string) => get<T>(world, 'services.leadconnectorhq.com', path, token);
  const standing: Standing[] = [];
  let cursor = '';
  do {
    const page = ask<ExportPage>(
      `/conversations/messages/export?locationId=${locationId}&channel=Email&limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const { meta } of page.messages) {
      for (const id of meta?.email?.messageIds ?? []) {
        const { emailMessage: mail } = ask<{ emailMessage: CrmMail }>(`/conversations/messages/email/${id}`);
        standing.push({
          id,
          threadId: mail.threadId,
          user: '',
          outbound: mail.direction === 'outbound',
          from: addressesIn(mail.from)[0] ?? '',
          to: (mail.to ?? []).flatMap(addressesIn),
          cc: (mail.cc ?? []).flatMap(addressesIn),
          subject: mail.subject,
          text: textOfHtml(mail.body),
          files: (mail.attachments ?? []).map((url) => file(world, url)),
          at: Date.parse(mail.dateAdded),
        });
      }
    }
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return standing;
}

function file(world: World, url: string): { name: string; sha: string } {
  const { host, pathname, search } = new URL(url);
  const { status, body } = world.request({
    method: 'GET',
    host,
    path: `${pathname}${search}`,
    headers: { 'x-threadlink-outside': '1' },
    body: Buffer.alloc(0),
  });
  if (status === 200) return { name: decodeURIComponent(pathname.split('/').at(-1) ?? ''), sha: hashOf(body) };
  // Once the public address has expired: through the API (facts, highlevel 0.11).
  const slug = pathname.split('/').at(-1) ?? '';
  const secure = get<{ url: string; filename: string }>(
    world,
    'services.leadconnectorhq.com',
    `/files/d/${slug}`,
    world.highlevel.describe().token,
  );
  const short = new URL(secure.url);
  const answer = world.request({
    method: 'GET',
    host: short.host,
    path: `${short.pathname}${short.search}`,
    headers: { 'x-threadlink-outside': '1' },
    body: Buffer.alloc(0),
  });
  return { name: secure.filename, sha: hashOf(answer.body) };
}

async function parsed(raw: Buffer): Promise<Pick<Standing, 'from' | 'to' | 'cc' | 'subject' | 'text' | 'files'>> {
  const mail = await PostalMime.parse(raw);
  const addresses = (list: { address?: string }[] | undefined) =>
    (list ?? []).map(({ address = '' }) => address.toLowerCase());
  return {
    from: mail.from?.address?.toLowerCase() ?? '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    subject: mail.subject ?? '',
    text: mail.html === undefined ? wordsOf(mail.text ?? '') : textOfHtml(mail.html),
    files: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      sha: hashOf(Buffer.from(content as ArrayBuffer)),
    })),
  };
}

function textOfHtml(html: string): string {
  const text = html.replace(/<[^>]*>/g, ' ');
  return wordsOf(text.replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? ''));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" };

function wordsOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function gmailToken(world: World, user: string): string {
  return world.gmail.token(user, ['https://mail.google.com/']);
}

function get<T>(world: World, host: string, path: string, token: string): T {
  const { status, body } = world.request({
    method: 'GET',
    host,
    path,
    headers: {
      authorization: `Bearer ${token}`,
      version: '2021-04-15',
      accept: 'application/json',
      'x-threadlink-outside': '1',
    },
    body: Buffer.alloc(0),
  });
  if (status !== 200) throw new Error(`${host}${path}: ${status} ${body.toString()}`);
  return JSON.parse(body.toString()) as T;
}

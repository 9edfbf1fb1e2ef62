/**
 * Both sides as somebody outside sees them: every Gmail mailbox and the CRM through their own APIs, and the mailboxes of
 * people who are on neither. Nothing here knows what the add-on keeps.
 */
import type { World } from '../../emulator/world/world';
import { tagOf } from './letters';

export interface GmailSeen {
  readonly id: string;
  readonly thread: string;
  readonly tag: string | undefined;
  readonly labels: readonly string[];
  readonly date: number;
  readonly header: (name: string) => string;
}

export interface CrmSeen {
  readonly id: string;
  readonly thread: string;
  readonly tag: string | undefined;
  readonly direction: string;
  readonly from: string;
  readonly subject: string;
  readonly status: string;
  readonly altId: string;
  readonly date: number;
  readonly attachments: number;
}

export interface Seen {
  readonly gmail: ReadonlyMap<string, readonly GmailSeen[]>;
  /** In the order of their threads, and in each thread in the order in which they were added. */
  readonly crm: readonly CrmSeen[];
  /** The words of the mails in each outside mailbox. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
}

export function lookOutside(world: World): Seen {
  return {
    gmail: new Map(world.gmail.accounts().map(({ email }) => [email, mailboxOf(world, email)])),
    crm: emailsOf(world),
    outside: new Map(
      world.network.describe().map(({ address }) => [address, (world.network.received(address) ?? []).flatMap(tagIn)]),
    ),
  };
}

/** A request of somebody who is not the add-on; undefined for a 404. */
export function askGmail(world: World, user: string, method: string, path: string, body?: unknown): unknown {
  const authorization = `Bearer ${world.gmail.token(user, ['https://mail.google.com/'])}`;
  return call(world, 'gmail.googleapis.com', method, `/gmail/v1/users/me/${path}`, { authorization }, body);
}

export function askCrm(world: World, path: string): unknown {
  const headers = {
    authorization: `Bearer ${world.highlevel.describe().token}`,
    version: '2021-04-15',
    accept: 'application/json',
  };
  return call(world, 'services.leadconnectorhq.com', 'GET', path, headers);
}

function call(
  world: World,
  host: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): unknown {
  const answer = world.request({
    method,
    host,
    path,
    headers: { ...headers, 'content-type': 'application/json', 'x-threadlink-outside': '1' },
    body: body === undefined ? NOTHING : Buffer.from(JSON.stringify(body)),
  });
  if (answer.status === 404) return undefined;
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString()}`);
  return answer.body.length === 0 ? {} : JSON.parse(answer.body.toString());
}

const NOTHING = Buffer.alloc(0);

interface GmailJson {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds?: readonly string[];
  readonly internalDate: string;
  readonly snippet: string;
  readonly payload: { readonly headers: readonly { readonly name: string; readonly value: string }[] };
}

function allMessages(world: World, user: string): { readonly id: string }[] {
  const all: { readonly id: string }[] = [];
  for (let page = ''; ;) {
    const { messages = [], nextPageToken } = askGmail(
      world,
      user,
      'GET',
      `messages?maxResults=500&includeSpamTrash=true${page}`,
    ) as { messages?: { id: string }[]; nextPageToken?: string };
    all.push(...messages);
    if (nextPageToken === undefined) return all;
    page = `&pageToken=${nextPageToken}`;
  }
}

function mailboxOf(world: World, user: string): GmailSeen[] {
  return allMessages(world, user)
    .map(({ id }) => askGmail(world, user, 'GET', `messages/${id}?format=metadata`) as GmailJson)
    .map((message) => ({
      id: message.id,
      thread: message.threadId,
      tag: tagOf(message.snippet),
      labels: message.labelIds ?? [],
      date: Number(message.internalDate),
      header: (name: string) =>
        message.payload.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '',
    }))
    .sort((a, b) => a.date - b.date || a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
}

function emailsOf(world: World): CrmSeen[] {
  const { locationId } = world.highlevel.describe();
  const seen: CrmSeen[] = [];
  let cursor = '';
  for (;;) {
    const page = askCrm(
      world,
      `/conversations/messages/export?locationId=${locationId}&channel=Email&limit=500${cursor}`,
    ) as { messages: { meta?: Record<string, unknown> }[]; nextCursor?: string | null };
    for (const { meta } of page.messages) for (const id of idsIn(meta)) seen.push(emailOf(world, id));
    if (!page.nextCursor || page.messages.length === 0) return seen;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

/** Where they are in a row differs with what the CRM is like (`metaShape`). */
function idsIn(meta: unknown): readonly string[] {
  if (typeof meta !== 'object' || meta === null) return [];
  const { messageIds } = meta as { messageIds?: readonly string[] };
  if (messageIds !== undefined) return messageIds;
  return Object.values(meta).flatMap(idsIn);
}

function emailOf(world: World, id: string): CrmSeen {
  const answer = askCrm(world, `/conversations/messages/email/${id}`) as { emailMessage?: Record<string, unknown> };
  const mail: Record<string, unknown> = answer.emailMessage ?? answer;
  const text = (name: string) => (mail[name] as string | undefined) ?? '';
  return {
    id: text('id'),
    thread: text('threadId'),
    tag: tagOf(text('body')),
    direction: text('direction'),
    from: text('from'),
    subject: text('subject'),
    status: text('status'),
    altId: text('altId'),
    date: Date.parse(text('dateAdded')),
    attachments: ((mail['attachments'] as unknown[] | undefined) ?? []).length,
  };
}

/** The word of a mail as it travelled: in plain, quoted-printable or base64 text. */
function tagIn({ raw }: { readonly raw: Buffer }): string[] {
  const known = TAGS.get(raw);
  if (known !== undefined) return known === '' ? [] : [known];
  const text = raw.toString('latin1');
  const at = text.indexOf('\r\n\r\n');
  const body = text.slice(at < 0 ? 0 : at).replace(/=\r\n/g, '');
  const plain = tagOf(body);
  const decoded =
    plain ??
    blocksOf(body)
      .map(tagOf)
      .find((tag) => tag !== undefined);
  TAGS.set(raw, decoded ?? '');
  return decoded === undefined ? [] : [decoded];
}

/** What was received never changes. */
const TAGS = new WeakMap<Buffer, string>();

function blocksOf(body: string): string[] {
  return [...body.matchAll(/(?:^[A-Za-z0-9+/=]{20,}\r\n)+/gm)].map(([block]) =>
    Buffer.from(block, 'base64').toString('utf8'),
  );
}

/** The CRM's REST API as its screens use it. Answers come in more than one shape (facts, highlevel 5.2, 5.3): all are read. */
import { ask, isRecord, listOf, textOf, textsOf } from './http';

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly company: string;
  readonly phone: string;
  readonly tags: readonly string[];
}

export interface Conversation {
  readonly id: string;
  readonly contactId: string;
  readonly name: string;
  readonly lastMessage: string;
  /** Milliseconds. */
  readonly lastAt: number;
  readonly unread: number;
}

export interface CrmEmail {
  readonly id: string;
  readonly threadId: string;
  readonly conversationId: string;
  readonly subject: string;
  /** HTML. */
  readonly body: string;
  readonly direction: string;
  readonly status: string;
  readonly source: string;
  readonly provider: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Milliseconds. */
  readonly at: number;
  /** Addresses. */
  readonly attachments: readonly string[];
  readonly error: string;
}

/** A file of an e-mail, with an address under which its bytes can be had now. */
export interface CrmFile {
  readonly name: string;
  readonly type: string;
  readonly size: number | undefined;
  readonly address: string;
}

/** Version headers as the API documents them, by resource. */
const VERSION = { contacts: '2021-07-28', conversations: '2021-04-15' };

export class Crm {
  constructor(
    private readonly locationId: string,
    private readonly token: string,
  ) {}

  async contact(id: string): Promise<Contact> {
    const answer = await this.get(`contacts/${encodeURIComponent(id)}`, VERSION.contacts);
    const contact = isRecord(answer) && isRecord(answer['contact']) ? answer['contact'] : {};
    const fullName = [contact['firstName'], contact['lastName']].map(textOf).join(' ').trim();
    return {
      id,
      name: textOf(contact['name']) || textOf(contact['contactName']) || fullName,
      email: textOf(contact['email']),
      company: textOf(contact['companyName']),
      phone: textOf(contact['phone']),
      tags: textsOf(contact['tags']),
    };
  }

  /** Newest first. */
  async conversations(): Promise<Conversation[]> {
    const query = new URLSearchParams({
      locationId: this.locationId,
      limit: '100',
      sortBy: 'last_message_date',
      sort: 'desc',
    });
    const answer = await this.get(`conversations/search?${query.toString()}`, VERSION.conversations);
    const rows = isRecord(answer) ? listOf(answer['conversations']).filter(isRecord) : [];
    return rows.map((row) => ({
      id: textOf(row['id']),
      contactId: textOf(row['contactId']),
      name: textOf(row['fullName']) || textOf(row['contactName']) || textOf(row['email']),
      lastMessage: textOf(row['lastMessageBody']),
      lastAt: momentOf(row['lastMessageDate'] ?? row['dateUpdated']),
      unread: Number(row['unreadCount'] ?? 0),
    }));
  }

  /** Every e-mail of a conversation, oldest first. */
  async emails(conversationId: string): Promise<CrmEmail[]> {
    const ids = await this.emailIds(conversationId);
    const emails = await Promise.all(ids.map((id) => this.email(id)));
    return emails.sort((a, b) => a.at - b.at);
  }

  /** Of an attachment's address: a secure file by its slug, any other as it stands. */
  async file(address: string): Promise<CrmFile> {
    const slug = /\/files\/d\/([A-Za-z0-9_-]+)$/.exec(address)?.[1];
    if (slug === undefined) {
      const name = decodeURIComponent(address.split(/[?#]/)[0].split('/').at(-1) ?? '');
      return { name: name || 'attachment', type: '', size: undefined, address };
    }
    const answer = await this.get(`files/d/${slug}`, VERSION.conversations);
    const file = isRecord(answer) ? answer : {};
    return {
      name: textOf(file['filename']) || 'attachment',
      type: textOf(file['content_type']),
      size: typeof file['size'] === 'number' ? file['size'] : undefined,
      address: textOf(file['url']),
    };
  }

  /** Oldest first, also where times tie: the rows come newest first, the ids in a row oldest first (facts, highlevel 5.2). */
  private async emailIds(conversationId: string): Promise<string[]> {
    const rows: string[][] = [];
    let after = '';
    for (;;) {
      const query = new URLSearchParams({ limit: '100', ...(after === '' ? {} : { lastMessageId: after }) });
      const path = `conversations/${encodeURIComponent(conversationId)}/messages?${query.toString()}`;
      const answer = await this.get(path, VERSION.conversations);
      const outer = isRecord(answer) ? answer : {};
      const page = isRecord(outer['messages']) ? outer['messages'] : outer;
      rows.push(...listOf(page['messages']).map(emailIdsOf));
      const last = textOf(page['lastMessageId']);
      if (page['nextPage'] !== true || last === '' || last === after) return [...new Set(rows.reverse().flat())];
      after = last;
    }
  }

  private async email(id: string): Promise<CrmEmail> {
    const answer = await this.get(`conversations/messages/email/${encodeURIComponent(id)}`, VERSION.conversations);
    const outer = isRecord(answer) ? answer : {};
    const email = isRecord(outer['emailMessage']) ? outer['emailMessage'] : outer;
    const text = (name: string) => textOf(email[name]);
    return {
      id,
      threadId: text('threadId'),
      conversationId: text('conversationId'),
      subject: text('subject'),
      body: text('body'),
      direction: text('direction'),
      status: text('status'),
      source: text('source'),
      provider: text('provider'),
      from: text('from'),
      to: textsOf(email['to']),
      cc: textsOf(email['cc']),
      at: momentOf(email['dateAdded']),
      attachments: textsOf(email['attachments']),
      error: text('error'),
    };
  }

  private get(path: string, version: string): Promise<unknown> {
    return ask(`/services.leadconnectorhq.com/${path}`, {
      headers: { authorization: `Bearer ${this.token}`, version, accept: 'application/json' },
    });
  }
}

/** Ids are at `meta.email.messageIds`, or one level deeper (facts, highlevel 5.2). */
function emailIdsOf(row: unknown): string[] {
  const meta = isRecord(row) && isRecord(row['meta']) ? row['meta'] : {};
  const email = isRecord(meta['email']) ? meta['email'] : {};
  const inner = isRecord(email['email']) ? email['email'] : email;
  return textsOf(inner['messageIds']);
}

function momentOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) || 0 : 0;
}

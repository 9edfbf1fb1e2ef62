/** Gmail's REST API with the account's own token, as far as an inbox needs it. */
import { ask } from './http';

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface MessagePart {
  readonly partId?: string;
  readonly mimeType?: string;
  readonly filename?: string;
  readonly headers?: readonly Header[];
  readonly body?: { readonly size?: number; readonly data?: string; readonly attachmentId?: string };
  readonly parts?: readonly MessagePart[];
}

export interface Message {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds?: readonly string[];
  readonly snippet?: string;
  /** Milliseconds, as text. */
  readonly internalDate?: string;
  readonly payload?: MessagePart;
}

export interface Thread {
  readonly id: string;
  readonly historyId?: string;
  readonly messages?: readonly Message[];
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly type?: string;
  readonly labelListVisibility?: string;
}

export interface Draft {
  readonly id: string;
  readonly message: { readonly id: string; readonly threadId: string };
}

/** One page of a folder. Gmail gives 100 at most a page by default; an inbox of the demo fits in one. */
const PAGE = 50;

export class Gmail {
  /** Threads as they were last read, by id; a thread's historyId changes with anything in it. */
  private readonly known = new Map<string, Thread>();

  constructor(
    readonly email: string,
    private readonly token: string,
  ) {}

  /** Threads of a folder with the headers that a list shows, newest first. */
  async listThreads(labelId: string | undefined, search: string): Promise<Thread[]> {
    const query = new URLSearchParams({ maxResults: String(PAGE) });
    if (labelId !== undefined) query.set('labelIds', labelId);
    if (search !== '') query.set('q', search);
    if (labelId === 'TRASH' || labelId === 'SPAM') query.set('includeSpamTrash', 'true');
    const { threads = [] } = (await this.get(`threads?${query.toString()}`)) as { threads?: Thread[] };
    return Promise.all(threads.map((thread) => this.summary(thread)));
  }

  async thread(id: string): Promise<Thread> {
    return (await this.get(`threads/${encodeURIComponent(id)}?format=full`)) as Thread;
  }

  async labels(): Promise<Label[]> {
    return ((await this.get('labels')) as { labels?: Label[] }).labels ?? [];
  }

  async unreadThreads(labelId: string): Promise<number> {
    return ((await this.get(`labels/${labelId}`)) as { threadsUnread?: number }).threadsUnread ?? 0;
  }

  /** The bytes as base64url. */
  async attachment(messageId: string, attachmentId: string): Promise<string> {
    const path = `messages/${encodeURIComponent(messageId)}/attachments/${encodeURIComponent(attachmentId)}`;
    return ((await this.get(path)) as { data?: string }).data ?? '';
  }

  async send(raw: string, threadId?: string): Promise<Message> {
    return (await this.post('messages/send', { raw, ...(threadId === undefined ? {} : { threadId }) })) as Message;
  }

  /** A new draft, or a further version of one. */
  async saveDraft(raw: string, threadId?: string, id?: string): Promise<void> {
    const body = { message: { raw, ...(threadId === undefined ? {} : { threadId }) } };
    if (id === undefined) await this.post('drafts', body);
    else await ask(this.address(`drafts/${encodeURIComponent(id)}`), { method: 'PUT', headers: this.headers, body });
  }

  async draft(id: string): Promise<Message> {
    return ((await this.get(`drafts/${encodeURIComponent(id)}?format=full`)) as { message: Message }).message;
  }

  async drafts(): Promise<Draft[]> {
    return ((await this.get('drafts?maxResults=100')) as { drafts?: Draft[] }).drafts ?? [];
  }

  /** As it stands, or as it is given. */
  async sendDraft(id: string, raw?: string): Promise<void> {
    await this.post('drafts/send', { id, ...(raw === undefined ? {} : { message: { raw } }) });
  }

  async discardDraft(id: string): Promise<void> {
    await ask(this.address(`drafts/${encodeURIComponent(id)}`), { method: 'DELETE', headers: this.headers });
  }

  async labelThread(id: string, addLabelIds: readonly string[], removeLabelIds: readonly string[]): Promise<void> {
    await this.post(`threads/${encodeURIComponent(id)}/modify`, { addLabelIds, removeLabelIds });
  }

  async trashThread(id: string): Promise<void> {
    await this.post(`threads/${encodeURIComponent(id)}/trash`, {});
  }

  async untrashThread(id: string): Promise<void> {
    await this.post(`threads/${encodeURIComponent(id)}/untrash`, {});
  }

  private async summary({ id, historyId }: Thread): Promise<Thread> {
    const known = this.known.get(id);
    if (known !== undefined && historyId !== undefined && known.historyId === historyId) return known;
    const headers = ['From', 'To', 'Subject'].map((name) => `metadataHeaders=${name}`).join('&');
    const path = `threads/${encodeURIComponent(id)}?format=full&fields=${SUMMARY_FIELDS}&${headers}`;
    const thread = (await this.get(path)) as Thread;
    this.known.set(id, { ...thread, historyId });
    return thread;
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  private address(path: string): string {
    return `/gmail.googleapis.com/gmail/v1/users/me/${path}`;
  }

  private get(path: string): Promise<unknown> {
    return ask(this.address(path), { headers: this.headers });
  }

  private post(path: string, body: unknown): Promise<unknown> {
    return ask(this.address(path), { method: 'POST', headers: this.headers, body });
  }
}

/** Enough for a line of the list; file names of the first three levels tell whether there is an attachment. */
const SUMMARY_FIELDS = encodeURIComponent(
  'id,historyId,messages(id,threadId,labelIds,snippet,internalDate,payload(headers,filename,mimeType,' +
    'parts(filename,mimeType,headers,parts(filename,mimeType,headers,parts(filename,mimeType,headers)))))',
);

import { createDraft, deleteDraft, getDraft, listDrafts, sendDraft } from '../../../src/gmail/drafts';
import { listHistory } from '../../../src/gmail/history';
import { createLabel, deleteLabel, listLabels, renameLabel } from '../../../src/gmail/labels';
import * as messages from '../../../src/gmail/messages';
import { getProfile, listSendAs } from '../../../src/gmail/profile';
import { Unreadable, type Exchange } from '../../../src/platform/exchange';
import { answer } from './answers';

const ID = '18c0ffee18c0ffee';
const RAW = 'Subject: x\r\n\r\nÿ'.replace('ÿ', 'y');

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string[]>;
  readonly body: unknown;
}

function seen(exchange: Exchange<unknown>): Seen {
  const url = new URL(exchange.call.url);
  expect(url.origin).toBe('https://gmail.googleapis.com');
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  const { payload } = exchange.call;
  if (payload !== undefined) expect(exchange.call.contentType).toBe('application/json');
  return {
    method: exchange.call.method,
    path: url.pathname.replace('/gmail/v1/users/me/', ''),
    query,
    body: payload === undefined ? undefined : JSON.parse(payload as string),
  };
}

test('platform 3.1: each request has the price and the effect of its method', () => {
  const all: [Exchange<unknown>, number, string][] = [
    [getProfile(), 1, 'read'],
    [listSendAs(), 1, 'read'],
    [listHistory('1'), 2, 'read'],
    [messages.listMessages({ labelIds: [] }), 5, 'read'],
    [messages.getMessage(ID), 20, 'read'],
    [messages.getHeaders(ID, []), 20, 'read'],
    [messages.getAttachment(ID, 'x'), 20, 'read'],
    [messages.getThread(ID), 40, 'read'],
    [messages.getThreadHeaders(ID, []), 40, 'read'],
    [messages.insertMessage({ raw: RAW, labelIds: [] }), 25, 'create'],
    [messages.modifyMessages([ID], [], []), 50, 'idempotent'],
    [messages.trashMessage(ID), 20, 'idempotent'],
    [createDraft(RAW), 10, 'create'],
    [listDrafts(), 5, 'read'],
    [getDraft('r-1'), 20, 'read'],
    [sendDraft('r-1'), 100, 'create'],
    [deleteDraft('r-1'), 10, 'idempotent'],
    [listLabels(), 1, 'read'],
    [createLabel({ name: 'CRM', hidden: false }), 5, 'create'],
    [renameLabel('Label_1', 'x'), 5, 'idempotent'],
    [deleteLabel('Label_1'), 5, 'idempotent'],
  ];
  for (const [exchange, units, effect] of all) expect([exchange.units, exchange.effect]).toEqual([units, effect]);
});

test('platform 3.5: what is read is asked for, and no more', () => {
  const reading = [
    getProfile(),
    listSendAs(),
    listHistory('1'),
    messages.listMessages({ labelIds: [] }),
    messages.getMessage(ID),
  ];
  for (const exchange of reading) expect(seen(exchange).query.fields).toHaveLength(1);
});

describe('history', () => {
  test('platform 3.3: all four kinds, in the singular, without a label, 500 a page', () => {
    const request = seen(listHistory('123', 'next'));
    expect(request.query).toMatchObject({
      startHistoryId: ['123'],
      pageToken: ['next'],
      maxResults: ['500'],
      historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
    });
    expect(request.query.labelId).toBeUndefined();
  });

  test('records are flattened in their order; records with nothing but messages are passed over', () => {
    const message = (id: string, labelIds?: string[]) => ({ message: { id, threadId: 'aaaaaaaaaaaaaaaa', labelIds } });
    const page = listHistory('1').read(
      answer(200, {
        history: [
          {
            id: '2',
            messages: [{ id: 'b1', threadId: 'a' }],
            messagesAdded: [message('b1', ['INBOX']), message('b2')],
          },
          { id: '3', messages: [{ id: 'b9', threadId: 'a' }] },
          {
            id: '4',
            labelsAdded: [{ ...message('b1', ['TRASH']), labelIds: ['TRASH'] }],
            messagesAdded: [message('b3', ['SENT'])],
          },
          { id: '5', labelsRemoved: [{ ...message('b1', []), labelIds: ['SPAM'] }], messagesDeleted: [message('b2')] },
        ],
        historyId: '18446744073709551615',
      }),
    );
    expect(page.added.map(({ id }) => id)).toEqual(['b1', 'b2', 'b3']);
    expect(page.added[1].labelIds).toEqual([]);
    expect(page.labelsAdded).toEqual([
      { id: 'b1', threadId: 'aaaaaaaaaaaaaaaa', labelIds: ['TRASH'], changed: ['TRASH'] },
    ]);
    expect(page.labelsRemoved[0].changed).toEqual(['SPAM']);
    expect(page.deleted.map(({ id }) => id)).toEqual(['b2']);
    expect(page.historyId).toBe('18446744073709551615');
    expect(page.nextPageToken).toBeUndefined();
  });

  test('platform 3.9: an absent history is an empty one', () => {
    const page = listHistory('1').read(answer(200, { historyId: '7' }));
    expect([page.added, page.deleted, page.labelsAdded, page.labelsRemoved]).toEqual([[], [], [], []]);
  });

  test.each([
    [{}],
    [{ historyId: 'x' }],
    [{ historyId: '7', history: {} }],
    [{ historyId: '7', history: [{ messagesAdded: [{}] }] }],
    [{ historyId: '7', history: [{ messagesAdded: [{ message: { id: 7, threadId: 'a' } }] }] }],
  ])('%j is unreadable: nothing is passed over in silence', (body) => {
    expect(() => listHistory('1').read(answer(200, body))).toThrow(Unreadable);
  });
});

describe('messages', () => {
  const full = {
    id: ID,
    threadId: ID,
    labelIds: ['INBOX'],
    internalDate: '1770112800000',
    sizeEstimate: 10,
    payload: { mimeType: 'text/plain' },
  };

  test('a whole message', () => {
    expect(seen(messages.getMessage(ID)).query.format).toEqual(['full']);
    expect(messages.getMessage(ID).read(answer(200, full))).toEqual({ ...full, internalDate: 1_770_112_800_000 });
    expect(messages.getMessage(ID).read(answer(200, { ...full, labelIds: undefined })).labelIds).toEqual([]);
    for (const missing of ['id', 'threadId', 'internalDate']) {
      expect(() => messages.getMessage(ID).read(answer(200, { ...full, [missing]: undefined }))).toThrow(Unreadable);
    }
  });

  test('headers by name', () => {
    const exchange = messages.getHeaders(ID, ['From', 'Message-ID']);
    expect(seen(exchange).query).toMatchObject({ format: ['metadata'], metadataHeaders: ['From', 'Message-ID'] });
    const headers = [{ name: 'From', value: 'ann@example.test' }];
    expect(exchange.read(answer(200, { ...full, payload: { headers } })).headers).toEqual(headers);
    expect(exchange.read(answer(200, { ...full, payload: undefined })).headers).toEqual([]);
  });

  test('threads', () => {
    const thread = { id: ID, messages: [{ ...full, payload: { headers: [] } }] };
    expect(messages.getThreadHeaders(ID, ['From']).read(answer(200, thread)).messages[0].headers).toEqual([]);
    expect(messages.getThread(ID).read(answer(200, { id: ID, messages: [full] })).messages[0].payload).toEqual(
      full.payload,
    );
    expect(messages.getThread(ID).read(answer(200, { id: ID })).messages).toEqual([]);
  });

  test('an attachment without data is unreadable, an empty one is empty', () => {
    expect(messages.getAttachment(ID, 'a').read(answer(200, { data: '' }))).toBe('');
    expect(() => messages.getAttachment(ID, 'a').read(answer(200, { size: 3 }))).toThrow(Unreadable);
  });

  test('platform 3.7: insert keeps its date, thread and labels', () => {
    const request = seen(messages.insertMessage({ raw: RAW, threadId: ID, labelIds: ['SENT'] }));
    expect(request).toMatchObject({ method: 'post', path: 'messages', query: { internalDateSource: ['dateHeader'] } });
    expect(request.body).toEqual({ raw: Buffer.from(RAW).toString('base64url'), threadId: ID, labelIds: ['SENT'] });
  });

  test('a big message is uploaded as it is, with its place beside it', () => {
    const raw = `Subject: x\r\n\r\n${'y'.repeat(3_000_000)}\r\n`;
    for (const exchange of [messages.insertMessage({ raw, threadId: ID, labelIds: ['SENT'] }), createDraft(raw, ID)]) {
      const url = new URL(exchange.call.url);
      expect(url.pathname).toMatch(/^\/upload\/gmail\/v1\/users\/me\/(messages|drafts)$/);
      expect(url.searchParams.get('uploadType')).toBe('multipart');
      const boundary = /^multipart\/related; boundary="([^"]+)"$/.exec(exchange.call.contentType ?? '')?.[1] ?? '';
      const [, metadata, message, end] = (exchange.call.payload as string).split(`--${boundary}`);
      expect(metadata).toContain('Content-Type: application/json');
      expect(metadata).toContain(`"threadId":"${ID}"`);
      expect(metadata).not.toContain('"raw"');
      expect(message).toBe(`\r\nContent-Type: message/rfc822\r\n\r\n${raw}\r\n`);
      expect(end).toBe('--\r\n');
    }
  });

  test('platform 3.4: listing is by label, never by search', () => {
    const request = seen(
      messages.listMessages({ labelIds: ['SENT', 'Label_1'], pageToken: 'p', includeSpamTrash: true }),
    );
    expect(request.query).toMatchObject({
      labelIds: ['SENT', 'Label_1'],
      pageToken: ['p'],
      includeSpamTrash: ['true'],
      maxResults: ['500'],
    });
    expect(request.query.q).toBeUndefined();
    expect(messages.listMessages({ labelIds: [] }).read(answer(200, { resultSizeEstimate: 0 }))).toEqual({
      messages: [],
    });
    expect(
      messages
        .listMessages({ labelIds: [] })
        .read(answer(200, { messages: [{ id: ID, threadId: ID }], nextPageToken: 'q' })),
    ).toEqual({
      messages: [{ id: ID, threadId: ID }],
      nextPageToken: 'q',
    });
  });

  test('an id out of a store that was edited by hand cannot lead to another resource', () => {
    for (const id of ['../labels', '..', '.', 'a/../../x', 'a?b=c', 'a#b']) {
      const { pathname, search } = new URL(messages.getMessage(id).call.url);
      expect(pathname).toMatch(/^\/gmail\/v1\/users\/me\/messages\/[^/]+$/);
      expect(search).toMatch(/^\?format=full&/);
    }
  });
});

describe('drafts', () => {
  const draft = { id: 'r-1', message: { id: ID, threadId: ID } };

  test('made, listed, read, sent, deleted', () => {
    expect(seen(createDraft(RAW, ID)).body).toEqual({
      message: { raw: Buffer.from(RAW).toString('base64url'), threadId: ID },
    });
    expect(createDraft(RAW).read(answer(200, draft))).toEqual(draft);
    expect(listDrafts().read(answer(200, {}))).toEqual({ drafts: [] });
    expect(listDrafts('p').read(answer(200, { drafts: [draft], nextPageToken: 'q' }))).toEqual({
      drafts: [draft],
      nextPageToken: 'q',
    });
    const whole = {
      id: 'r-1',
      message: { ...draft.message, internalDate: '5', payload: { headers: [{ name: 'A', value: 'b' }] } },
    };
    expect(getDraft('r-1').read(answer(200, whole)).message.headers).toEqual([{ name: 'A', value: 'b' }]);
    expect(seen(sendDraft('r-1'))).toMatchObject({ method: 'post', path: 'drafts/send', body: { id: 'r-1' } });
    expect(seen(deleteDraft('r-1'))).toMatchObject({ method: 'delete', path: 'drafts/r-1' });
    expect(() => createDraft(RAW).read(answer(200, { message: draft.message }))).toThrow(Unreadable);
  });
});

describe('labels and profile', () => {
  test('a hidden label is in neither list', () => {
    expect(seen(createLabel({ name: 'x', hidden: true })).body).toEqual({
      name: 'x',
      labelListVisibility: 'labelHide',
      messageListVisibility: 'hide',
    });
    expect(seen(createLabel({ name: 'x', hidden: false })).body).toEqual({
      name: 'x',
      labelListVisibility: 'labelShow',
      messageListVisibility: 'show',
    });
  });

  test('Gmail’s own labels are told from the user’s', () => {
    const labels = listLabels().read(
      answer(200, {
        labels: [
          { id: 'INBOX', name: 'INBOX', type: 'system' },
          { id: 'Label_1', name: 'CRM', type: 'user' },
        ],
      }),
    );
    expect(labels.map(({ system }) => system)).toEqual([true, false]);
    expect(seen(renameLabel('Label_1', 'New'))).toMatchObject({
      method: 'patch',
      path: 'labels/Label_1',
      body: { name: 'New' },
    });
  });

  test('platform 3.6: only the primary address and verified aliases may be a From; the primary comes first', () => {
    const aliases = listSendAs().read(
      answer(200, {
        sendAs: [
          { sendAsEmail: 'pending@example.test', verificationStatus: 'pending' },
          { sendAsEmail: 'sales@example.test', displayName: 'Sales', verificationStatus: 'accepted' },
          { sendAsEmail: 'ann@example.test', displayName: 'Ann', isPrimary: true },
        ],
      }),
    );
    expect(aliases.map(({ email, usable }) => [email, usable])).toEqual([
      ['ann@example.test', true],
      ['pending@example.test', false],
      ['sales@example.test', true],
    ]);
  });

  test('a profile without an address is unreadable', () => {
    expect(getProfile().read(answer(200, { emailAddress: 'ann@example.test', historyId: '5' }))).toEqual({
      emailAddress: 'ann@example.test',
      historyId: '5',
    });
    expect(() => getProfile().read(answer(200, { historyId: '5' }))).toThrow(Unreadable);
  });
});

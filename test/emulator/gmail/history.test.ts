/** facts, platform 3.3. */
import { encode, Harness, mail, type HistoryPage, type Stored } from './harness';

const DAY = 86_400_000;

function added(page: HistoryPage): string[] {
  return (page.history ?? []).flatMap(({ messagesAdded }) => (messagesAdded ?? []).map(({ message }) => message.id));
}

test('records come in order, with ids that grow and leave gaps', () => {
  const world = new Harness();
  const start = world.historyId();
  const inserted = Array.from({ length: 30 }, (_, i) => world.insert(mail({ Subject: `s${i}` })).id);
  const page = world.history(start);
  expect(added(page)).toEqual(inserted);
  const ids = (page.history ?? []).map(({ id }) => BigInt(id));
  expect(ids.every((id, i) => i === 0 || id > ids[i - 1])).toBe(true);
  expect(Number(ids[29] - ids[0])).toBeGreaterThan(29);
});

test('nothing new: no history field, the current id', () => {
  const world = new Harness();
  world.insert(mail());
  const now = world.historyId();
  expect(world.history(now)).toEqual({ historyId: now });
});

test('a record’s own id is a cursor that resumes exactly after it', () => {
  const world = new Harness();
  const start = world.historyId();
  const inserted = Array.from({ length: 10 }, (_, i) => world.insert(mail({ Subject: `s${i}` })).id);
  const middle = world.history(start).history?.[4].id ?? '';
  expect(added(world.history(middle))).toEqual(inserted.slice(5));
});

test('pages: historyId differs from page to page, and only the last one may be stored', () => {
  const world = new Harness();
  const start = world.historyId();
  const inserted = Array.from({ length: 25 }, (_, i) => world.insert(mail({ Subject: `s${i}` })).id);
  const pages: HistoryPage[] = [];
  let token = '';
  do {
    pages.push(world.history(start, `&maxResults=10${token && `&pageToken=${token}`}`));
    token = pages.at(-1)?.nextPageToken ?? '';
    if (pages.length === 1) inserted.push(world.insert(mail({ Subject: 'while paging' })).id);
  } while (token !== '');
  expect(pages).toHaveLength(3);
  expect(pages.flatMap(added)).toEqual(inserted);
  expect(new Set(pages.map(({ historyId }) => historyId)).size).toBe(3);
  expect(added(world.history(pages[0].historyId))).not.toEqual(inserted.slice(10));
  expect(world.history(pages[2].historyId).history).toBeUndefined();
});

test('labels inside a record are as they were at that moment', () => {
  const world = new Harness();
  const start = world.historyId();
  const { id } = world.insert(mail(), ['INBOX', 'UNREAD']);
  world.post(`messages/${id}/modify`, { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] });
  world.post(`messages/${id}/trash`);
  const records = world.history(start).history ?? [];
  expect(
    records.map(
      ({ messagesAdded, labelsAdded, labelsRemoved }) => [messagesAdded ?? labelsAdded ?? labelsRemoved][0]?.[0],
    ),
  ).toEqual([
    { message: expect.objectContaining({ labelIds: ['INBOX', 'UNREAD'] }) as unknown },
    {
      message: expect.objectContaining({ labelIds: ['INBOX', 'UNREAD', 'STARRED'] }) as unknown,
      labelIds: ['STARRED'],
    },
    { message: expect.objectContaining({ labelIds: ['INBOX', 'STARRED'] }) as unknown, labelIds: ['UNREAD'] },
    { message: expect.objectContaining({ labelIds: ['INBOX', 'STARRED', 'TRASH'] }) as unknown, labelIds: ['TRASH'] },
    { message: expect.objectContaining({ labelIds: ['STARRED', 'TRASH'] }) as unknown, labelIds: ['INBOX'] },
  ]);
});

test('historyTypes is singular and filters; a plural is a 400', () => {
  const world = new Harness();
  const start = world.historyId();
  const { id } = world.insert(mail());
  world.post(`messages/${id}/trash`);
  world.request('DELETE', `messages/${id}`);
  const kinds = (query: string) => (world.history(start, query).history ?? []).map((record) => Object.keys(record)[2]);
  expect(kinds('')).toEqual(['messagesAdded', 'labelsAdded', 'labelsRemoved', 'messagesDeleted']);
  expect(kinds('&historyTypes=messageAdded')).toEqual(['messagesAdded']);
  expect(kinds('&historyTypes=labelAdded&historyTypes=messageDeleted')).toEqual(['labelsAdded', 'messagesDeleted']);
  expect(world.request('GET', `history?startHistoryId=${start}&historyTypes=messagesAdded`).status).toBe(400);
});

test('labelId keeps records of messages that had the label', () => {
  const world = new Harness();
  const start = world.historyId();
  const inbox = world.insert(mail({ Subject: 'a' }), ['INBOX']);
  world.insert(mail({ Subject: 'b' }), ['SENT']);
  expect(added(world.history(start, '&labelId=INBOX'))).toEqual([inbox.id]);
  expect(world.request('GET', `history?startHistoryId=${start}&labelId=nope`).status).toBe(400);
});

test('404 for "1", for a future id, and for one that expired', () => {
  const world = new Harness();
  const start = world.historyId();
  world.insert(mail());
  const future = String(BigInt(world.historyId()) + 1n);
  for (const id of ['1', future]) {
    const { status, body } = world.request<{ error: { message: string } }>('GET', `history?startHistoryId=${id}`);
    expect([status, body.error.message]).toEqual([404, 'Requested entity was not found.']);
  }
  world.clock.advance(7 * DAY + 1);
  world.insert(mail({ Subject: 'later' }));
  expect(world.request('GET', `history?startHistoryId=${start}`).status).toBe(404);
  expect(world.request('GET', 'history').status).toBe(400);
  expect(world.request('GET', 'history?startHistoryId=abc').status).toBe(400);
});

test('the newest id of a mailbox where nothing happens does not expire', () => {
  const world = new Harness();
  world.insert(mail());
  const now = world.historyId();
  world.clock.advance(100 * DAY);
  expect(world.history(now).historyId).toBe(now);
});

test('expireHistory makes every id given so far a 404, and new ones work', () => {
  const world = new Harness();
  world.insert(mail());
  const before = world.historyId();
  world.gmail.expireHistory('anna@example.com');
  expect(world.request('GET', `history?startHistoryId=${before}`).status).toBe(404);
  const after = world.historyId();
  const { id } = world.insert(mail({ Subject: 'next' }));
  expect(added(world.history(after))).toEqual([id]);
});

test('drafts are added with DRAFT, each save deletes the earlier message', () => {
  const world = new Harness();
  const start = world.historyId();
  const draft = world.post<{ id: string; message: Stored }>('drafts', { message: { raw: encode(mail()) } });
  const { body } = world.request<{ message: Stored }>('PUT', `drafts/${draft.id}`, {
    message: { raw: encode(mail({ Subject: '2' })) },
  });
  const records = world.history(start).history ?? [];
  expect(
    records.flatMap(({ messagesAdded }) => (messagesAdded ?? []).map(({ message }) => [message.id, message.labelIds])),
  ).toEqual([
    [draft.message.id, ['DRAFT']],
    [body.message.id, ['DRAFT']],
  ]);
  expect(records.flatMap(({ messagesDeleted }) => (messagesDeleted ?? []).map(({ message }) => message.id))).toEqual([
    draft.message.id,
  ]);
});

test('switch: records with only `messages` occur', () => {
  const world = new Harness({ gmailBareHistory: true });
  const start = world.historyId();
  for (let i = 0; i < 200; i++) world.insert(mail({ Subject: `s${i}` }));
  const records = world.history(start, '&maxResults=500').history ?? [];
  const bare = records.filter((record) => Object.keys(record).length === 2);
  expect(bare.length).toBeGreaterThan(0);
  expect(records.length - bare.length).toBe(200);
});

test('switch: a first page without records but with a token loses nothing', () => {
  const world = new Harness({ gmailEmptyHistoryPage: true });
  const start = world.historyId();
  const { id } = world.insert(mail());
  const first = world.history(start);
  expect(first.history).toBeUndefined();
  expect(added(world.history(start, `&pageToken=${first.nextPageToken}`))).toEqual([id]);
});

test('switch: ids beyond 2^53', () => {
  const world = new Harness();
  const start = world.historyId();
  world.switches.gmailHugeHistoryIds = true;
  const { id } = world.insert(mail());
  const page = world.history(start);
  expect(added(page)).toEqual([id]);
  expect(BigInt(page.historyId)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  expect(world.history(page.historyId)).toEqual({ historyId: page.historyId });
});

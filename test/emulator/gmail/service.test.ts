/** Tokens, scopes, quota, batch, labels, settings, and what people do in Gmail's own screens. */
import { ANNA, BEN, encode, FULL, Harness, header, mail, MODIFY, type Message, type Stored } from './harness';

interface ErrorBody {
  error: { code: number; message: string; status: string; errors: { reason: string; domain: string }[] };
}
interface Label {
  id: string;
  name: string;
  type: string;
}

const scope = (name: string) => `https://www.googleapis.com/auth/gmail.${name}`;

describe('tokens and scopes (facts, platform 3.2)', () => {
  test('no, an unknown and a revoked token are a 401', () => {
    const world = new Harness();
    for (const authorization of ['', 'Bearer no', 'Basic abc']) {
      const { status, body } = world.request<ErrorBody>('GET', 'profile', undefined, { authorization });
      expect([status, body.error.status, body.error.errors[0].reason]).toEqual([401, 'UNAUTHENTICATED', 'authError']);
    }
    const token = world.gmail.token(ANNA, [FULL]);
    const other = world.gmail.token(BEN, [FULL]);
    world.gmail.revoke(ANNA);
    const call = (bearer: string) =>
      world.request('GET', 'profile', undefined, { authorization: `Bearer ${bearer}` }).status;
    expect([call(token), call(other), call(world.gmail.token(ANNA, [FULL]))]).toEqual([401, 200, 200]);
  });

  test('the same account and scopes give the same token, in any order', () => {
    const { gmail } = new Harness();
    expect(gmail.token(ANNA, [FULL, MODIFY])).toBe(gmail.token(ANNA, [MODIFY, FULL]));
    expect(gmail.token(ANNA, [FULL])).not.toBe(gmail.token(BEN, [FULL]));
    expect(gmail.token(ANNA, [FULL])).toBe(new Harness().gmail.token(ANNA, [FULL]));
  });

  test.each([
    ['readonly', 'GET', 'messages', 200],
    ['readonly', 'POST', 'messages/send', 403],
    ['send', 'POST', 'messages/send', 200],
    ['send', 'GET', 'messages', 403],
    ['insert', 'POST', 'messages', 200],
    ['insert', 'GET', 'profile', 403],
    ['compose', 'POST', 'drafts', 200],
    ['compose', 'GET', 'history?startHistoryId=1', 403],
    ['labels', 'GET', 'labels', 200],
    ['labels', 'GET', 'messages', 403],
    ['metadata', 'GET', 'messages', 200],
    ['modify', 'GET', 'settings/sendAs', 200],
    ['settings.basic', 'GET', 'settings/sendAs', 200],
    ['compose', 'GET', 'settings/sendAs', 403],
  ])('gmail.%s: %s %s is %d', (name, method, path, status) => {
    const world = new Harness();
    world.scopes = [scope(name)];
    const raw = encode(mail({ To: 'carl@outside.example' }));
    const answer = world.request<ErrorBody>(
      method,
      path,
      method === 'GET' ? undefined : path === 'drafts' ? { message: { raw } } : { raw },
    );
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.error.errors[0].reason).toBe('insufficientPermissions');
  });

  test('gmail.metadata forbids q and bodies, also beside wider scopes', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    world.scopes = [scope('metadata'), MODIFY];
    expect(world.request('GET', 'messages?q=offer').status).toBe(403);
    expect(world.request('GET', `messages/${id}`).status).toBe(403);
    expect(world.request('GET', `messages/${id}?format=metadata`).status).toBe(200);
  });
});

describe('quota (facts, platform 3.1)', () => {
  const world = () => new Harness({ gmailEnforceQuota: true });

  test('a burst of about 3,000 units trips a 403 rateLimitExceeded, which clears with time', () => {
    const one = world();
    const { id } = one.insert(mail());
    let gets = 0;
    let last = one.request<ErrorBody>('GET', `messages/${id}`);
    while (last.status === 200) {
      gets++;
      last = one.request<ErrorBody>('GET', `messages/${id}`);
    }
    expect(gets * 20).toBeGreaterThan(2_800);
    expect(gets * 20).toBeLessThanOrEqual(3_000);
    expect(last.status).toBe(403);
    expect(last.body.error.errors[0]).toMatchObject({ reason: 'rateLimitExceeded', domain: 'usageLimits' });
    expect(last.body.error.message).toContain("'Units per minute per user'");
    one.clock.advance(200);
    expect(one.request('GET', `messages/${id}`).status).toBe(200);
    expect(one.request('GET', `messages/${id}`).status).toBe(403);
    one.user = BEN;
    expect(one.request('GET', 'profile').status).toBe(200);
  });

  test('requests from outside are neither counted nor limited', () => {
    const one = world();
    for (let i = 0; i < 200; i++) {
      const headers = { 'x-threadlink-outside': '1' };
      expect(one.request('POST', 'messages', { raw: encode(mail({ Subject: `s${i}` })) }, headers).status).toBe(200);
    }
    expect(one.request('GET', 'messages').status).toBe(200);
  });

  test('a refused request has done nothing', () => {
    const one = world();
    for (let i = 0; i < 200; i++) one.request('POST', 'messages', { raw: encode(mail({ Subject: `s${i}` })) });
    one.clock.advance(60_000);
    expect(one.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(120);
  });

  test('units by the table of new projects, a batch their sum', () => {
    const one = world();
    const units = (method: string, path: string) =>
      one.gmail.units({ method, host: '', path: `/gmail/v1/users/me/${path}`, headers: {}, body: Buffer.alloc(0) });
    expect([
      units('GET', 'messages/1?format=full'),
      units('GET', 'threads/1'),
      units('POST', 'messages/send'),
      units('POST', 'drafts/send'),
      units('PUT', 'drafts/r-1'),
      units('GET', 'history?startHistoryId=1'),
      units('GET', 'profile'),
      units('POST', 'messages'),
      units('POST', 'messages/batchModify'),
      units('GET', 'nothing'),
    ]).toEqual([20, 40, 100, 100, 15, 2, 1, 25, 50, 0]);
  });
});

describe('batch (facts, platform 3.8)', () => {
  function batch(world: Harness, parts: string[], headers: Record<string, string> = {}) {
    const body = parts
      .map((part, i) => `--b\r\nContent-Type: application/http\r\nContent-ID: <item${i}>\r\n\r\n${part}\r\n`)
      .join('');
    return {
      method: 'POST',
      host: 'gmail.googleapis.com',
      path: '/batch/gmail/v1',
      headers: {
        authorization: `Bearer ${world.gmail.token(ANNA, [FULL])}`,
        'content-type': 'multipart/mixed; boundary=b',
        ...headers,
      },
      body: Buffer.from(`${body}--b--`),
    };
  }

  test('each part is answered by itself, under its Content-ID', () => {
    const world = new Harness();
    const { id } = world.insert(mail({ Subject: 'Grüße' }));
    const modify = JSON.stringify({ addLabelIds: ['STARRED'] });
    const request = batch(world, [
      `GET /gmail/v1/users/me/messages/${id}?format=minimal HTTP/1.1\r\n`,
      'GET https://gmail.googleapis.com/gmail/v1/users/me/messages/18c0000000000000\r\n',
      `POST /gmail/v1/users/me/messages/${id}/modify\r\nContent-Type: application/json\r\nContent-Length: ${modify.length}\r\n\r\n${modify}`,
    ]);
    const answer = world.gmail.handle(request);
    const body = answer.body.toString();
    const boundary = /boundary=(.+)$/.exec(answer.headers['content-type'])?.[1] ?? '';
    const parts = body.split(`--${boundary}`).slice(1, -1);
    expect(answer.status).toBe(200);
    expect(parts.map((part) => /Content-ID: (\S+)/.exec(part)?.[1])).toEqual([
      '<response-item0>',
      '<response-item1>',
      '<response-item2>',
    ]);
    expect(parts.map((part) => /HTTP\/1\.1 (\d+)/.exec(part)?.[1])).toEqual(['200', '404', '200']);
    expect(JSON.parse(/\{.*\}/s.exec(parts[0])?.[0] ?? '')).toMatchObject({ id, labelIds: ['INBOX'] });
    expect(world.message(id).labelIds).toContain('STARRED');
    expect(world.gmail.units(request)).toBe(45);
  });

  test('split, handle and join give what handle gives; a missing part is cut off', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    const request = batch(world, [
      `GET /gmail/v1/users/me/messages/${id}?format=minimal`,
      'GET /gmail/v1/users/me/profile',
    ]);
    expect(world.gmail.isBatch(request)).toBe(true);
    const answers = world.gmail.splitBatch(request).map((part) => world.gmail.handle(part));
    expect(world.gmail.joinBatch(request, answers).body.toString()).toBe(world.gmail.handle(request).body.toString());
    const cut = world.gmail.joinBatch(request, [answers[0], undefined]).body.toString();
    expect(cut).toContain('response-item0');
    expect(cut).not.toContain('response-item1');
  });

  test('more than 100 parts, none, and a body that is no batch are a 400', () => {
    const world = new Harness();
    const many = batch(
      world,
      Array.from({ length: 101 }, () => 'GET /gmail/v1/users/me/profile'),
    );
    for (const request of [
      many,
      batch(world, []),
      batch(world, ['nonsense']),
      batch(world, ['GET /x'], { 'content-type': 'text/plain' }),
    ]) {
      expect(world.gmail.handle(request).status).toBe(400);
      expect(world.gmail.isBatch(request)).toBe(false);
    }
    expect(world.gmail.isBatch({ ...many, path: '/gmail/v1/users/me/messages' })).toBe(false);
  });

  test('each part counts for the quota by itself', () => {
    const world = new Harness({ gmailEnforceQuota: true });
    const { id } = world.insert(mail());
    const request = batch(
      world,
      Array.from({ length: 100 }, () => `GET /gmail/v1/users/me/threads/${id}?format=minimal`),
    );
    const statuses = world.gmail.splitBatch(request).map((part) => world.gmail.handle(part).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(74);
    expect(statuses.at(-1)).toBe(403);
  });
});

describe('unknown requests answer in Google’s own error form', () => {
  test.each([
    ['GET', '/gmail/v1/users/me/nonsense', 404],
    ['GET', '/nonsense', 404],
    ['PUT', '/gmail/v1/users/me/messages/1', 404],
    ['POST', '/gmail/v1/users/me/watch', 501],
    ['GET', '/gmail/v1/users/me/settings/filters', 501],
    ['GET', '/gmail/v1/users/me/messages?nonsense=1', 400],
    ['GET', '/gmail/v1/users/me/messages?maxResults=-1', 400],
    ['GET', '/gmail/v1/users/me/%zz', 400],
  ])('%s %s is %d', (method, path, status) => {
    const { status: given, body } = new Harness().request<ErrorBody>(method, path);
    expect([given, body.error.code]).toEqual([status, status]);
  });
});

describe('labels', () => {
  test('create, get with counts, patch, delete', () => {
    const world = new Harness();
    const label = world.post<Label>('labels', { name: 'CRM/Attention', labelListVisibility: 'labelShowIfUnread' });
    expect(label).toMatchObject({ name: 'CRM/Attention', type: 'user', labelListVisibility: 'labelShowIfUnread' });
    expect(label.id).toMatch(/^Label_\d+$/);
    const { id } = world.insert(mail(), ['INBOX', 'UNREAD', label.id]);
    expect(world.get(`labels/${label.id}`)).toMatchObject({
      messagesTotal: 1,
      messagesUnread: 1,
      threadsTotal: 1,
      threadsUnread: 1,
    });
    expect(world.request('PATCH', `labels/${label.id}`, { name: 'CRM' }).body).toMatchObject({
      id: label.id,
      name: 'CRM',
    });
    expect(world.get<{ labels: Label[] }>('labels').labels.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['INBOX', 'SENT', 'CRM']),
    );
    expect(world.request('DELETE', `labels/${label.id}`).status).toBe(204);
    expect(world.message(id).labelIds).toEqual(['INBOX', 'UNREAD']);
    expect(world.request('GET', `labels/${label.id}`).status).toBe(404);
  });

  test('a name that is there is a 409, in any case; Gmail’s own names and none are a 400', () => {
    const world = new Harness();
    world.post('labels', { name: 'CRM' });
    expect(world.request('POST', 'labels', { name: 'crm' }).status).toBe(409);
    for (const name of ['inbox', '', 'a//b']) expect(world.request('POST', 'labels', { name }).status).toBe(400);
    expect(world.request('POST', 'labels', { name: 'x', messageListVisibility: 'maybe' }).status).toBe(400);
    expect(world.request('DELETE', 'labels/INBOX').status).toBe(400);
  });
});

test('sendAs: the primary address and aliases with their verification (facts, platform 3.6)', () => {
  const world = new Harness();
  const { sendAs } = world.get<{ sendAs: Record<string, unknown>[] }>('settings/sendAs');
  expect(sendAs.map((entry) => [entry.sendAsEmail, entry.isPrimary, entry.verificationStatus])).toEqual([
    [ANNA, true, undefined],
    ['sales@example.com', undefined, 'accepted'],
    ['pending@example.com', undefined, 'pending'],
  ]);
  expect(world.get('settings/sendAs/sales%40example.com')).toMatchObject({ displayName: 'Sales' });
  expect(world.request('GET', 'settings/sendAs/no@example.com').status).toBe(404);
});

describe('what a person does', () => {
  const draft = (world: Harness) =>
    world.post<{ id: string; message: Stored }>('drafts', {
      message: { raw: encode(mail({ From: ANNA, To: 'carl@outside.example', 'X-Mark': 'm1' })) },
    });

  test('trash, untrash, spam, unspam and read change the labels', () => {
    const world = new Harness();
    const { id } = world.insert(mail(), ['INBOX', 'UNREAD']);
    const labels = (...args: Parameters<typeof world.gmail.act>) => {
      world.gmail.act(...args);
      return world.message(id).labelIds;
    };
    expect(labels(ANNA, 'trash')).toEqual(['UNREAD', 'TRASH']);
    expect(labels(ANNA, 'untrash')).toEqual(['UNREAD', 'INBOX']);
    expect(labels(ANNA, 'spam', id)).toEqual(['UNREAD', 'SPAM']);
    expect(labels(ANNA, 'unspam')).toEqual(['UNREAD', 'INBOX']);
    expect(labels(ANNA, 'read')).toEqual(['INBOX']);
  });

  test('without an id nothing happens where nothing fits; an unknown id is an error', () => {
    const world = new Harness();
    const before = world.historyId();
    world.gmail.act(ANNA, 'discard-draft');
    expect(world.historyId()).toBe(before);
    expect(() => world.gmail.act(ANNA, 'trash', '18c0000000000000')).toThrow();
  });

  test('an edited draft has a new message; id and marker by switch (reliability, probe P5)', () => {
    const world = new Harness();
    const first = draft(world);
    world.gmail.act(ANNA, 'edit-draft', first.id);
    const edited = world.get<{ message: Message }>(`drafts/${first.id}`).message;
    expect(edited.id).not.toBe(first.message.id);
    expect(header(edited, 'X-Mark')).toBeUndefined();

    const other = new Harness({ gmailDraftEditKeepsHeaders: true, gmailDraftEditKeepsId: false });
    const second = draft(other);
    other.gmail.act(ANNA, 'edit-draft');
    expect(other.request('GET', `drafts/${second.id}`).status).toBe(404);
    const [rotated] = other.get<{ drafts: { id: string }[] }>('drafts').drafts;
    expect(header(other.get<{ message: Message }>(`drafts/${rotated.id}`).message, 'X-Mark')).toBe('m1');
  });

  test('a draft sent by hand keeps its marker; a discarded one is deleted', () => {
    const world = new Harness();
    draft(world);
    world.gmail.act(ANNA, 'send-draft');
    const [sent] = world.get<{ messages: Stored[] }>('messages?labelIds=SENT').messages;
    expect(header(world.message(sent.id), 'X-Mark')).toBe('m1');
    const start = world.historyId();
    const second = draft(world);
    world.gmail.act(ANNA, 'discard-draft', second.id);
    expect(world.history(start).history?.at(-1)?.messagesDeleted?.[0].message.id).toBe(second.message.id);
  });
});

test('planted mail lies in the past and leaves no history', () => {
  const world = new Harness();
  const start = world.historyId();
  const past = Date.UTC(2026, 5, 1);
  const first = world.gmail.plant(ANNA, Buffer.from(mail({ 'Message-ID': '<1@x>' })), ['INBOX'], past);
  const second = world.gmail.plant(ANNA, Buffer.from(mail({ 'In-Reply-To': '<1@x>' })), ['INBOX'], past + 1_000);
  expect(second.threadId).toBe(first.threadId);
  expect(world.message(first.id).internalDate).toBe(String(past));
  expect(world.history(start).history).toBeUndefined();
});

test('threads: newest first, each once, with all their messages', () => {
  const world = new Harness();
  const add = (headers: Record<string, string>) => {
    world.clock.advance(1_000);
    return world.insert(mail(headers));
  };
  const first = add({ 'Message-ID': '<1@x>', Subject: 'A' });
  const other = add({ 'Message-ID': '<2@x>', Subject: 'B' });
  const reply = add({ Subject: 'Re: A', 'In-Reply-To': '<1@x>' });
  const list = (query: string) => world.get<{ threads: { id: string }[]; nextPageToken?: string }>(`threads?${query}`);
  expect(list('').threads.map(({ id }) => id)).toEqual([first.threadId, other.threadId]);
  const page = list('maxResults=1');
  expect(list(`maxResults=1&pageToken=${page.nextPageToken}`).threads.map(({ id }) => id)).toEqual([other.threadId]);
  const thread = world.get<{ historyId: string; messages: Message[] }>(
    `threads/${first.threadId}?format=metadata&metadataHeaders=Subject`,
  );
  expect(thread.messages.map(({ id }) => id)).toEqual([first.id, reply.id]);
  expect(thread.messages[1].payload.headers).toEqual([{ name: 'Subject', value: 'Re: A' }]);
  expect(thread.historyId).toBe(world.message(reply.id).historyId);
});

test('a snapshot put back is the world as it was, whatever came after', () => {
  const world = new Harness();
  const { id } = world.insert(mail());
  const saved = world.gmail.snapshot();
  const before = JSON.stringify(world.message(id, '?format=minimal'));
  world.post(`messages/${id}/trash`);
  world.insert(mail({ Subject: 'later' }));
  world.post('labels', { name: 'CRM' });
  world.gmail.restore(saved);
  expect(JSON.stringify(world.message(id, '?format=minimal'))).toBe(before);
  expect(world.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(1);
  world.insert(mail({ Subject: 'other' }));
  world.gmail.restore(saved);
  expect(world.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(1);
});

describe('bodies', () => {
  const raw = encode(mail({ To: 'carl@outside.example' }));

  test('a field that the resource does not have is a 400, and nothing is done', () => {
    const world = new Harness();
    for (const [path, body] of [
      ['drafts', { raw }],
      ['drafts', { message: { raw, threadID: 'x' } }],
      ['messages/send', { message: { raw } }],
      ['labels', { title: 'CRM' }],
    ] as const) {
      const answer = world.request<ErrorBody>('POST', path, body);
      expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringContaining('Unknown name')]);
    }
    expect(world.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(0);
  });

  test('JSON sent as a form, as UrlFetchApp does without a content type, is a 400', () => {
    const world = new Harness();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(world.request('POST', 'messages', { raw }, headers).status).toBe(400);
    expect(world.request('POST', 'messages', { raw }, { 'content-type': 'application/json' }).status).toBe(200);
  });

  test('an upload that is no mail is a 400', () => {
    const world = new Harness();
    const headers = { 'content-type': 'application/json' };
    const path = '/upload/gmail/v1/users/me/messages?uploadType=media';
    expect(world.request('POST', path, Buffer.from(mail()), headers).status).toBe(400);
  });
});

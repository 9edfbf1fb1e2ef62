import {
  ANNA,
  BEN,
  encode,
  FULL,
  Harness,
  header,
  mail,
  MODIFY,
  START,
  text,
  type Message,
  type Stored,
} from './harness';

interface List {
  messages?: Stored[];
  nextPageToken?: string;
  resultSizeEstimate: number;
}

const ids = (list: List) => (list.messages ?? []).map(({ id }) => id);

describe('formats (facts, platform 3.5)', () => {
  const raw = mail(
    {
      Received: 'by one',
      'Message-ID': '<a@outside.example>',
      Subject: '=?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      'X-Long': 'first\r\n second\r\n\tthird',
    },
    'Hällo & goodbye\r\n',
  ).replace('Received: by one\r\n', 'Received: by one\r\nReceived: by two\r\n');

  test('raw gives back the bytes as they came', () => {
    const world = new Harness();
    expect(world.raw(world.insert(raw).id)).toBe(raw);
  });

  test('full has every header in order, duplicates kept, decoded and unfolded', () => {
    const world = new Harness();
    const message = world.message(world.insert(raw).id);
    expect(message.payload.headers).toEqual([
      { name: 'From', value: 'Carl <carl@outside.example>' },
      { name: 'To', value: ANNA },
      { name: 'Subject', value: 'Grüße' },
      { name: 'Received', value: 'by one' },
      { name: 'Received', value: 'by two' },
      { name: 'Message-ID', value: '<a@outside.example>' },
      { name: 'X-Long', value: 'first second third' },
    ]);
    expect(text(message.payload)).toBe('Hällo & goodbye\r\n');
    expect(message.payload.body.size).toBe(17);
    expect(message.snippet).toBe('Hällo &amp; goodbye');
    expect(message.sizeEstimate).toBe(raw.length);
  });

  test('metadata gives the headers that were asked for, in any case, and no body', () => {
    const world = new Harness();
    const { id } = world.insert(raw);
    const message = world.message(id, '?format=metadata&metadataHeaders=SUBJECT&metadataHeaders=message-id');
    expect(message.payload).toEqual({
      mimeType: 'text/plain',
      headers: [
        { name: 'Subject', value: 'Grüße' },
        { name: 'Message-ID', value: '<a@outside.example>' },
      ],
    });
    expect(world.message(id, '?format=metadata').payload.headers).toHaveLength(7);
  });

  test('minimal has neither payload nor raw', () => {
    const world = new Harness();
    const { id } = world.insert(raw);
    expect(Object.keys(world.message(id, '?format=minimal')).sort()).toEqual(
      ['historyId', 'id', 'internalDate', 'labelIds', 'sizeEstimate', 'snippet', 'threadId'].sort(),
    );
    expect(world.request('GET', `messages/${id}?format=xml`).status).toBe(400);
  });

  test('partial responses: fields nests, and an unknown field is a 400', () => {
    const world = new Harness();
    const { id } = world.insert(raw);
    const part = world.message(id, '?fields=id,payload(mimeType,headers/name)') as unknown;
    expect(part).toEqual({
      id,
      payload: { mimeType: 'text/plain', headers: world.message(id).payload.headers.map(({ name }) => ({ name })) },
    });
    expect(world.message(id, '?fields=payload/headers/value,payload/body').payload).toEqual({
      headers: world.message(id).payload.headers.map(({ value }) => ({ value })),
      body: world.message(id).payload.body,
    });
    expect(world.message(id, '?fields=*')).toEqual(world.message(id));
    expect(world.request('GET', `messages/${id}?fields=payloads`).status).toBe(400);
    expect(world.request('GET', `messages/${id}?fields=payload(`).status).toBe(400);
  });
});

describe('ids', () => {
  test('message ids are 16 hexadecimal digits, unique, and grow with time', () => {
    const world = new Harness();
    const seen: string[] = [];
    for (let i = 0; i < 200; i++) {
      seen.push(world.insert(mail({ Subject: `s${i}` })).id);
      if (i % 3 === 0) world.clock.advance(1);
    }
    expect(seen.every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
    expect([...seen].sort()).toEqual(seen);
    expect(new Set(seen).size).toBe(200);
    expect(world.insert(mail({ Subject: 'own thread' })).threadId).toMatch(/^[0-9a-f]{16}$/);
  });

  test('what cannot be an id is a 400, one that is not there a 404 in Google’s form', () => {
    const world = new Harness();
    expect(world.request('GET', 'messages/nonsense!').status).toBe(400);
    const { status, body } = world.request('GET', 'messages/18c0000000000000');
    expect(status).toBe(404);
    expect(body).toEqual({
      error: {
        code: 404,
        message: 'Requested entity was not found.',
        errors: [{ message: 'Requested entity was not found.', domain: 'global', reason: 'notFound' }],
        status: 'NOT_FOUND',
      },
    });
  });
});

describe('messages.list (facts, platform 3.4)', () => {
  function filled(count: number): { world: Harness; all: string[] } {
    const world = new Harness();
    const all: string[] = [];
    for (let i = 0; i < count; i++) {
      world.clock.advance(1_000);
      all.push(world.insert(mail({ Subject: `s${i}` }), i % 2 === 0 ? ['INBOX'] : ['INBOX', 'STARRED']).id);
    }
    return { world, all: all.reverse() };
  }

  test('newest first, in pages that neither skip nor double while mail comes in', () => {
    const { world, all } = filled(25);
    const first = world.get<List>('messages?maxResults=10');
    world.clock.advance(1_000);
    world.insert(mail({ Subject: 'late' }));
    const second = world.get<List>(`messages?maxResults=10&pageToken=${first.nextPageToken}`);
    const third = world.get<List>(`messages?maxResults=10&pageToken=${second.nextPageToken}`);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(all);
    expect(third.nextPageToken).toBeUndefined();
  });

  test('a token of 0 gives an empty page and a token, garbage a 400', () => {
    const { world, all } = filled(3);
    const empty = world.get<List>('messages?pageToken=0');
    expect(ids(empty)).toEqual([]);
    expect(ids(world.get<List>(`messages?pageToken=${empty.nextPageToken}`))).toEqual(all);
    const garbage = world.request<{ error: { message: string } }>('GET', 'messages?pageToken=garbage');
    expect([garbage.status, garbage.body.error.message]).toEqual([400, 'Invalid pageToken']);
  });

  test('labelIds must all fit; an unknown label is a 400', () => {
    const { world } = filled(6);
    expect(ids(world.get<List>('messages?labelIds=INBOX&labelIds=STARRED'))).toHaveLength(3);
    expect(world.request('GET', 'messages?labelIds=Label_404').status).toBe(400);
  });

  test('spam and trash are left out unless asked for', () => {
    const { world, all } = filled(3);
    world.post(`messages/${all[0]}/trash`);
    world.post(`messages/${all[1]}/modify`, { addLabelIds: ['SPAM'], removeLabelIds: ['INBOX'] });
    expect(ids(world.get<List>('messages'))).toEqual([all[2]]);
    expect(ids(world.get<List>('messages?includeSpamTrash=true'))).toEqual(all);
    expect(ids(world.get<List>('messages?labelIds=TRASH'))).toEqual([all[0]]);
  });

  test('an empty mailbox has no messages field', () => {
    expect(new Harness().get('messages')).toEqual({ resultSizeEstimate: 0 });
  });
});

describe('labels of messages', () => {
  test('modify gives the new labels; Gmail’s own cannot be set by hand', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    expect(
      world.post<Stored>(`messages/${id}/modify`, { addLabelIds: ['UNREAD'], removeLabelIds: ['INBOX'] }).labelIds,
    ).toEqual(['UNREAD']);
    for (const label of ['SENT', 'DRAFT', 'CHAT', 'Label_404']) {
      expect(world.request('POST', `messages/${id}/modify`, { addLabelIds: [label] }).status).toBe(400);
    }
    expect(world.request('POST', `messages/${id}/modify`, {}).status).toBe(400);
  });

  test('a change gives the message another historyId, one that changes nothing does not', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    const before = world.message(id).historyId;
    world.post(`messages/${id}/modify`, { addLabelIds: ['INBOX'] });
    expect(world.message(id).historyId).toBe(before);
    world.post(`messages/${id}/modify`, { addLabelIds: ['STARRED'] });
    expect(BigInt(world.message(id).historyId)).toBeGreaterThan(BigInt(before));
  });

  test('batchModify takes 1,000 ids and passes over those that are gone', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    const request = world.request('POST', 'messages/batchModify', {
      ids: ['18c0000000000000', id],
      addLabelIds: ['STARRED'],
    });
    expect(request.status).toBe(204);
    expect(world.message(id).labelIds).toContain('STARRED');
    const many = Array.from({ length: 1_001 }, () => id);
    expect(world.request('POST', 'messages/batchModify', { ids: many, addLabelIds: ['STARRED'] }).status).toBe(400);
  });

  test('trash takes the message out of the inbox, untrash does not put it back there', () => {
    const world = new Harness();
    const { id } = world.insert(mail(), ['INBOX', 'UNREAD']);
    expect(world.post<Stored>(`messages/${id}/trash`).labelIds).toEqual(['UNREAD', 'TRASH']);
    expect(world.post<Stored>(`messages/${id}/untrash`).labelIds).toEqual(['UNREAD']);
  });

  test('deleting for good needs https://mail.google.com/', () => {
    const world = new Harness();
    const { id } = world.insert(mail());
    world.scopes = [MODIFY];
    expect(world.request('DELETE', `messages/${id}`).status).toBe(403);
    world.scopes = [FULL];
    expect(world.request('DELETE', `messages/${id}`).status).toBe(204);
    expect(world.request('GET', `messages/${id}`).status).toBe(404);
    expect(world.get<{ messagesTotal: number; threadsTotal: number }>('profile')).toMatchObject({
      messagesTotal: 0,
      threadsTotal: 0,
    });
  });
});

describe('insert and import (facts, platform 3.7)', () => {
  const dated = mail({ Date: 'Mon, 05 Jan 2026 10:00:00 +0100', 'Message-ID': '<keep@crm.example>' });

  test('insert keeps Message-ID and Date, sets exactly the labels given, and dates by the header', () => {
    const world = new Harness();
    const stored = world.insert(dated, ['SENT']);
    expect(stored.labelIds).toEqual(['SENT']);
    const message = world.message(stored.id);
    expect(header(message, 'Message-ID')).toBe('<keep@crm.example>');
    expect(message.internalDate).toBe(String(Date.UTC(2026, 0, 5, 9)));
    expect(world.raw(stored.id)).toBe(dated);
  });

  test('switch: internalDateSource counts where Gmail heeds it', () => {
    const world = new Harness({ gmailInsertDateFromHeader: false });
    expect(world.message(world.insert(dated).id).internalDate).toBe(String(START));
    const byHeader = world.post<Stored>('messages?internalDateSource=dateHeader', { raw: encode(dated) });
    expect(world.message(byHeader.id).internalDate).toBe(String(Date.UTC(2026, 0, 5, 9)));
  });

  test('an impossible date gives the time of arrival', () => {
    const world = new Harness();
    for (const Date of ['Fri, 31 Feb 2026 10:00:00 +0000', 'yesterday', 'Mon, 05 Jan 1950 10:00:00 +0000', '']) {
      expect(world.message(world.insert(mail({ Date })).id).internalDate).toBe(String(START));
    }
  });

  test('an inserted message is in the history as added: the echo', () => {
    const world = new Harness();
    const start = world.historyId();
    const { id } = world.insert(dated, ['SENT']);
    expect(world.history(start).history?.[0].messagesAdded?.[0].message).toMatchObject({ id, labelIds: ['SENT'] });
  });

  test('a thread that is not there is a 404, what cannot be one a 400', () => {
    const world = new Harness();
    expect(world.request('POST', 'messages', { raw: encode(dated), threadId: '18c0000000000000' }).status).toBe(404);
    expect(world.request('POST', 'messages', { raw: encode(dated), threadId: 'x y' }).status).toBe(400);
  });

  test('threadId is honoured as given; by switch only where References and Subject fit', () => {
    const world = new Harness();
    const first = world.insert(mail({ 'Message-ID': '<1@x.example>' }));
    expect(world.insert(mail({ Subject: 'Other' }), [], first.threadId).threadId).toBe(first.threadId);
    world.switches.gmailInsertThreadNeedsSubject = true;
    expect(world.insert(mail({ Subject: 'Third' }), [], first.threadId).threadId).not.toBe(first.threadId);
    const reply = mail({ Subject: 'Re: Offer', 'In-Reply-To': '<1@x.example>' });
    expect(world.insert(reply, [], first.threadId).threadId).toBe(first.threadId);
  });

  test('import refuses threadId, answers with the id alone, and goes to spam without neverMarkSpam', () => {
    const world = new Harness();
    const refused = world.request<{ error: { message: string } }>('POST', 'messages/import', {
      raw: encode(dated),
      threadId: 'a',
    });
    expect([refused.status, refused.body.error.message]).toEqual([400, 'threadId not allowed']);
    const spam = world.post<Stored>('messages/import', { raw: encode(dated), labelIds: ['INBOX'] });
    expect(Object.keys(spam)).toEqual(['id']);
    expect(world.message(spam.id).labelIds).toEqual(['SPAM']);
    const kept = world.post<Stored>('messages/import?neverMarkSpam=true', { raw: encode(dated), labelIds: ['INBOX'] });
    expect(world.message(kept.id).labelIds).toEqual(['INBOX']);
    expect(header(world.message(kept.id), 'Received')).toContain('gmailapi.google.com');
  });

  test('a body without a message is a 400', () => {
    const world = new Harness();
    expect(world.request('POST', 'messages', {}).status).toBe(400);
    expect(world.request('POST', 'messages', { raw: '*' }).status).toBe(400);
    expect(world.request('POST', 'messages', Buffer.from('{"raw":')).status).toBe(400);
  });
});

describe('uploads', () => {
  const raw = mail({ 'X-Bytes': 'ÿ' }, 'Grüße\r\n');
  const multipart = (boundary: string) =>
    Buffer.from(
      `--${boundary}\r\nContent-Type: application/json\r\n\r\n{"labelIds":["INBOX"]}\r\n--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n${raw}\r\n--${boundary}--`,
      'latin1',
    );

  test('media: the body is the message', () => {
    const world = new Harness();
    const { body } = world.request<Stored>(
      'POST',
      '/upload/gmail/v1/users/me/messages?uploadType=media',
      Buffer.from(raw, 'latin1'),
      {
        'content-type': 'message/rfc822',
      },
    );
    expect(world.raw(body.id)).toBe(raw);
  });

  test('multipart: JSON and message, bytes untouched', () => {
    const world = new Harness();
    const { body } = world.request<Stored>(
      'POST',
      '/upload/gmail/v1/users/me/messages?uploadType=multipart',
      multipart('b1'),
      {
        'content-type': 'multipart/related; boundary="b1"',
      },
    );
    expect(body.labelIds).toEqual(['INBOX']);
    expect(world.raw(body.id)).toBe(raw);
  });

  test('resumable: begun, continued, finished', () => {
    const world = new Harness();
    const begun = world.request('POST', '/resumable/upload/gmail/v1/users/me/messages?uploadType=resumable', {
      labelIds: ['SENT'],
    });
    const path = begun.response.headers.location.replace('https://gmail.googleapis.com', '');
    const bytes = Buffer.from(raw, 'latin1');
    const first = world.request('PUT', path, bytes.subarray(0, 10), { 'content-range': `bytes 0-9/${bytes.length}` });
    expect(first.status).toBe(308);
    const { body } = world.request<Stored>('PUT', path, bytes.subarray(10), {
      'content-range': `bytes 10-${bytes.length - 1}/${bytes.length}`,
    });
    expect(body.labelIds).toEqual(['SENT']);
    expect(world.raw(body.id)).toBe(raw);
    expect(world.request('PUT', path, bytes).status).toBe(404);
  });

  test('an upload type that is none is a 400, a path without upload a 404', () => {
    const world = new Harness();
    expect(world.request('POST', '/upload/gmail/v1/users/me/messages', Buffer.from(raw)).status).toBe(400);
    expect(world.request('POST', '/upload/gmail/v1/users/me/labels?uploadType=media', Buffer.from(raw)).status).toBe(
      404,
    );
  });

  test('more than 35 MB to send is a 413', () => {
    const world = new Harness();
    const huge = Buffer.concat([Buffer.from(mail({ To: 'c@outside.example' })), Buffer.alloc(36_700_160, 65)]);
    const answer = world.request('POST', '/upload/gmail/v1/users/me/messages/send?uploadType=media', huge);
    expect(answer.status).toBe(413);
    expect(world.get<Message>('profile')).toMatchObject({ messagesTotal: 0 });
  });
});

test('users/{own address} is the same as me, another one is refused', () => {
  const world = new Harness();
  expect(world.request('GET', `/gmail/v1/users/${encodeURIComponent(ANNA)}/profile`).body).toMatchObject({
    emailAddress: ANNA,
  });
  expect(world.request('GET', `/gmail/v1/users/${BEN}/profile`).status).toBe(403);
});

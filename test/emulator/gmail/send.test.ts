/** facts, platform 3.6; reliability 2.3. */
import { ANNA, BEN, encode, Harness, header, mail, START, text, type Message, type Part, type Stored } from './harness';

interface Draft {
  id: string;
  message: Stored;
}
interface ErrorBody {
  error: { message: string };
}

const outgoing = (headers: Record<string, string> = {}, body?: string) =>
  mail({ From: `Anna <${ANNA}>`, To: 'carl@outside.example', ...headers }, body);

const createDraft = (world: Harness, raw: string, threadId?: string) =>
  world.post<Draft>('drafts', { message: { raw: encode(raw), threadId } });

const inbox = (world: Harness) => world.get<{ messages?: Stored[] }>('messages?labelIds=INBOX').messages ?? [];

describe('messages.send', () => {
  test('replaces Message-ID and Date, keeps X- headers, answers SENT', () => {
    const world = new Harness();
    const sent = world.send(
      outgoing({ 'Message-ID': '<own@example.com>', Date: 'Mon, 05 Jan 2026 10:00:00 +0000', 'X-Mark': 'm1' }),
    );
    expect(sent.labelIds).toEqual(['SENT']);
    const message = world.message(sent.id);
    expect(header(message, 'Message-ID')).toMatch(/^<[^<>@]+@mail\.gmail\.com>$/);
    expect(header(message, 'Date')).toBe('Mon, 02 Nov 2026 09:00:00 +0000');
    expect(header(message, 'X-Mark')).toBe('m1');
    expect(message.internalDate).toBe(String(START));
    expect(world.outside[0].raw.toString('latin1')).toContain(header(message, 'Message-ID') ?? '?');
  });

  test('switch: a well-formed Message-ID is kept', () => {
    const world = new Harness({ gmailKeepMessageId: true });
    const kept = world.send(outgoing({ 'Message-ID': '<own@example.com>' }));
    expect(header(world.message(kept.id), 'Message-ID')).toBe('<own@example.com>');
    const broken = world.send(outgoing({ 'Message-ID': '<not one' }));
    expect(header(world.message(broken.id), 'Message-ID')).toContain('@mail.gmail.com>');
  });

  test('a From that is no verified address of the user becomes the primary one', () => {
    const world = new Harness();
    const from = (value: string) => header(world.message(world.send(outgoing({ From: value })).id), 'From');
    expect(from('Sales <sales@example.com>')).toBe('Sales <sales@example.com>');
    expect(from('Boss <boss@elsewhere.example>')).toBe(`Anna Ågren <${ANNA}>`);
    expect(from('pending@example.com')).toBe(`Anna Ågren <${ANNA}>`);
    expect(world.outside.map((envelope) => envelope.from)).toEqual(['sales@example.com', ANNA, ANNA]);
  });

  test('Bcc is in the sender’s copy and nobody else’s', () => {
    const world = new Harness();
    const sent = world.send(outgoing({ Cc: BEN, Bcc: 'dora@outside.example' }));
    expect(header(world.message(sent.id), 'Bcc')).toBe('dora@outside.example');
    expect(world.outside[0].to).toEqual(['carl@outside.example', BEN, 'dora@outside.example']);
    expect(world.outside[0].raw.toString('latin1')).not.toContain('dora');
    world.user = BEN;
    expect(header(world.message(inbox(world)[0].id), 'Bcc')).toBeUndefined();
  });

  test('mail to oneself is one message, sent and in the inbox', () => {
    const world = new Harness();
    const sent = world.send(outgoing({ To: `${ANNA}, anna+tag@example.com, Sales <sales@example.com>` }));
    expect([...(sent.labelIds ?? [])].sort()).toEqual(['INBOX', 'SENT', 'UNREAD']);
    expect(world.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(1);
    expect(world.outside).toHaveLength(0);
  });

  test('no recipient and a broken recipient are 400, and nothing is sent', () => {
    const world = new Harness();
    const refusal = (headers: Record<string, string>) => {
      const { status, body } = world.request<ErrorBody>('POST', 'messages/send', { raw: encode(outgoing(headers)) });
      return [status, body.error.message];
    };
    expect(refusal({ To: '' })).toEqual([400, 'Recipient address required']);
    expect(refusal({ To: 'undisclosed-recipients:;' })).toEqual([400, 'Recipient address required']);
    expect(refusal({ To: 'no address' })).toEqual([400, 'Invalid To header']);
    expect(refusal({ Cc: 'carl@@outside.example' })).toEqual([400, 'Invalid Cc header']);
    expect(refusal({ To: Array.from({ length: 501 }, (_, i) => `c${i}@outside.example`).join(', ') })[0]).toBe(400);
    expect(world.get<{ messagesTotal: number }>('profile').messagesTotal).toBe(0);
  });

  test('more than 25 MB of attachments are a 400', () => {
    const world = new Harness();
    const raw = outgoing({ 'Content-Type': 'application/octet-stream' }, 'A'.repeat(26_214_401));
    const answer = world.request<ErrorBody>(
      'POST',
      '/upload/gmail/v1/users/me/messages/send?uploadType=media',
      Buffer.from(raw),
    );
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringContaining('25 MB')]);
  });

  test('labelIds of the request are ignored', () => {
    const world = new Harness();
    const sent = world.post<Stored>('messages/send', { raw: encode(outgoing()), labelIds: ['STARRED', 'Label_1'] });
    expect(sent.labelIds).toEqual(['SENT']);
  });

  test('threads only with threadId, References and the subject together', () => {
    const world = new Harness();
    const first = world.insert(mail({ 'Message-ID': '<1@outside.example>' }));
    const reply = (headers: Record<string, string>, threadId?: string) =>
      world.send(outgoing(headers), threadId).threadId;
    const fitting = { Subject: 'RE: Offer', 'In-Reply-To': '<1@outside.example>', References: '<1@outside.example>' };
    expect(reply(fitting, first.threadId)).toBe(first.threadId);
    expect(reply({ ...fitting, Subject: 'Other' }, first.threadId)).not.toBe(first.threadId);
    expect(reply({ Subject: 'Re: Offer' }, first.threadId)).not.toBe(first.threadId);
    expect(reply(fitting)).not.toBe(first.threadId);
    world.switches.gmailSendJoinsWithoutThreadId = true;
    expect(reply(fitting)).toBe(first.threadId);
    expect(
      world.request('POST', 'messages/send', { raw: encode(outgoing()), threadId: '18c0000000000000' }).status,
    ).toBe(404);
  });
});

describe('drafts', () => {
  test('drafts.send uses the draft up: a new message id, and a second send is a 404', () => {
    const world = new Harness();
    const draft = createDraft(world, outgoing({ 'X-Mark': 'm1' }));
    expect(draft.id).toMatch(/^r-\d+$/);
    const start = world.historyId();
    const sent = world.post<Stored>('drafts/send', { id: draft.id });
    expect(sent.id).not.toBe(draft.message.id);
    expect(sent).toMatchObject({ threadId: draft.message.threadId, labelIds: ['SENT'] });
    expect(header(world.message(sent.id), 'X-Mark')).toBe('m1');
    expect(world.request('POST', 'drafts/send', { id: draft.id }).status).toBe(404);
    expect(world.request('GET', `drafts/${draft.id}`).status).toBe(404);
    expect(world.request('GET', `messages/${draft.message.id}`).status).toBe(404);
    expect(world.outside).toHaveLength(1);
    const records = world.history(start).history ?? [];
    expect(
      records.map((record) => [record.messagesDeleted?.[0].message.id, record.messagesAdded?.[0].message.id]),
    ).toEqual([
      [draft.message.id, undefined],
      [undefined, sent.id],
    ]);
  });

  test('a draft that cannot be sent stays', () => {
    const world = new Harness();
    const draft = createDraft(world, outgoing({ To: '' }));
    expect(world.request('POST', 'drafts/send', { id: draft.id }).status).toBe(400);
    expect(world.request('GET', `drafts/${draft.id}`).status).toBe(200);
  });

  test('a draft in a thread is sent into that thread', () => {
    const world = new Harness();
    const first = world.insert(mail({ 'Message-ID': '<1@outside.example>' }));
    const draft = createDraft(
      world,
      outgoing({ Subject: 'Re: Offer', 'In-Reply-To': '<1@outside.example>' }),
      first.threadId,
    );
    expect(draft.message.threadId).toBe(first.threadId);
    expect(world.post<Stored>('drafts/send', { id: draft.id }).threadId).toBe(first.threadId);
  });

  test('list, get with headers, update and delete', () => {
    const world = new Harness();
    const one = createDraft(world, outgoing({ 'X-Mark': 'm1' }));
    world.clock.advance(1_000);
    const two = createDraft(world, outgoing({ 'X-Mark': 'm2' }));
    const list = world.get<{ drafts: Draft[] }>('drafts');
    expect(list.drafts).toEqual(
      [two, one].map(({ id, message }) => ({ id, message: { id: message.id, threadId: message.threadId } })),
    );
    const shown = world.get<{ message: Message }>(`drafts/${one.id}?format=metadata`);
    expect(header(shown.message, 'X-Mark')).toBe('m1');
    const { body: updated } = world.request<Draft>('PUT', `drafts/${one.id}`, {
      message: { raw: encode(outgoing({ Subject: 'new' })) },
    });
    expect(updated.id).toBe(one.id);
    expect(updated.message.id).not.toBe(one.message.id);
    expect(updated.message.threadId).toBe(one.message.threadId);
    expect(world.request('DELETE', `drafts/${two.id}`).status).toBe(204);
    expect(world.get<{ drafts: Draft[] }>('drafts').drafts.map(({ id }) => id)).toEqual([one.id]);
    expect(world.request('DELETE', `drafts/${two.id}`).status).toBe(404);
  });

  test('drafts.send with a message sends that one', () => {
    const world = new Harness();
    const draft = createDraft(world, outgoing());
    const sent = world.post<Stored>('drafts/send', {
      id: draft.id,
      message: { raw: encode(outgoing({ Subject: 'Changed' })) },
    });
    expect(header(world.message(sent.id), 'Subject')).toBe('Changed');
    expect(world.get('drafts')).toEqual({ resultSizeEstimate: 0 });
  });
});

describe('delivery reports', () => {
  test('a refused recipient comes back in the thread, as RFC 3464 says', () => {
    const world = new Harness();
    world.unknown.add('nobody@outside.example');
    const sent = world.send(
      outgoing({ To: 'carl@outside.example, nobody@outside.example', Bcc: 'dora@outside.example' }),
    );
    const [bounce] = inbox(world);
    expect(bounce.threadId).toBe(sent.threadId);
    const message = world.message(bounce.id);
    expect(header(message, 'From')).toContain('mailer-daemon@googlemail.com');
    expect(header(message, 'Auto-Submitted')).toBe('auto-replied');
    expect(header(message, 'In-Reply-To')).toBe(header(world.message(sent.id), 'Message-ID'));
    expect(message.payload.mimeType).toBe('multipart/report');
    const [, status, original] = message.payload.parts as Part[];
    expect(status.mimeType).toBe('message/delivery-status');
    expect(text(status)).toMatch(
      /Final-Recipient: rfc822; nobody@outside\.example\r\nAction: failed\r\nStatus: 5\.1\.1/,
    );
    expect(original.mimeType).toBe('message/rfc822');
    expect(original.parts?.[0].headers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Message-ID', 'Subject']),
    );
    expect(world.raw(bounce.id)).not.toContain('dora');
  });

  test('switch: the report comes later', () => {
    const world = new Harness({ gmailBounceDelayMs: 60_000 });
    world.unknown.add('nobody@outside.example');
    world.send(outgoing({ To: 'nobody@outside.example' }));
    expect(inbox(world)).toHaveLength(0);
    world.clock.advance(60_000);
    expect(inbox(world)).toHaveLength(1);
  });
});

describe('receiving', () => {
  const envelope = (raw: string) => ({ from: 'carl@outside.example', to: [ANNA], raw: Buffer.from(raw, 'latin1') });

  test('lands unread in the inbox with trace headers on top of the same bytes', () => {
    const world = new Harness();
    const raw = mail({ 'Message-ID': '<1@outside.example>' });
    const delivered = world.gmail.receive('anna+x@example.com', envelope(raw));
    const message = world.message(delivered.id ?? '');
    expect(message.labelIds).toEqual(['UNREAD', 'CATEGORY_PERSONAL', 'INBOX']);
    expect(message.payload.headers.slice(0, 3).map(({ name }) => name)).toEqual([
      'Delivered-To',
      'Received',
      'Return-Path',
    ]);
    expect(world.raw(message.id).endsWith(raw)).toBe(true);
  });

  test('own, plus and verified alias addresses are taken, others are not', () => {
    const world = new Harness();
    const taken = [
      'ANNA@example.com',
      'anna+any@example.com',
      'sales@example.com',
      'pending@example.com',
      'x@example.com',
    ];
    expect(taken.map((address) => world.gmail.accepts(address))).toEqual([true, true, true, false, false]);
    expect(() => world.gmail.receive('x@example.com', envelope(mail()))).toThrow();
  });

  test('one mail to two addresses of one mailbox comes once', () => {
    const world = new Harness();
    const mailOfCarl = envelope(mail({ 'Message-ID': '<1@outside.example>' }));
    const first = world.gmail.receive(ANNA, mailOfCarl);
    expect(world.gmail.receive('sales@example.com', mailOfCarl).id).toBe(first.id);
    expect(world.gmail.receive(ANNA, mailOfCarl).id).not.toBe(first.id);
    world.clock.advance(1_000);
    expect(world.gmail.receive('sales@example.com', mailOfCarl).id).not.toBe(first.id);
  });

  test('facts, platform 3.3: a filter may archive at arrival, so that INBOX never sees it', () => {
    const world = new Harness({ gmailArchivesArrivals: true });
    const start = world.historyId();
    const { id } = world.gmail.receive(ANNA, envelope(mail()));
    expect(world.history(start, '&labelId=INBOX').history).toBeUndefined();
    expect(world.history(start).history?.[0].messagesAdded?.[0].message.id).toBe(id);
  });

  test('a mail beyond the size limit is refused', () => {
    const world = new Harness();
    expect(() => world.gmail.receive(ANNA, { ...envelope(''), raw: Buffer.alloc(36_700_161, 65) })).toThrow(/552/);
  });
});

describe('threading on arrival', () => {
  function receive(world: Harness, headers: Record<string, string>): Stored {
    world.clock.advance(1_000);
    const { id, threadId } = world.gmail.receive(ANNA, {
      from: 'carl@outside.example',
      to: [ANNA],
      raw: Buffer.from(mail(headers)),
    });
    return { id: id ?? '', threadId: threadId ?? '' };
  }

  test('a known parent and the same subject join; one of them is not enough', () => {
    const world = new Harness();
    const first = receive(world, { 'Message-ID': '<1@x>' });
    const thread = (headers: Record<string, string>) => receive(world, headers).threadId;
    expect(thread({ Subject: 'Re: offer', 'In-Reply-To': '<1@x>', 'Message-ID': '<2@x>' })).toBe(first.threadId);
    expect(thread({ Subject: 'AW: Offer', References: '<unknown@x> <2@x>\r\n <3@x>' })).toBe(first.threadId);
    expect(thread({ Subject: 'Offer 2', References: '<1@x>' })).not.toBe(first.threadId);
    expect(thread({ Subject: 'Re: Offer' })).not.toBe(first.threadId);
    expect(thread({ Subject: 'Re: Offer', 'In-Reply-To': '<unknown@x>' })).not.toBe(first.threadId);
  });

  test('a reply to a sent message joins its thread', () => {
    const world = new Harness();
    const sent = world.send(outgoing());
    const id = header(world.message(sent.id), 'Message-ID') ?? '';
    expect(receive(world, { Subject: 'Re: Offer', 'In-Reply-To': id }).threadId).toBe(sent.threadId);
  });

  test('a reply to a trashed thread lands in the inbox', () => {
    const world = new Harness();
    const first = receive(world, { 'Message-ID': '<1@x>' });
    world.post(`threads/${first.threadId}/trash`);
    const reply = receive(world, { Subject: 'Re: Offer', 'In-Reply-To': '<1@x>' });
    expect(reply.threadId).toBe(first.threadId);
    expect(world.message(reply.id).labelIds).toContain('INBOX');
    expect(world.message(reply.id).labelIds).not.toContain('TRASH');
  });

  test('facts, platform 3.2: threads.trash may fail soon after the message came', () => {
    const world = new Harness({ gmailTrashTooSoonMs: 5_000 });
    const { threadId } = receive(world, {});
    expect(world.request('POST', `threads/${threadId}/trash`).status).toBe(400);
    world.clock.advance(5_000);
    expect(world.request('POST', `threads/${threadId}/trash`).status).toBe(200);
  });

  test('switch: the same subject and people join without a known parent', () => {
    const world = new Harness({ gmailJoinBySubject: true });
    const first = receive(world, {});
    expect(receive(world, { Subject: 'Re: Offer' }).threadId).toBe(first.threadId);
    expect(receive(world, { Subject: 'Re: Offer', From: 'dora@outside.example' }).threadId).not.toBe(first.threadId);
    world.clock.advance(8 * 86_400_000);
    expect(receive(world, { Subject: 'Re: Offer' }).threadId).not.toBe(first.threadId);
  });

  test('a thread keeps its id when its first message is gone', () => {
    const world = new Harness();
    const first = receive(world, { 'Message-ID': '<1@x>' });
    const second = receive(world, { 'In-Reply-To': '<1@x>', 'Message-ID': '<2@x>' });
    world.request('DELETE', `messages/${first.id}`);
    expect(receive(world, { 'In-Reply-To': '<2@x>' }).threadId).toBe(second.threadId);
    expect(world.get<{ messages: Stored[] }>(`threads/${first.threadId}`).messages).toHaveLength(2);
  });
});

describe('what only a live account could tell (reliability, probes P1 to P5)', () => {
  test('P2: X- headers may be lost on sending', () => {
    const world = new Harness({ gmailKeepsXHeaders: false });
    const draft = createDraft(world, outgoing({ 'X-Mark': 'm1' }));
    const sent = world.post<Stored>('drafts/send', { id: draft.id });
    expect(header(world.message(sent.id), 'X-Mark')).toBeUndefined();
    expect(header(world.message(sent.id), 'Subject')).toBe('Offer');
  });

  test('P3: a used draft may be a 400, and still goes once', () => {
    const world = new Harness({ gmailUsedDraftStatus: 400 });
    const draft = createDraft(world, outgoing());
    world.post('drafts/send', { id: draft.id });
    expect(world.request('POST', 'drafts/send', { id: draft.id }).status).toBe(400);
    expect(world.outside).toHaveLength(1);
  });

  test('P4: Sent and the history may lag, and lose nothing by it', () => {
    const world = new Harness({ gmailListLagMs: 5_000, gmailHistoryLagMs: 5_000 });
    const start = world.historyId();
    const first = world.send(outgoing());
    expect(world.get('messages?labelIds=SENT')).toEqual({ resultSizeEstimate: 0 });
    const early = world.history(start);
    expect(early.history).toBeUndefined();
    expect(world.message(first.id).labelIds).toEqual(['SENT']);
    world.clock.advance(4_000);
    world.send(outgoing({ Subject: 'Second' }));
    world.clock.advance(1_000);
    expect(world.get<{ messages: Stored[] }>('messages?labelIds=SENT').messages.map(({ id }) => id)).toEqual([
      first.id,
    ]);
    const middle = world.history(early.historyId);
    expect(middle.history).toHaveLength(1);
    expect(world.historyId()).toBe(middle.historyId);
    world.clock.advance(5_000);
    expect(world.history(middle.historyId).history).toHaveLength(1);
  });

  test('facts, platform 3.2: over the sending limit a 429, until the day is over', () => {
    const world = new Harness({ gmailSendsPerDay: 2 });
    world.send(outgoing());
    world.clock.advance(3_600_000);
    world.send(outgoing());
    const draft = createDraft(world, outgoing());
    expect(world.request('POST', 'drafts/send', { id: draft.id }).status).toBe(429);
    expect(world.request('GET', `drafts/${draft.id}`).status).toBe(200);
    world.clock.advance(86_400_000 - 3_600_000);
    expect(world.request('POST', 'drafts/send', { id: draft.id }).status).toBe(200);
  });
});

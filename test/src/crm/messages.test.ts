/** Threads and their e-mails, on the samples of the documents and on what practice gives (facts, highlevel 5.2 to 5.4). */
import { crmOutcome } from '../../../src/crm/api';
import { getEmail } from '../../../src/crm/emails';
import { exportEmails, getThread, listEmailThreads, listMessages } from '../../../src/crm/messages';
import type { CrmThread } from '../../../src/crm/types';
import { Unreadable, type Exchange } from '../../../src/platform/exchange';
import { answer, JSON_TYPE } from './answers';

const DATE = { ...JSON_TYPE, date: 'Mon, 23 Nov 2026 12:00:00 GMT' };

/** The specification's sample of a message, made an e-mail. */
const ROW = {
  id: 've9EPM428h8vShlRW1KT',
  type: 3,
  messageType: 'TYPE_EMAIL',
  locationId: 'locEPM428h8vShlRW1KT',
  contactId: 'conEPM428h8vShlRW1KT',
  conversationId: 'cnvEPM428h8vShlRW1KT',
  dateAdded: '2024-03-27T18:13:49.000Z',
  body: 'Hi there',
  direction: 'inbound',
  status: 'connected',
  contentType: 'text/plain',
  attachments: ['string'],
  meta: { email: { messageIds: ['e1', 'e2'] } },
  source: 'app',
  userId: 'usrEPM428kjkvShlRW1K',
};

const THREAD: CrmThread = {
  id: ROW.id,
  conversationId: ROW.conversationId,
  contactId: ROW.contactId,
  locationId: ROW.locationId,
  emailIds: ['e1', 'e2'],
  userId: ROW.userId,
  source: 'app',
  status: 'connected',
  dateAdded: Date.UTC(2024, 2, 27, 18, 13, 49),
  dateUpdated: undefined,
};

describe('a thread (highlevel 5.2)', () => {
  const threadOf = (row: unknown) => read(getThread(ROW.id), row);

  test('flat, and wrapped', () => {
    expect(threadOf(ROW)).toEqual(THREAD);
    expect(threadOf({ message: ROW, traceId: 't' })).toEqual(THREAD);
  });

  test.each([
    ['meta.email.messageIds', { email: { messageIds: ['e1', 'e2'] } }, ['e1', 'e2']],
    ['meta.email.email.messageIds', { email: { email: { messageIds: ['e1', 'e2'] } } }, ['e1', 'e2']],
    ['with more beside them', { email: { messageIds: ['e1'], subject: 'x', direction: 'inbound' } }, ['e1']],
    ['each once', { email: { messageIds: ['e1', 'e2', 'e1'] } }, ['e1', 'e2']],
    ['a single text', { email: { messageIds: 'e1' } }, ['e1']],
    ['ids that are none', { email: { messageIds: ['e1', '', null, '../x', 5, {}] } }, ['e1', '5']],
    ['none', { email: {} }, []],
    ['no e-mail', { callDuration: '5' }, []],
    ['no meta', undefined, []],
    ['a text as meta', 'x', []],
  ])('its ids: %s', (_, meta, wanted) => expect(threadOf({ ...ROW, meta }).emailIds).toEqual(wanted));

  test('practice: dateUpdated, in any form of time', () => {
    const later = Date.UTC(2024, 2, 28);
    for (const dateUpdated of ['2024-03-28T00:00:00.000Z', later, later / 1000]) {
      expect(threadOf({ ...ROW, dateUpdated }).dateUpdated).toBe(later);
    }
  });

  test('what is missing has a defined value', () => {
    expect(threadOf({ id: ROW.id })).toEqual({
      ...{ id: ROW.id, conversationId: '', contactId: '', locationId: '', emailIds: [], dateAdded: 0 },
      ...{ userId: undefined, source: undefined, dateUpdated: undefined },
    });
  });

  test('another message, or one without an id, is no answer', () => {
    expect(() => threadOf({ ...ROW, id: 'other' })).toThrow(Unreadable);
    expect(() => threadOf({ ...ROW, id: undefined })).toThrow(Unreadable);
  });
});

describe('a conversation’s messages (highlevel 5.2, #54)', () => {
  const flat = { lastMessageId: 'm9', nextPage: true, messages: [ROW] };

  test.each([
    ['nested, as practice has it', { messages: flat, traceId: 't' }],
    ['flat, as the specification has it', flat],
  ])('%s', (_, body) => {
    expect(read(listMessages('cnv'), body)).toEqual({ threads: [THREAD], unreadable: 0, lastMessageId: 'm9' });
    expect(read(listEmailThreads('cnv'), body)).toEqual([THREAD]);
  });

  test('no next page on the last one', () => {
    const page = read(listMessages('cnv'), { messages: { ...flat, nextPage: false } });
    expect(page.lastMessageId).toBeUndefined();
    expect(read(listMessages('cnv'), { messages: [] })).toEqual({
      threads: [],
      unreadable: 0,
      lastMessageId: undefined,
    });
  });

  test.each([
    ['TYPE_EMAIL', true],
    ['TYPE_CAMPAIGN_EMAIL', true],
    ['TYPE_CUSTOM_EMAIL', true],
    ['TYPE_CUSTOM_PROVIDER_EMAIL', true],
    ['Email', true],
    ['TYPE_SMS', false],
    ['TYPE_CUSTOM_PROVIDER_SMS', false],
    ['TYPE_CALL', false],
    ['TYPE_ACTIVITY_CONTACT', false],
  ])('%s is an e-mail: %p', (messageType, isEmail) => {
    const page = read(listMessages('cnv'), { messages: [{ ...ROW, messageType, type: 3 }] });
    expect(page.threads).toHaveLength(isEmail ? 1 : 0);
  });

  test('without a messageType the number or the ids tell', () => {
    const untyped = { ...ROW, messageType: undefined };
    const rows = [untyped, { ...untyped, type: 1 }, { ...untyped, type: 1, meta: undefined }];
    expect(read(listMessages('cnv'), { messages: rows }).threads).toHaveLength(2);
  });

  test('one bad row stops no other, and is counted', () => {
    const page = read(listMessages('cnv'), { messages: [{ ...ROW, id: null }, 'x', null, ROW] });
    expect(page).toEqual({ threads: [THREAD], unreadable: 1, lastMessageId: undefined });
  });

  test.each([[{}], [{ messages: 'none' }], [{ messages: { messages: 5 } }], [{ messages: null }], [[]]])(
    'no list of messages: %j',
    (body) => expect(() => read(listMessages('cnv'), body)).toThrow(Unreadable),
  );
});

describe('the export (highlevel 5.4)', () => {
  const page = { messages: [ROW], nextCursor: 'eyJwaXQiOjF9==', total: 1 };
  const of = (body: unknown, headers: Record<string, string> = DATE) =>
    exportEmails({ locationId: 'L' }).read(answer(200, body, headers));

  test('its rows, its cursor, and the CRM’s own clock', () => {
    expect(of(page)).toEqual({
      ...{ threads: [THREAD], unreadable: 0 },
      ...{ nextCursor: 'eyJwaXQiOjF9==', now: Date.UTC(2026, 10, 23, 12) },
    });
    expect(of({ ...page, nextCursor: null }).nextCursor).toBeUndefined();
    expect(of({ messages: [], nextCursor: '', total: 0 })).toMatchObject({ threads: [], nextCursor: undefined });
  });

  test('a row without a location is of the one that was asked', () => {
    expect(of({ messages: [{ ...ROW, locationId: undefined }] }).threads[0].locationId).toBe('L');
  });

  test('X12: without a Date header the newest row is the clock', () => {
    const rows = [{ ...ROW, dateUpdated: '2026-01-02T00:00:00Z' }, ROW];
    expect(of({ messages: rows }, JSON_TYPE).now).toBe(Date.UTC(2026, 0, 2));
    expect(() => of({ messages: [] }, JSON_TYPE)).toThrow(Unreadable);
  });

  test('the address asks for e-mail alone, by change, newest first, within the limits', () => {
    const { searchParams } = new URL(exportEmails({ locationId: 'L', limit: 1 }).call.url);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ locationId: 'L', channel: 'Email', sortBy: 'updatedAt', sortOrder: 'desc', limit: '10' },
    });
    expect(exportEmails({ locationId: 'L', cursor: 'a+b=' }).call.url).toContain('cursor=a%2Bb%3D');
  });
});

describe('an e-mail (highlevel 5.3)', () => {
  const EMAIL = {
    ...{ id: 'e1', threadId: 'm1', locationId: 'l1', contactId: 'c1', conversationId: 'v1' },
    ...{ dateAdded: '2024-03-27T18:13:49.000Z', subject: 'Order confirm', body: '<p>Hi there</p>' },
    ...{
      direction: 'outbound',
      status: 'delivered',
      contentType: 'text/html',
      attachments: ['https://x.example.test/a'],
    },
    ...{ provider: 'Leadconnector Gmail', from: 'Jane <jane@example.test>', to: ['a@example.test'], cc: [], bcc: [] },
    ...{ replyToMessageId: 'e0', source: 'app', conversationProviderId: 'p1', altId: '<x@example.test>' },
  };
  const emailOf = (change: Record<string, unknown> = {}) => read(getEmail('e1'), { ...EMAIL, ...change });

  test('flat as documented, wrapped as in practice', () => {
    const wanted = { ...EMAIL, dateAdded: Date.UTC(2024, 2, 27, 18, 13, 49), contentType: undefined, error: undefined };
    expect(emailOf()).toEqual(wanted);
    expect(read(getEmail('e1'), { emailMessage: EMAIL, traceId: 't' })).toEqual(wanted);
  });

  test.each([
    ['from as a list', { from: ['A <a@example.test>'] }, { from: 'A <a@example.test>' }],
    ['to as a text', { to: 'a@example.test, b@example.test' }, { to: ['a@example.test', 'b@example.test'] }],
    ['no cc', { cc: null, bcc: undefined }, { cc: [], bcc: [] }],
    ['cc as a text', { cc: '"Doe, J" <j@example.test>' }, { cc: ['"Doe, J" <j@example.test>'] }],
    ['no source', { source: undefined }, { source: undefined }],
    ['source in capitals', { source: 'APP' }, { source: 'app' }],
    ['no status', { status: undefined }, { status: '' }],
    ['a status nobody listed', { status: 'Clicked' }, { status: 'clicked' }],
    ['no subject', { subject: null }, { subject: '' }],
    ['no body', { body: undefined }, { body: '' }],
    [
      'attachments as a text',
      { attachments: 'https://x.example.test/a' },
      { attachments: ['https://x.example.test/a'] },
    ],
    ['no attachments', { attachments: null }, { attachments: [] }],
    ['an error', { error: ' mailbox full ' }, { error: 'mailbox full' }],
    ['an error as an object', { error: { code: 1, message: 'mailbox full' } }, { error: 'mailbox full' }],
    ['an error without end', { error: 'x'.repeat(5000) }, { error: 'x'.repeat(500) }],
    ['a parent that is no id', { replyToMessageId: '../x' }, { replyToMessageId: undefined }],
    ['no contact', { contactId: undefined, conversationId: undefined }, { contactId: '', conversationId: '' }],
    ['seconds', { dateAdded: 1711563229 }, { dateAdded: 1711563229000 }],
    ['fields nobody knows', { plainText: 'x', sentiment: {} }, { id: 'e1' }],
  ])('%s', (_, change, wanted) => expect(emailOf(change)).toMatchObject(wanted));

  test.each([
    ['HTML, whatever it is called', 'text/plain', '<p>a &amp; b</p>', '<p>a &amp; b</p>'],
    ['HTML that looks like text', 'text/html', 'a\nb', 'a\nb'],
    ['no type', undefined, 'a < b', 'a < b'],
    ['text', 'text/plain', 'a < b\r\nR&D &amp; co', 'a &lt; b<br>R&amp;D &amp; co'],
  ])('M1: the body is HTML: %s', (_, contentType, body, wanted) => {
    expect(emailOf({ contentType, body }).body).toBe(wanted);
  });

  test.each([
    ['id', undefined],
    ['id', 'e2'],
    ['threadId', ''],
    ['direction', undefined],
    ['direction', 'sideways'],
    ['dateAdded', undefined],
    ['dateAdded', 'soon'],
  ])('unknown, not decided, where %s is %p', (name, value) => {
    const outcome = crmOutcome(getEmail('e1'), answer(200, { ...EMAIL, [name]: value }));
    expect(outcome).toMatchObject({ kind: 'unknown', failure: { code: 'http.unreadable' } });
  });
});

function read<T>(exchange: Exchange<T>, body: unknown): T {
  return exchange.read(answer(200, body, DATE));
}

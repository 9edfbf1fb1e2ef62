/** facts, platform 3.4. */
import { ANNA, BEN, encode, Harness, mail, type Stored } from './harness';

const DAY = 86_400_000;

function world(): Harness {
  const one = new Harness();
  const label = one.post<{ id: string }>('labels', { name: 'CRM/Private' });
  const add = (name: string, headers: Record<string, string>, labels: string[], body?: string) => {
    one.clock.advance(60_000);
    names.set(one.insert(mail({ 'Message-ID': `<${name}@x.example>`, ...headers }, body), labels).id, name);
  };
  names.clear();
  add('offer', { Subject: 'Offer for the kitchen' }, ['INBOX', 'UNREAD']);
  add(
    'reply',
    { From: 'Dora Doe <dora@other.example>', Subject: 'Re: kitchen', Cc: BEN },
    ['INBOX', 'STARRED'],
    'Blue tiles please\r\n',
  );
  add('file', { Subject: 'Plan', 'Content-Type': 'application/pdf; name="plan.pdf"' }, ['INBOX', label.id]);
  add('sent', { From: ANNA, To: 'carl@outside.example', Subject: 'Invoice' }, ['SENT']);
  add('gone', { Subject: 'Old offer' }, ['TRASH']);
  return one;
}

const names = new Map<string, string>();

function search(one: Harness, q: string): string[] {
  const { messages = [] } = one.get<{ messages?: Stored[] }>(`messages?q=${encodeURIComponent(q)}`);
  return messages.map(({ id }) => names.get(id) ?? id).reverse();
}

test.each([
  ['offer', ['offer']],
  ['kitchen', ['offer', 'reply']],
  ['kitch', []],
  ['"blue tiles"', ['reply']],
  ['"tiles blue"', []],
  ['rfc822msgid:reply@x.example', ['reply']],
  ['rfc822msgid:<reply@x.example>', ['reply']],
  ['from:dora@other.example', ['reply']],
  ['from:"Dora Doe"', ['reply']],
  ['from:me', ['sent']],
  ['to:ben@example.com', ['reply']],
  ['to:carl', ['sent']],
  ['subject:plan', ['file']],
  ['subject:(kitchen offer)', ['offer']],
  ['has:attachment', ['file']],
  ['filename:plan.pdf', ['file']],
  ['is:unread', ['offer']],
  ['is:read in:inbox', ['reply', 'file']],
  ['is:starred', ['reply']],
  ['in:sent', ['sent']],
  ['label:crm-private', ['file']],
  ['label:nothing', []],
  ['in:trash', ['gone']],
  ['offer in:anywhere', ['offer', 'gone']],
  ['kitchen -from:dora', ['offer']],
  ['-in:sent -kitchen', ['file']],
  ['plan OR invoice', ['file', 'sent']],
  ['{plan invoice}', ['file', 'sent']],
  ['kitchen (is:starred OR is:unread) -subject:offer', ['reply']],
  ['newer_than:1d', ['offer', 'reply', 'file', 'sent']],
  ['older_than:1d', []],
  ['larger:1M', []],
  ['foo:bar', []],
  ['((((', ['offer', 'reply', 'file', 'sent']],
])('%s', (q, expected) => {
  expect(search(world(), q)).toEqual(expected);
});

test('after and before: epoch seconds, and dates at midnight Pacific time', () => {
  const one = new Harness();
  names.clear();
  const at = (Date: string, name: string) => names.set(one.insert(mail({ Date, Subject: name })).id, name);
  at('Sun, 01 Mar 2026 07:59:59 +0000', 'before midnight');
  at('Sun, 01 Mar 2026 08:00:01 +0000', 'after midnight');
  at('Wed, 01 Jul 2026 06:59:59 +0000', 'before summer midnight');
  at('Wed, 01 Jul 2026 07:00:01 +0000', 'after summer midnight');
  expect(search(one, 'after:2026/3/1 before:2026/04/01')).toEqual(['after midnight']);
  expect(search(one, 'after:2026-07-01')).toEqual(['after summer midnight']);
  const second = Date.UTC(2026, 2, 1, 8, 0, 1) / 1_000;
  expect(search(one, `after:${second} before:${second + 1}`)).toEqual(['after midnight']);
});

test('switch: the index lags, lists by label do not', () => {
  names.clear();
  const one = new Harness({ gmailSearchLagMs: DAY });
  const { id } = one.insert(mail({ 'Message-ID': '<1@x.example>' }));
  expect(search(one, 'rfc822msgid:1@x.example')).toEqual([]);
  expect(one.get<{ messages: Stored[] }>('messages?labelIds=INBOX').messages[0].id).toBe(id);
  one.clock.advance(DAY);
  expect(search(one, 'rfc822msgid:1@x.example')).toEqual([id]);
});

test('drafts and threads are searched too', () => {
  const one = new Harness();
  const draft = one.post<{ id: string }>('drafts', { message: { raw: encode(mail({ Subject: 'Needle' })) } });
  one.post('drafts', { message: { raw: encode(mail({ Subject: 'Hay' })) } });
  expect(one.get<{ drafts: { id: string }[] }>('drafts?q=needle').drafts.map(({ id }) => id)).toEqual([draft.id]);
  expect(one.get<{ threads: unknown[] }>('threads?q=needle').threads).toHaveLength(1);
});

/** S8, X4: what of a thread is on both sides, what is missing and what stays as it is; one answer for card and engine. */
import type { CrmEmail } from '../../../src/crm/types';
import { shortHash } from '../../../src/platform/hash';
import { compareThread, type Known } from '../../../src/sync/compare';
import { mirrorMessageId } from '../../../src/sync/mirror';
import type { MessageView } from '../../../src/sync/observed';
import { DAY_MS, type Item, type Link } from '../../../src/sync/state';

const NOW = 1_800_000_000_000;
const ME = 'max@agency.test';
const ANA = 'ana@c.test';

const LINK = {
  crm: 'T',
  contact: 'C',
  people: [shortHash(ANA)],
  since: NOW - 30 * DAY_MS,
  stopped: '',
  ids: [],
} as unknown as Link;
const KNOWN: Known = {
  connection: {
    kind: 'token',
    mailbox: ME,
    address: ME,
    crmUser: 'U',
    ownAddresses: [ME],
  } as unknown as Known['connection'],
  labels: { own: 'OWN', private: 'PRIVATE' },
  crmAt: NOW,
  items: new Map(),
  seen: new Map(),
};

const message = (id: string, over: Partial<MessageView> = {}, mail: Partial<MessageView['mail']> = {}): MessageView =>
  ({
    ...{ id, threadId: 'G', labelIds: ['INBOX'], date: NOW, headersOnly: true, ...over },
    mail: {
      ...{ from: { name: '', email: ANA }, to: [{ name: '', email: ME }], cc: [], bcc: [], replyTo: [] },
      ...{ subject: 'Re: Offer', messageId: `<${id}@x>`, inReplyTo: [], references: [], ...mail },
    },
  }) as unknown as MessageView;
const copy = (id: string, emailId: string) => message(id, { labelIds: ['SENT', 'OWN'] }, { marker: emailId });
const email = (id: string, over: Partial<CrmEmail> = {}): CrmEmail =>
  ({
    ...{ id, threadId: 'T', direction: 'outbound', status: 'delivered', source: 'app', from: ME, to: [ANA] },
    ...{ cc: [], bcc: [], subject: 'Offer', body: '<p>x</p>', attachments: [], dateAdded: NOW, ...over },
  }) as unknown as CrmEmail;
const compared = (
  messages: MessageView[],
  emails: CrmEmail[],
  { known = {}, link = {}, whole = true }: { known?: Partial<Known>; link?: Partial<Link>; whole?: boolean } = {},
) => {
  const result = compareThread({ ...KNOWN, ...known }, { ...LINK, ...link }, { messages, emails, whole });
  return {
    both: result.both,
    missing: result.missing.map(({ key }) => key),
    left: Object.fromEntries(result.left.map(({ key, rule }) => [key, rule])),
    ...(result.unread > 0 ? { unread: result.unread } : {}),
  };
};

const all = (both: number) => ({ both, missing: [], left: {} });
const left = (key: string, rule: string) => ({ both: 0, missing: [], left: { [key]: rule } });
const missing = (key: string) => ({ both: 0, missing: [key], left: {} });

test.each([
  ['a copy and its e-mail', [copy('1', 'e')], [email('e')], all(1)],
  ['a logged message and its e-mail', [message('1')], [email('e', { altId: '<1@x>', from: ANA })], all(1)],
  [
    'one that reached both',
    [message('1')],
    [email('e', { direction: 'inbound', from: ANA, subject: 'Re: Offer' })],
    all(1),
  ],
  [
    'a delivered mail that has no label yet',
    [message('1', { labelIds: ['SENT'] }, { marker: 'e' })],
    [email('e')],
    all(1),
  ],
  [
    'a mail with the marker of a logged one: it is missing',
    [message('1', {}, { marker: 'e' })],
    [email('e', { altId: '<0@x>' })],
    { ...missing('g:1'), left: { 'e:e': 'X5' } },
  ],
  ['a message that the CRM lacks', [message('1')], [], missing('g:1')],
  ['a draft', [message('1', { labelIds: ['DRAFT'] })], [], all(0)],
  ['one in the bin', [message('1', { labelIds: ['TRASH'] })], [], left('g:1', 'T6')],
  ['a private one', [message('1', { labelIds: ['PRIVATE'] })], [], left('g:1', 'T8-label')],
  [
    'without the contact',
    [
      message(
        '1',
        { labelIds: ['SENT'] },
        { from: { name: '', email: ME }, to: [{ name: '', email: 'lee@law.test' }] },
      ),
    ],
    [],
    left('g:1', 'T2'),
  ],
  ['a copy whose e-mail is gone from the CRM is not sent back', [copy('1', 'e')], [], all(0)],
  ['a colleague’s mail', [], [email('e', { from: 'kim@agency.test' })], left('e:e', 'R9')],
  ['an automation’s', [], [email('e', { source: 'workflow' })], left('e:e', 'R5')],
  ['one that failed', [], [email('e', { status: 'failed' })], left('e:e', 'R8')],
  ['one that the CRM’s own sync sent', [], [email('e', { provider: 'Leadconnector Gmail' })], left('e:e', 'R7')],
  ['one of another thread', [], [email('e', { threadId: 'other' })], all(0)],
  ['an e-mail that Gmail lacks', [], [email('e')], missing('e:e')],
])('S8: %s', (_, messages, emails, wanted) => {
  expect(compared(messages, emails)).toEqual(wanted);
});

const OLD = email('e', { dateAdded: NOW - 8 * DAY_MS });
const COPIED = shortHash(mirrorMessageId('e'));
test.each([
  ['dealt with this week', email('e'), { known: { seen: new Map([[shortHash('e'), 1]]) } }, 'X4'],
  ['copied earlier', OLD, { link: { ids: [COPIED] } }, 'X4'],
  ['planned this week, and lost since: that it was copied is not known', email('e'), { link: { ids: [COPIED] } }, ''],
  ['earlier, and nothing is known of it', OLD, {}, ''],
  ['one of a bulk send that waits for an answer', email('e'), { link: { deferred: 'e' } }, 'R3'],
  ['of a thread that is stopped', email('e'), { link: { stopped: 'user' } }, 'T8'],
  ['from while it was stopped', email('e'), { link: { pauses: [NOW - 5, NOW + 5] } }, 'T8'],
  ['of an excluded domain', email('e'), { known: { settings: { excluded: ['c.test'] } as never } }, 'T8-address'],
  [
    'dealt with, and never to be copied',
    email('e', { source: 'workflow' }),
    { known: { seen: new Map([[shortHash('e'), 1]]) } },
    'R5',
  ],
  ['from before the thread', email('e', { dateAdded: NOW - 40 * DAY_MS }), {}, 'T7'],
] as const)('X4, S8: an e-mail without a copy, %s', (_, one, more, rule) => {
  expect(compared([], [one], more as Parameters<typeof compared>[2])).toEqual(
    rule === '' ? missing('e:e') : left('e:e', rule),
  );
});

test('S8: what waits or is set aside is missing, and says so', () => {
  const item = { key: 'g:1', state: 'parked' } as Item;
  const known = { ...KNOWN, items: new Map([['g:1', item]]) };
  expect(compareThread(known, LINK, { messages: [message('1')], emails: [], whole: true }).missing).toEqual([
    { key: 'g:1', where: 'crm', item },
  ]);
});

test('S8: what is older than all that was read of the CRM is not called missing', () => {
  const old = message('1', { date: NOW - DAY_MS });
  expect(compared([old], [email('e', { altId: '<0@x>' })], { whole: false })).toMatchObject({ missing: [], unread: 1 });
});

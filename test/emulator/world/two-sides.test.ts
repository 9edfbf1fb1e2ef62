/** The comparison of the two sides: what is expected on both, what is there twice, what stays on one side by a rule. */
import {
  compareSides,
  type CrmSide,
  type GmailSide,
  type OutsideSide,
  type Sides,
} from '../../../emulator/world/two-sides';

const ME = 'agent@example.com';
const ANA = 'ana@lisbon.example';

const gmail = (more: Partial<GmailSide>): GmailSide => ({
  id: 'g',
  threadId: 'gt',
  labels: ['INBOX'],
  at: 10,
  subject: 'Offer',
  from: ANA,
  people: [ANA, ME],
  messageId: '',
  marker: '',
  ...more,
});
const crm = (more: Partial<CrmSide>): CrmSide => ({
  id: 'c',
  threadId: 'ct',
  contactId: 'ana',
  direction: 'outbound',
  status: 'delivered',
  at: 10,
  subject: 'Offer',
  from: ME,
  sender: ME,
  source: 'app',
  altId: '',
  messageId: '',
  ...more,
});
const mailOf = (address: string, more: Partial<OutsideSide>): OutsideSide => ({
  address,
  subject: 'Offer',
  messageId: '',
  marker: '',
  ...more,
});
const compare = (sides: Partial<Sides>) =>
  compareSides({ gmail: [], crm: [], outside: [], own: [ME], contacts: new Map([['ana', [ANA]]]), ...sides });
/** A mail of the CRM with its mirror: the beginning of a synced thread. */
const MIRROR = gmail({ id: 'mirror', marker: 'first' });
const FIRST = crm({ id: 'first' });

test('nothing anywhere is nothing of nothing', () => {
  expect(compare({})).toEqual({ total: 0, both: 0, lone: [], twice: [], left: 0 });
});

describe('what is on both sides counts once', () => {
  test.each([
    ['a mirror, by its marker', MIRROR, FIRST],
    ['a logged mail, by its Message-ID', gmail({ messageId: '<1@x>' }), crm({ direction: 'inbound', altId: '<1@x>' })],
    ['a logged mail without Message-ID, by its place', gmail({ id: '18f' }), crm({ altId: 'gm:hash:18f' })],
    ['a copy that an SMTP provider left in Sent', gmail({ messageId: '<2@x>' }), crm({ messageId: '<2@x>' })],
  ])('%s', (_, message, email) => {
    expect(compare({ gmail: [message], crm: [email] })).toMatchObject({ total: 1, both: 1, lone: [], twice: [] });
  });

  test('what came to both by itself, in a thread that nobody synced, is not counted', () => {
    const sides = {
      gmail: [gmail({ messageId: '<1@x>' })],
      crm: [crm({ direction: 'inbound', sender: ANA, messageId: '<1@x>' })],
    };
    expect(compare(sides)).toMatchObject({ total: 0, both: 0 });
  });
});

describe('what is missing on one side is named', () => {
  test.each([
    ['an answer in Gmail', { gmail: [gmail({ id: 'new', at: 20 })] }, { side: 'gmail', id: 'new' }],
    [
      'an answer that the CRM took in',
      { crm: [crm({ id: 'new', direction: 'inbound', sender: ANA, at: 20 })] },
      { side: 'crm', id: 'new' },
    ],
    ['a new mail from the CRM', { crm: [crm({ id: 'new', threadId: 'other', at: 20 })] }, { side: 'crm', id: 'new' }],
    ['a pending one', { crm: [crm({ id: 'new', status: 'pending', at: 20 })] }, { side: 'crm', id: 'new' }],
  ])('%s', (_, more: { gmail?: GmailSide[]; crm?: CrmSide[] }, lone) => {
    const sides = { gmail: [MIRROR, ...(more.gmail ?? [])], crm: [FIRST, ...(more.crm ?? [])] };
    expect(compare(sides)).toMatchObject({ total: 2, both: 1, lone: [lone], left: 0 });
  });

  test('before the first mirror every mail of the user since they connected is waited for', () => {
    const mails = [crm({}), crm({ id: 'earlier', at: 9 }), crm({ id: 'other', sender: 'colleague@example.com' })];
    expect(compare({ crm: mails, since: 10 })).toMatchObject({ total: 1, both: 0, lone: [{ id: 'c' }] });
    expect(compare({ crm: mails })).toMatchObject({ total: 0, both: 0 });
  });

  test('where nobody is connected any more, since the first mail that is on both sides', () => {
    const later = crm({ id: 'later', threadId: 'other', at: 20 });
    expect(compare({ gmail: [MIRROR], crm: [FIRST, later] })).toMatchObject({ total: 2, lone: [{ id: 'later' }] });
  });
});

describe('what stays on one side by a rule is not missed', () => {
  test.each([
    ['R4: another From', { crm: [crm({ id: 'new', sender: 'team@agency.example', at: 20 })] }, 1],
    ['R5: a workflow', { crm: [crm({ id: 'new', source: 'workflow', at: 20 })] }, 1],
    ['R8: a failed one', { crm: [crm({ id: 'new', status: 'failed', at: 20 })] }, 1],
    [
      'T2: a message that the contact is not on',
      { gmail: [gmail({ id: 'new', people: [ME, 'law@firm.example'] })] },
      1,
    ],
    ['T8: one with the private label', { gmail: [gmail({ id: 'new', labels: ['CRM/Private'] })] }, 1],
    ['T6: a draft', { gmail: [gmail({ id: 'new', labels: ['DRAFT'] })] }, 0],
    ['T6: one in the trash', { gmail: [gmail({ id: 'new', labels: ['TRASH'] })] }, 0],
    ['T1: another thread', { gmail: [gmail({ id: 'new', threadId: 'another' })] }, 0],
    ['C4: one from before', { crm: [crm({ id: 'new', threadId: 'old', at: 1 })] }, 0],
  ])('%s', (_, more: { gmail?: GmailSide[]; crm?: CrmSide[] }, left) => {
    const sides = { gmail: [MIRROR, ...(more.gmail ?? [])], crm: [FIRST, ...(more.crm ?? [])] };
    expect(compare(sides)).toMatchObject({ total: 1, both: 1, lone: [], left });
  });
});

describe('what is there twice is told', () => {
  test.each<[string, Partial<Sides>, 'gmail' | 'crm' | 'outside']>([
    ['two mirrors', { gmail: [MIRROR, gmail({ id: 'again', marker: 'first' })], crm: [FIRST] }, 'gmail'],
    [
      'two logs',
      { gmail: [gmail({ messageId: '<1@x>' })], crm: [crm({ altId: '<1@x>' }), crm({ id: 'd', altId: '<1@x>' })] },
      'crm',
    ],
    [
      'a log of what the CRM had received',
      { gmail: [gmail({ messageId: '<1@x>' })], crm: [crm({ messageId: '<1@x>' }), crm({ id: 'd', altId: '<1@x>' })] },
      'crm',
    ],
    [
      'one person who got it twice under two Message-IDs',
      { outside: [mailOf(ANA, { marker: 'm', messageId: '<1@x>' }), mailOf(ANA, { marker: 'm', messageId: '<2@x>' })] },
      'outside',
    ],
  ])('%s', (_, sides, where) => {
    expect(compare(sides).twice).toEqual([{ where, subject: 'Offer' }]);
  });

  test('one mail to two people is not twice', () => {
    const outside = [mailOf(ANA, { messageId: '<1@x>' }), mailOf('bruno@zurich.example', { messageId: '<1@x>' })];
    expect(compare({ outside }).twice).toEqual([]);
  });
});

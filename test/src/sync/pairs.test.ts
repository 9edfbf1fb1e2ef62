/** T11: one mail on both sides, in pairs. */
import type { CrmEmail } from '../../../src/crm/types';
import type { MessageView } from '../../../src/sync/observed';
import { pairUp } from '../../../src/sync/plan/pairs';

const MINUTE = 60_000;

const message = (id: string, minute: number, text = 'ok'): MessageView =>
  ({
    id,
    threadId: 't',
    labelIds: ['INBOX'],
    date: minute * MINUTE,
    headersOnly: false,
    mail: { from: { name: '', email: 'ana@c.test' }, to: [], cc: [], bcc: [], subject: 'Re: Offer', text },
  }) as unknown as MessageView;
const email = (id: string, minute: number, over: Partial<CrmEmail> = {}): CrmEmail =>
  ({
    ...{ id, direction: 'inbound', from: 'Ana <ana@c.test>', subject: 'Re: Offer', body: '<p>ok</p>' },
    ...{ dateAdded: minute * MINUTE, ...over },
  }) as unknown as CrmEmail;
const pairs = (messages: MessageView[], emails: CrmEmail[]) => {
  const { byMessage, byEmail } = pairUp(messages, emails, ({ id }) => `<${id}@x>`);
  return {
    messages: Object.fromEntries([...byMessage].map(([id, other]) => [id, other.id])),
    emails: Object.fromEntries([...byEmail].map(([id, other]) => [id, other.id])),
  };
};

test.each([
  ['one and one', [message('m', 0)], [email('e', 3)], { m: 'e' }],
  ['more than ten minutes apart', [message('m', 0)], [email('e', 11)], {}],
  ['another text', [message('m', 0, 'no')], [email('e', 0)], {}],
  [
    'two and two, in the order of time',
    [message('m2', 1), message('m1', 0)],
    [email('e2', 1), email('e1', 0)],
    { m1: 'e1', m2: 'e2' },
  ],
  ['two and one: the earlier has it', [message('m1', 0), message('m2', 1)], [email('e', 1)], { m1: 'e' }],
  [
    'a logged one is not paired with what came by itself',
    [message('m1', 0), message('m2', 1)],
    [email('e1', 0, { altId: '<m1@x>' }), email('e2', 1)],
    { m1: 'e1', m2: 'e2' },
  ],
])('T11: %s', (_, messages, emails, wanted) => {
  expect(pairs(messages, emails).messages).toEqual(wanted);
});

test('T11: what the CRM has beyond that is a second record of a logged one', () => {
  const both = pairs([message('m', 0)], [email('e1', 0, { altId: '<m@x>' }), email('e2', 2)]);
  expect(both).toEqual({ messages: { m: 'e1' }, emails: { e1: 'm', e2: 'm' } });
});

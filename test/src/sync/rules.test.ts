import type { CrmEmail } from '../../../src/crm/types';
import { decideSender, type SenderFacts, type Verdict } from '../../../src/sync/rules';

const email = (over: Partial<CrmEmail>): CrmEmail => ({
  id: 'E1',
  threadId: 'T1',
  conversationId: 'C1',
  contactId: 'P1',
  locationId: 'L1',
  direction: 'outbound',
  status: 'delivered',
  source: 'app',
  provider: 'mailgun',
  from: 'Alex <alex@example.com>',
  to: ['pat@customer.test'],
  cc: [],
  bcc: [],
  subject: 'Offer',
  body: '<p>Hello</p>',
  attachments: [],
  dateAdded: 1,
  ...over,
});

const mine: SenderFacts = {
  from: 'alex@example.com',
  connected: 'alex@example.com',
  crmUser: 'U1',
  containerUser: 'U1',
  fromIsCrmUser: true,
  alone: true,
};
const withProvider: SenderFacts = { ...mine, provider: 'PROV' };
const ours: Partial<CrmEmail> = { status: 'pending', provider: 'custom', conversationProviderId: 'PROV' };
const colleague: SenderFacts = { ...mine, from: 'kim@example.com', containerUser: 'U2' };
const foreign: SenderFacts = { ...mine, from: 'news@brand.test', fromIsCrmUser: false };

const table: [string, Partial<CrmEmail>, SenderFacts, Verdict][] = [
  ['R1: individual, mine, pending on our provider: deliver', ours, withProvider, { rule: 'R1', does: 'deliver' }],
  ['R2: individual, mine, sent by another provider: mirror', {}, mine, { rule: 'R2', does: 'mirror' }],
  ['R2: a status that no document names counts as sent', { status: 'clicked' }, mine, { rule: 'R2', does: 'mirror' }],
  ['R2: without a status', { status: '' }, mine, { rule: 'R2', does: 'mirror' }],
  ['R2: without a source, From is mine', { source: undefined }, mine, { rule: 'R2', does: 'mirror' }],
  [
    'R2: From is no user’s address, the only new e-mail of a container of mine',
    {},
    foreign,
    { rule: 'R2', does: 'mirror' },
  ],
  [
    'R3: bulk mail from the connected address is mirrored',
    { source: 'bulk_actions' },
    mine,
    { rule: 'R3', does: 'mirror' },
  ],
  ['R3: campaign from the connected address', { source: 'campaign' }, mine, { rule: 'R3', does: 'mirror' }],
  [
    'R3: bulk, pending on our provider: deliver',
    { ...ours, source: 'bulk_actions' },
    withProvider,
    { rule: 'R3', does: 'deliver' },
  ],
  ['R4: bulk from another address', { source: 'bulk_actions' }, foreign, { rule: 'R4', does: 'leave' }],
  ['R4: bulk with a blank From', { source: 'bulk_actions' }, { ...foreign, from: '' }, { rule: 'R4', does: 'leave' }],
  ['R5: workflow, even from the connected address', { source: 'workflow' }, mine, { rule: 'R5', does: 'leave' }],
  ['R6: api from the connected address', { source: 'api' }, mine, { rule: 'R6', does: 'mirror' }],
  ['R6: api, pending on our provider', { ...ours, source: 'api' }, withProvider, { rule: 'R6', does: 'deliver' }],
  [
    'R7: sent by the CRM’s own Gmail sync, from me',
    { provider: 'Leadconnector Gmail' },
    mine,
    { rule: 'R7', does: 'warn' },
  ],
  [
    'R7: of another user it is none of mine',
    { provider: 'Leadconnector Gmail' },
    colleague,
    { rule: 'R9', does: 'leave' },
  ],
  ['R8: scheduled', { status: 'scheduled' }, mine, { rule: 'R8', does: 'wait' }],
  ['R8: queued', { status: 'queued' }, mine, { rule: 'R8', does: 'wait' }],
  ['R8: pending on another provider', { status: 'pending' }, mine, { rule: 'R8', does: 'wait' }],
  [
    'R8: pending on another custom provider',
    { ...ours, conversationProviderId: 'OTHER' },
    withProvider,
    { rule: 'R8', does: 'wait' },
  ],
  ['R8: failed', { status: 'failed' }, mine, { rule: 'R8', does: 'leave' }],
  ['R8: undelivered', { status: 'undelivered' }, mine, { rule: 'R8', does: 'leave' }],
  ['R9: another user’s', {}, colleague, { rule: 'R9', does: 'leave' }],
  ['R9: a system notification', {}, { ...foreign, containerUser: undefined }, { rule: 'R9', does: 'leave' }],
  [
    'R9: another user’s address in a container whose last mail was mine',
    {},
    { ...colleague, containerUser: 'U1' },
    { rule: 'R9', does: 'leave' },
  ],
  [
    'R9: no user’s address, but several new e-mails may have changed the user',
    {},
    { ...foreign, alone: false },
    { rule: 'R9', does: 'leave' },
  ],
  ['R9: scheduled by another user', { status: 'scheduled' }, colleague, { rule: 'R9', does: 'leave' }],
  ['R9: api of another address', { source: 'api' }, { ...foreign, containerUser: 'U1' }, { rule: 'R9', does: 'leave' }],
  [
    'R9: without a source, From is not mine',
    { source: undefined },
    { ...foreign, containerUser: 'U1' },
    { rule: 'R9', does: 'leave' },
  ],
  ['R10: workflow on our provider', { ...ours, source: 'workflow' }, withProvider, { rule: 'R10', does: 'warn' }],
  [
    'R10: bulk of another address on our provider',
    { ...ours, source: 'bulk_actions' },
    { ...foreign, provider: 'PROV' },
    { rule: 'R10', does: 'warn' },
  ],
  ['R10: another user’s on our provider', ours, { ...colleague, provider: 'PROV' }, { rule: 'R10', does: 'warn' }],
  [
    'R1: on our provider and not pending any more: Gmail has sent it, and has it',
    { ...ours, status: 'delivered' },
    withProvider,
    { rule: 'R1', does: 'known' },
  ],
  [
    'R3: the same of a bulk send',
    { ...ours, status: 'opened', source: 'campaign' },
    withProvider,
    { rule: 'R3', does: 'known' },
  ],
  ['R8: on our provider and failed', { ...ours, status: 'failed' }, withProvider, { rule: 'R8', does: 'leave' }],
  ['R8: on our provider and scheduled', { ...ours, status: 'scheduled' }, withProvider, { rule: 'R8', does: 'wait' }],
  [
    'R1: without a user of the container, From decides',
    ours,
    { ...withProvider, containerUser: undefined },
    { rule: 'R1', does: 'deliver' },
  ],
  ['R1: without a source', { ...ours, source: undefined }, withProvider, { rule: 'R1', does: 'deliver' }],
  [
    'R10: without a source and user, on our provider, From not mine',
    { ...ours, source: undefined },
    { ...foreign, provider: 'PROV', containerUser: undefined },
    { rule: 'R10', does: 'warn' },
  ],
  ['R10: mine on a custom provider, with a token nobody delivers', ours, mine, { rule: 'R10', does: 'wait' }],
];

test.each(table)('%s', (_name, over, facts, verdict) => {
  expect(decideSender(email(over), facts)).toEqual(verdict);
});

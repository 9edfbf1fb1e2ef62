/** Every request that the add-on makes of the CRM, against the API's own OpenAPI files. */
import { CRM } from '../../../src/crm/api';
import { listAppointments } from '../../../src/crm/appointments';
import { createContact, findByEmail, getContact } from '../../../src/crm/contacts';
import { createConversation, searchByContact } from '../../../src/crm/conversations';
import { createCustomValue, listCustomValues, updateCustomValue } from '../../../src/crm/custom-values';
import { getEmail } from '../../../src/crm/emails';
import { getSecureFile } from '../../../src/crm/files';
import { getLocation } from '../../../src/crm/locations';
import { uploadMedia } from '../../../src/crm/medias';
import { exportEmails, getThread, listMessages } from '../../../src/crm/messages';
import { createNote, listNotes } from '../../../src/crm/notes';
import { exchangeCode, refreshTokens } from '../../../src/crm/oauth';
import {
  createOpportunity,
  listOpportunities,
  moveOpportunity,
  setOpportunityStatus,
} from '../../../src/crm/opportunities';
import { listPipelines } from '../../../src/crm/pipelines';
import { scopeProbes } from '../../../src/crm/probes';
import { logMessage } from '../../../src/crm/push';
import { setEmailStatus } from '../../../src/crm/status';
import { completeTask, createTask, listTasks } from '../../../src/crm/tasks';
import { listTemplates } from '../../../src/crm/templates';
import type { Push } from '../../../src/crm/types';
import { uploadFile } from '../../../src/crm/uploads';
import { listOwnSyncUsers, listUsers, searchUsers } from '../../../src/crm/users';
import type { Exchange } from '../../../src/platform/exchange';
import { isKnown, REQUESTS } from '../../contract/deviations';
import { checkRequest, type CheckedRequest } from '../../contract/openapi';
import { blobOf } from './answers';

const L = 've9EPM428h8vShlRW1KT';
const C = 'ocQHyuzHvysMo5N5VsXc';
const CONVERSATION = 'tDtDnQdgm2LXpyiqYvZ6';
const CLIENT = { clientId: 'abc-1', clientSecret: 'secret' };
const BLOB = blobOf(Buffer.from('x'), 'image/png', 'x.png');

const PUSH: Push = {
  conversationId: CONVERSATION,
  contactId: C,
  direction: 'outbound',
  inReplyToEmailId: 'rnGyqh2F6uBrIkfhFo9A',
  altId: '<one@example.test>',
  subject: 'Order',
  html: '<p>Hi</p>',
  from: 'agent@example.test',
  to: 'jane@example.test',
  cc: ['john@example.test'],
  bcc: ['boss@example.test'],
  date: Date.UTC(2026, 10, 23, 9, 30),
  attachments: ['https://storage.leadconnectorhq.com/files/d/abc'],
};

const CALLS: readonly (readonly [operation: string, exchange: Exchange<unknown>])[] = [
  ['get-location', getLocation(L)],
  ['get-custom-values', listCustomValues(L)],
  ['create-custom-value', createCustomValue(L, 'Threadlink mailbox x', '1')],
  ['update-custom-value', updateCustomValue(L, { id: 'v1', name: 'Threadlink mailbox x', value: '2' })],
  ['search-users', searchUsers({ companyId: 'co', locationId: L, text: 'john+x@deo.com' })],
  ['search-users', listOwnSyncUsers('co', L)],
  ['get-user-by-location', listUsers(L)],
  ['get-contact', getContact(C)],
  ['get-duplicate-contact', findByEmail(L, 'a+b@example.test')[0]],
  ['search-contacts-advanced', findByEmail(L, 'a+b@example.test')[1]],
  [
    'create-contact',
    createContact(L, { name: 'Jane', email: 'jane@example.test', companyName: 'Acme', source: 'Gmail' }),
  ],
  ['search-conversation', searchByContact(L, C)],
  ['create-conversation', createConversation(L, C)],
  ['get-messages', listMessages(CONVERSATION)],
  ['get-messages', listMessages(CONVERSATION, 'm1')],
  ['get-message', getThread('m1')],
  ['export-messages-by-location', exportEmails({ locationId: L })],
  [
    'export-messages-by-location',
    exportEmails({ locationId: L, limit: 3, cursor: 'abc==', contactId: C, conversationId: CONVERSATION }),
  ],
  ['export-messages-by-location', exportEmails({ locationId: L, limit: 5000 })],
  ['get-email-by-id', getEmail('e1')],
  ['add-an-inbound-message', logMessage(PUSH)],
  ['update-message-status', setEmailStatus({ threadId: 'm1', emailId: 'e1', status: 'delivered' })],
  [
    'update-message-status',
    setEmailStatus({ threadId: 'm1', emailId: 'e1', status: 'failed', reason: 'no such user' }),
  ],
  ['upload-file-attachments', uploadFile({ locationId: L, conversationId: CONVERSATION, contactId: C }, BLOB)],
  ['upload-media-content', uploadMedia(BLOB, 'x.png')],
  ['search-opportunity', listOpportunities(L, C)],
  [
    'create-opportunity',
    createOpportunity({ locationId: L, contactId: C, pipelineId: 'p', stageId: 's', name: 'Deal', value: 20 }),
  ],
  ['update-opportunity', moveOpportunity('o1', 'p', 's')],
  ['update-opportunity-status', setOpportunityStatus('o1', 'won')],
  ['get-pipelines', listPipelines(L)],
  ['get-all-tasks', listTasks(C)],
  ['create-task', createTask(C, { title: 'Call', dueAt: Date.UTC(2026, 11, 1) })],
  ['update-task-completed', completeTask(C, 't1')],
  ['get-all-notes', listNotes(C)],
  ['create-note', createNote(C, 'lorem', 'u1')],
  ['get-appointments-for-contact', listAppointments(C)],
  ['GET-all-or-email-sms-templates', listTemplates(L)],
  ['get-access-token', exchangeCode(CLIENT, 'code', 'https://script.google.com/macros/d/x/usercallback')],
  ['get-access-token', refreshTokens(CLIENT, 'refresh')],
  ...scopeProbes(L)
    .filter(({ scope }) => scope !== 'files.readonly')
    .map(({ exchange }) => ['', exchange] as const),
];

test.each(CALLS)('the specification knows the request: %s', (operation, exchange) => {
  const checked = checkRequest(requestOf(exchange));
  if (operation !== '') expect(checked.operation).toBe(operation);
  expect(checked.operation).toBeDefined();
  const unknown = checked.problems.filter((problem) => !isKnown(REQUESTS, checked.operation ?? '', problem));
  expect(unknown).toEqual([]);
});

test('every known deviation is met by a request: the table has nothing that is no longer so', () => {
  const met = CALLS.map(([, exchange]) => checkRequest(requestOf(exchange)));
  const idle = REQUESTS.filter(
    (entry) =>
      !met.some(({ operation = '', problems }) => problems.some((problem) => isKnown([entry], operation, problem))),
  );
  expect(idle.map(({ operation, problem }) => `${operation} ${problem.source}`)).toEqual([]);
});

test.each(CALLS)('no token, and always an Accept header (highlevel 1): %s', (_, { call, service, units }) => {
  expect(call.url.startsWith(`${CRM}/`)).toBe(true);
  expect(call.headers?.Accept).toBe('application/json');
  expect(JSON.stringify(call.headers)).not.toMatch(/authorization|bearer/i);
  expect([service, units]).toEqual(['crm', 0]);
});

test('highlevel 0.11: the secure file is a v3 call', () => {
  const { call } = getSecureFile('aB3-x_9');
  expect(call.url).toBe(`${CRM}/files/d/aB3-x_9`);
  expect(call.headers?.Version).toBe('v3');
});

test('X6: what makes a new thing is never repeated by the driver; reads and settings may be', () => {
  const creates = CALLS.filter(([, { effect }]) => effect === 'create').map(([operation]) => operation);
  expect(new Set(creates)).toEqual(
    new Set([
      ...['create-custom-value', 'create-contact', 'create-conversation', 'add-an-inbound-message'],
      ...[
        'upload-file-attachments',
        'upload-media-content',
        'create-opportunity',
        'create-task',
        'create-note',
        'get-access-token',
      ],
    ]),
  );
  for (const [operation, { effect, call }] of CALLS) {
    if (call.method === 'get') expect([operation, effect]).toEqual([operation, 'read']);
  }
});

test('values stay inside their place in the address', () => {
  expect(getContact('../locations/x').call.url).toBe(`${CRM}/contacts/..%2Flocations%2Fx`);
  expect(getContact('..').call.url).toBe(`${CRM}/contacts/-`);
  expect(getContact('').call.url).toBe(`${CRM}/contacts/-`);
  expect(getEmail('a?b#c').call.url).toBe(`${CRM}/conversations/messages/email/a%3Fb%23c`);
  expect(findByEmail(L, 'a+b&email=x@y.z')[0].call.url).toContain('email=a%2Bb%26email%3Dx%40y.z');
});

test('highlevel 4.1: an address that no filter takes is looked up among duplicates alone', () => {
  expect(findByEmail(L, `${'x'.repeat(64)}@example.test`)).toHaveLength(1);
  expect(findByEmail(L, 'x@example.test')).toHaveLength(2);
});

describe('highlevel 5.5: what a push says', () => {
  const sent = bodyOf(logMessage(PUSH));

  test('its direction always, and its type in the case that the enum has', () => {
    expect(sent).toMatchObject({ type: 'Email', direction: 'outbound' });
    expect(bodyOf(logMessage({ ...PUSH, direction: 'inbound' }))?.direction).toBe('inbound');
  });

  test('everybody on it, its date, its parent and its own id', () => {
    expect(sent).toMatchObject({
      ...{ emailFrom: 'agent@example.test', emailTo: 'jane@example.test', emailCc: ['john@example.test'] },
      ...{ emailBcc: ['boss@example.test'], date: '2026-11-23T09:30:00.000Z', altId: '<one@example.test>' },
      ...{ emailMessageId: 'rnGyqh2F6uBrIkfhFo9A', attachments: PUSH.attachments },
    });
  });

  test('nothing where there is nothing', () => {
    const bare = bodyOf(
      logMessage({
        ...PUSH,
        conversationId: '',
        inReplyToEmailId: undefined,
        to: '',
        cc: [],
        bcc: [],
        attachments: [],
        date: Number.NaN,
        from: '',
      }),
    );
    expect(Object.keys(bare ?? {}).sort()).toEqual(
      ['altId', 'contactId', 'direction', 'html', 'subject', 'type'].sort(),
    );
  });
});

function bodyOf(exchange: Exchange<unknown>): Record<string, unknown> | undefined {
  const { payload } = exchange.call;
  return typeof payload === 'string' ? (JSON.parse(payload) as Record<string, unknown>) : undefined;
}

function requestOf({ call }: Exchange<unknown>): CheckedRequest {
  const common = { method: call.method, url: call.url, headers: call.headers ?? {} };
  if (call.payload === undefined) return { ...common, contentType: undefined, body: undefined };
  if (typeof call.payload === 'string') {
    return { ...common, contentType: 'application/json', body: JSON.parse(call.payload) as Record<string, unknown> };
  }
  const fields = Object.entries(call.payload as Record<string, unknown>);
  const isFile = ([, value]: readonly [string, unknown]) => typeof value !== 'string';
  return {
    ...common,
    contentType: fields.some(isFile) ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
    body: Object.fromEntries(fields.map((field) => [field[0], isFile(field) ? '(file)' : field[1]])),
  };
}

/** What each answer of the CRM means (facts, highlevel 1; reliability 2.6). */
import { crmOutcome } from '../../../src/crm/api';
import { createContact, getContact } from '../../../src/crm/contacts';
import { createConversation } from '../../../src/crm/conversations';
import { getEmail } from '../../../src/crm/emails';
import { exportEmails } from '../../../src/crm/messages';
import { exchangeCode, refreshTokens } from '../../../src/crm/oauth';
import { logMessage } from '../../../src/crm/push';
import { setEmailStatus } from '../../../src/crm/status';
import type { Push } from '../../../src/crm/types';
import type { Exchange, Outcome } from '../../../src/platform/exchange';
import type { Answer } from '../../../src/platform/http';
import { answer, crmError, PAGE } from './answers';

const CLIENT = { clientId: 'abc-1', clientSecret: 'secret' };
const PUSH: Push = {
  conversationId: 'v1',
  contactId: 'c1',
  direction: 'outbound',
  altId: '<a@b>',
  subject: 'Hi',
  html: '<p>Hi</p>',
  from: 'a@example.test',
  to: 'b@example.test',
  cc: [],
  bcc: [],
  date: 0,
  attachments: [],
};
const push = logMessage(PUSH);
const read = getContact('c1');
const status = setEmailStatus({ threadId: 'm1', emailId: 'e1', status: 'delivered' });
const refresh = refreshTokens(CLIENT, 'rt');

type Row = readonly [
  what: string,
  exchange: Exchange<unknown>,
  given: Answer,
  kind: Outcome<unknown>['kind'],
  code: string,
];

const PROVIDER =
  'Message status updates are only able to be updated by the conversation provider marketplace application tokens.';

const ROWS: readonly Row[] = [
  [
    'highlevel 1: bad token',
    read,
    crmError(401, 'Invalid token: access token is invalid'),
    'denied',
    'crm.token-invalid',
  ],
  ['highlevel 1: expired token', read, crmError(401, 'Invalid JWT'), 'denied', 'crm.token-expired'],
  ['expired, in other words', read, crmError(401, 'The token has expired'), 'denied', 'crm.token-expired'],
  [
    'highlevel 1: no scope',
    read,
    crmError(401, 'The token is not authorized for this scope.'),
    'denied',
    'crm.scope-missing',
  ],
  [
    'highlevel 1: a token of the wrong kind',
    read,
    crmError(401, 'This authClass type is not allowed to access this scope. Please reach out.'),
    'denied',
    'crm.auth-class',
  ],
  [
    'highlevel 2.6: E-102',
    read,
    crmError(401, 'E-102. This AuthClass is not yet supported!'),
    'denied',
    'crm.auth-class',
  ],
  [
    'another location',
    read,
    crmError(403, 'The token does not have access to this location.'),
    'denied',
    'crm.location-refused',
  ],
  [
    'another location, as 401',
    read,
    crmError(401, 'The token does not have access to this location.'),
    'denied',
    'crm.location-refused',
  ],
  ['a 401 that says nothing', read, crmError(401, 'version header was not found.'), 'denied', 'crm.unauthorized'],
  ['a 401 without a body', read, answer(401, ''), 'denied', 'crm.unauthorized'],
  ['a 403 of one record, read', read, crmError(403, 'Forbidden resource'), 'unknown', 'crm.forbidden'],
  ['a 403 of one record, written', push, crmError(403, 'Forbidden resource'), 'later', 'crm.forbidden'],
  ['a 403 of a firewall', push, answer(403, PAGE), 'later', 'crm.forbidden'],
  ['highlevel 5.8: another’s provider', status, crmError(401, PROVIDER), 'refused', 'crm.not-provider'],
  [
    'highlevel 5.8: too early',
    status,
    crmError(403, 'No conversation provider found for this message'),
    'later',
    'crm.status-not-ready',
  ],
  [
    'highlevel 5.8: too early, formerly',
    status,
    crmError(401, 'No conversation provider found for this message'),
    'later',
    'crm.status-not-ready',
  ],
  ['a status with a dead token', status, crmError(401, 'Invalid JWT'), 'denied', 'crm.token-expired'],
  [
    'a status without the scope',
    status,
    crmError(401, 'The token is not authorized for this scope.'),
    'denied',
    'crm.scope-missing',
  ],
  ['highlevel 1: bad request', push, crmError(400, 'No call object passed in body'), 'refused', 'crm.bad-request'],
  ['highlevel 1: contact gone', push, crmError(400, 'Contact not found'), 'refused', 'crm.contact-not-found'],
  [
    'contact gone, with its id',
    read,
    crmError(404, 'Contact with id c1 not found'),
    'refused',
    'crm.contact-not-found',
  ],
  ['gone, as 400', getEmail('e1'), crmError(400, 'Conversation with id v1 not found'), 'refused', 'crm.not-found'],
  ['gone', getEmail('e1'), crmError(404, 'Not Found'), 'refused', 'crm.not-found'],
  ['gone for good', getEmail('e1'), crmError(410, 'Gone'), 'refused', 'crm.not-found'],
  ['highlevel 1: a gateway’s 404 proves nothing', getEmail('e1'), answer(404, ''), 'unknown', 'http.unreadable'],
  ['a page’s 404 proves nothing', getEmail('e1'), answer(404, PAGE), 'unknown', 'http.unreadable'],
  ['a page’s 400 proves nothing', push, answer(400, PAGE), 'unknown', 'http.unreadable'],
  [
    'highlevel 10.2: a provider is wanted',
    push,
    crmError(400, 'No conversationProviderId passed in body'),
    'refused',
    'crm.provider-needed',
  ],
  [
    'reliability P6: the altId is there',
    push,
    crmError(400, 'A message with this altId already exists'),
    'refused',
    'crm.duplicate-message',
  ],
  [
    'highlevel 5.4: dead cursor',
    exportEmails({ locationId: 'l', cursor: 'x' }),
    crmError(400, 'Cursor expired'),
    'refused',
    'crm.cursor-expired',
  ],
  [
    'no cursor to be dead',
    exportEmails({ locationId: 'l' }),
    crmError(400, 'Cursor expired'),
    'refused',
    'crm.bad-request',
  ],
  [
    'highlevel 5.7: too large',
    push,
    answer(413, { status: 413, message: 'File too large' }),
    'refused',
    'crm.too-large',
  ],
  ['too large, from a proxy', push, answer(413, PAGE), 'refused', 'crm.too-large'],
  [
    'highlevel 5.7: type refused',
    push,
    answer(415, { status: 415, message: 'File type' }),
    'refused',
    'crm.type-refused',
  ],
  [
    'highlevel 1: 422',
    push,
    crmError(422, ['type must be a valid enum value', 'subject too long']),
    'refused',
    'crm.unprocessable',
  ],
  ['a status nobody knows', push, crmError(418, 'teapot'), 'refused', 'crm.refused'],
  ['a redirect', push, answer(302, '', { location: 'https://login.example.test/' }), 'unknown', 'http.redirected'],
  ['highlevel 1: rate limit', push, crmError(429, 'Too Many Requests'), 'later', 'crm.rate-limited'],
  ['rate limit as a page', push, answer(429, PAGE), 'later', 'crm.rate-limited'],
  ['time-out', push, answer(408, ''), 'unknown', 'crm.unavailable'],
  ...[500, 501, 502, 503, 504, 520].map((code): Row => [
    `server fault ${code}`,
    push,
    answer(code, PAGE),
    'unknown',
    'crm.unavailable',
  ]),
  [
    'highlevel 2.2: refresh token used',
    refresh,
    crmError(400, 'Invalid grant: refresh token is invalid'),
    'denied',
    'crm.grant-invalid',
  ],
  [
    'RFC 6749 form',
    refresh,
    answer(400, { error: 'invalid_grant', error_description: 'Invalid grant: used' }),
    'denied',
    'crm.grant-invalid',
  ],
  ['RFC 6749 form, bare', refresh, answer(400, { error: 'invalid_grant' }), 'denied', 'crm.grant-invalid'],
  [
    'wrong app',
    exchangeCode(CLIENT, 'c', 'https://x/'),
    crmError(400, 'Invalid client credentials'),
    'denied',
    'crm.client-invalid',
  ],
  ['wrong app, 401', refresh, answer(401, { error: 'invalid_client' }), 'denied', 'crm.client-invalid'],
  [
    'highlevel 2.2: location paused',
    refresh,
    crmError(400, 'Location is not active'),
    'later',
    'crm.location-inactive',
  ],
  ['C5: the token endpoint is down', refresh, crmError(503, 'Service Unavailable'), 'unknown', 'crm.unavailable'],
  [
    'v3 error form',
    read,
    answer(400, { error: { code: 'X1', message: 'Contact not found', details: [] } }),
    'refused',
    'crm.contact-not-found',
  ],
];

test.each(ROWS)('%s', (_, exchange, given, kind, code) => {
  const outcome = crmOutcome(exchange, given);
  expect([outcome.kind, outcome.kind === 'done' ? '' : outcome.failure.code]).toEqual([kind, code]);
  if (outcome.kind !== 'done') expect(outcome.failure.status).toBe(given.status);
});

test('no answer: unknown', () => {
  expect(crmOutcome(push, { status: 0, reason: 'Address unavailable: https://x.example.test/?token=1' })).toEqual({
    kind: 'unknown',
    failure: { code: 'http.no-answer', status: 0, detail: 'Address unavailable: (link)' },
  });
});

const STORED = { success: true, conversationId: 'v1', messageId: 'm1', emailMessageId: 'e1', message: 'added' };

test.each([200, 201])('highlevel 5.5: a push that answers %d with both ids is stored', (code) => {
  expect(crmOutcome(push, answer(code, STORED))).toEqual({
    kind: 'done',
    value: { emailId: 'e1', threadId: 'm1', conversationId: 'v1' },
  });
});

test.each([
  ['X5: a 201 with an empty body stored nothing', ''],
  ['cut', JSON.stringify(STORED).slice(0, 40)],
  ['a page', PAGE],
  ['a list', '[]'],
  ['null', 'null'],
  ['without the e-mail id', { ...STORED, emailMessageId: undefined }],
  ['without the message id', { ...STORED, messageId: '' }],
  ['an id that is none', { ...STORED, emailMessageId: '../x' }],
  ['success: false', { ...STORED, success: false }],
])('a push whose outcome is unknown: %s', (_, body) => {
  const outcome = crmOutcome(push, answer(201, body));
  expect(outcome).toMatchObject({ kind: 'unknown', failure: { code: 'http.unreadable', status: 201 } });
});

test.each([
  ['an empty answer', ''],
  ['a page', PAGE],
  ['succeded: false', { succeded: false }],
])('a setting that answers 200 with %s is not known to be done', (_, body) => {
  expect(crmOutcome(status, answer(200, body)).kind).toBe('unknown');
  expect(crmOutcome(status, answer(200, { status: 'delivered', messageId: 'm1' })).kind).toBe('done');
});

test('highlevel 4.1: a duplicate says which contact is there', () => {
  const outcome = crmOutcome(
    createContact('l', { email: 'jane@example.test' }),
    crmError(400, 'This location does not allow duplicated contacts.', {
      meta: { contactId: 'seD4PfOuKoVMLkEZqohJ', contactName: 'Jane', matchingField: 'email' },
    }),
  );
  expect(outcome).toMatchObject({
    kind: 'refused',
    failure: { code: 'crm.duplicate-contact', existingId: 'seD4PfOuKoVMLkEZqohJ' },
  });
  expect(JSON.stringify(outcome)).not.toContain('Jane');
});

test('a conversation that is there says which', () => {
  const given = crmError(400, 'Conversation already exists.', { conversationId: 'v9' });
  expect(crmOutcome(createConversation('l', 'c'), given)).toMatchObject({
    kind: 'refused',
    failure: { code: 'crm.conversation-exists', existingId: 'v9' },
  });
  expect(crmOutcome(createConversation('l', 'c'), crmError(400, 'Conversation already exists.'))).not.toHaveProperty(
    'failure.existingId',
  );
});

describe('how long to stay away after 429 (highlevel 1)', () => {
  const date = 'Mon, 23 Nov 2026 10:00:00 GMT';
  test.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, 7_000],
    ['Retry-After as a date, by the CRM’s own clock', { date, 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 30_000],
    ['a date that has passed', { date, 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
    ['a date without a clock to compare', { 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 10_000],
    ['the interval', { 'x-ratelimit-interval-milliseconds': '4000' }, 4_000],
    [
      'the day is used up',
      { 'x-ratelimit-interval-milliseconds': '4000', 'x-ratelimit-daily-remaining': '0' },
      3_600_000,
    ],
    ['nothing said', {}, 10_000],
    ['nonsense', { 'retry-after': 'soon', 'x-ratelimit-interval-milliseconds': '-5' }, 10_000],
    ['a year', { 'retry-after': '31536000' }, 86_400_000],
  ])('%s', (_, headers, wait) => {
    const given = answer(429, { statusCode: 429, message: 'Too Many Requests' }, headers);
    expect(crmOutcome(read, given)).toMatchObject({ kind: 'later', retryAfterMs: wait });
  });
});

describe('X14: the detail of a failure', () => {
  const detail = (message: string | readonly string[], more: Record<string, unknown> = {}) => {
    const outcome = crmOutcome(read, crmError(400, message, more));
    return outcome.kind === 'done' ? '' : outcome.failure.detail;
  };

  test.each([
    ['an address', 'email jane.doe+x@mail.example.co.uk is wrong', 'email (address) is wrong'],
    ['a link', 'cannot GET https://services.leadconnectorhq.com/x?token=abc now', 'cannot GET (link) now'],
    ['a bearer token', 'header Bearer abc.def was bad', 'header (token) was bad'],
    ['a private token', 'pit-1234abcd-12ab-34cd-56ef-1234567890ab is unknown', '(token) is unknown'],
    ['a web token', `token ${'eyJhbGciOi'.repeat(6)} is bad`, 'token (token) is bad'],
    ['a phone number', 'phone +1 (503) 708-1210 exists', 'phone (number) exists'],
    ['a mail’s text', 'html "Dear Jane, the results of your tests are in" is long', 'html (text) is long'],
    ['short quotes stay', 'property "type" must exist', 'property "type" must exist'],
    ['line breaks', 'one\n\ttwo', 'one two'],
  ])('has no %s', (_, message, wanted) => expect(detail(message)).toBe(wanted));

  test('is at most 200 characters, and says the trace id that support asks for', () => {
    expect(detail('x y '.repeat(1000)).length).toBeLessThanOrEqual(200);
    const trace = '0c52e980-41f6-4be7-8c4b-e2c5a13dc3c2';
    const long = detail('x y '.repeat(1000), { traceId: trace });
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long).toMatch(new RegExp(`\\(trace ${trace}\\)$`));
    expect(detail('bad', { traceId: 'a b@c' })).toBe('bad');
    expect(detail(['one', 'two'])).toBe('one; two');
  });

  test('of a body that says nothing names the status', () => {
    const outcome = crmOutcome(read, answer(500, PAGE));
    expect(outcome).toMatchObject({ failure: { detail: 'status 500 without a readable reason' } });
  });
});

import { getProfile } from '../../../src/gmail/profile';
import { getMessage, modifyMessages, trashMessage } from '../../../src/gmail/messages';
import { listHistory } from '../../../src/gmail/history';
import { createLabel, deleteLabel } from '../../../src/gmail/labels';
import { sendDraft } from '../../../src/gmail/drafts';
import { gmailOutcome } from '../../../src/gmail/outcome';
import type { Outcome } from '../../../src/platform/exchange';
import { answer, googleError } from './answers';

const ID = '18c0ffee18c0ffee';
const read = getMessage(ID);

function told(outcome: Outcome<unknown>): string {
  return outcome.kind === 'done' ? 'done' : `${outcome.kind} ${outcome.failure.code}`;
}

test.each([
  [400, googleError(400, 'Invalid id value', 'invalidArgument'), 'refused gmail.bad-request'],
  [400, googleError(400, 'Precondition check failed.', 'failedPrecondition'), 'later gmail.failed-precondition'],
  [400, googleError(400, 'Mail service not enabled', 'failedPrecondition'), 'denied gmail.not-enabled'],
  [401, googleError(401, 'Invalid Credentials', 'authError'), 'denied gmail.unauthorized'],
  [
    403,
    googleError(403, 'Request had insufficient authentication scopes.', 'insufficientPermissions', 'PERMISSION_DENIED'),
    'denied gmail.scope-missing',
  ],
  [
    403,
    {
      error: {
        code: 403,
        message: 'x',
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
      },
    },
    'denied gmail.scope-missing',
  ],
  [
    403,
    googleError(403, 'Gmail API has not been used in project 1 before or it is disabled.', 'accessNotConfigured'),
    'denied gmail.not-enabled',
  ],
  [
    403,
    googleError(403, 'The domain administrators have disabled Gmail apps.', 'domainPolicy'),
    'denied gmail.domain-policy',
  ],
  [403, googleError(403, 'Something new', 'somethingNew'), 'denied gmail.forbidden'],
  [403, googleError(403, 'x', 'rateLimitExceeded'), 'later gmail.rate-limited'],
  [403, googleError(403, 'x', 'userRateLimitExceeded'), 'later gmail.rate-limited'],
  [
    403,
    googleError(
      403,
      "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user'",
      'forbidden',
    ),
    'later gmail.rate-limited',
  ],
  [403, googleError(403, 'Daily Limit Exceeded', 'dailyLimitExceeded'), 'later gmail.daily-limit'],
  [404, googleError(404, 'Requested entity was not found.', 'notFound'), 'refused gmail.not-found'],
  [409, googleError(409, 'Label name exists or conflicts', 'aborted'), 'refused gmail.conflict'],
  [412, googleError(412, 'x', 'conditionNotMet'), 'refused gmail.refused'],
  [413, 'Request entity too large', 'refused gmail.too-large'],
  [429, googleError(429, 'Too many concurrent requests for user', 'rateLimitExceeded'), 'later gmail.rate-limited'],
  [429, googleError(429, 'User-rate limit exceeded (Mail sending)', 'rateLimitExceeded'), 'later gmail.sending-limit'],
  [500, googleError(500, 'Internal error encountered.', 'internalError'), 'unknown gmail.unavailable'],
  [503, '<html>Service Unavailable</html>', 'unknown gmail.unavailable'],
  [408, '', 'unknown gmail.unavailable'],
  [302, '', 'unknown http.redirected'],
  [200, '', 'unknown http.unreadable'],
  [200, '{"id":"18c0', 'unknown http.unreadable'],
  [200, '[]', 'unknown http.unreadable'],
  [200, { id: ID }, 'unknown http.unreadable'],
])('platform 3.2: %i %j is %s', (status, body, expected) => {
  expect(told(gmailOutcome(read, answer(status, body)))).toBe(expected);
});

test('no answer is unknown', () => {
  expect(gmailOutcome(read, { status: 0, reason: 'timed out' })).toEqual({
    kind: 'unknown',
    failure: { code: 'http.no-answer', status: 0, detail: 'timed out' },
  });
});

test('reliability C18: a page with status 200 is unknown, also where no body is expected', () => {
  const page = answer(200, '<html>Sign in</html>', { 'content-type': 'text/html; charset=UTF-8' });
  expect(told(gmailOutcome(modifyMessages([ID], ['STARRED'], []), page))).toBe('unknown http.unreadable');
  expect(told(gmailOutcome(sendDraft('r-1'), page))).toBe('unknown http.unreadable');
});

test('an empty answer is enough for a change that answers nothing', () => {
  expect(told(gmailOutcome(modifyMessages([ID], [], ['INBOX']), answer(204, '')))).toBe('done');
  expect(told(gmailOutcome(deleteLabel('Label_1'), answer(204, '', { 'content-type': 'text/plain' })))).toBe('done');
});

test('X6: an answer to a create without its ids is unknown', () => {
  expect(told(gmailOutcome(sendDraft('r-1'), answer(200, {})))).toBe('unknown http.unreadable');
  expect(gmailOutcome(sendDraft('r-1'), answer(200, { id: ID, threadId: ID }))).toEqual({
    kind: 'done',
    value: { id: ID, threadId: ID },
  });
});

test('platform 3.3: a start id that expired has a code of its own; other 404 keep theirs', () => {
  const gone = answer(404, googleError(404, 'Requested entity was not found.', 'notFound'));
  expect(told(gmailOutcome(listHistory('1'), gone))).toBe('refused gmail.history-expired');
  expect(told(gmailOutcome(trashMessage(ID), gone))).toBe('refused gmail.not-found');
  const taken = answer(409, googleError(409, 'Label name exists or conflicts', 'aborted'));
  expect(told(gmailOutcome(createLabel({ name: 'CRM', hidden: false }), taken))).toBe('refused gmail.label-exists');
});

describe('reliability C15: how long to wait', () => {
  const wait = (headers: Record<string, string>, message = 'x') => {
    const outcome = gmailOutcome(getProfile(), answer(429, googleError(429, message, 'rateLimitExceeded'), headers));
    return outcome.kind === 'later' ? outcome.retryAfterMs : undefined;
  };
  test('in seconds', () => expect(wait({ 'retry-after': '17' })).toBe(17_000));
  test('as a date, by the clock of the service', () => {
    const headers = { 'retry-after': 'Tue, 03 Feb 2026 10:00:30 GMT', date: 'Tue, 03 Feb 2026 10:00:00 GMT' };
    expect(wait(headers)).toBe(30_000);
  });
  test('as a date in the text', () => {
    const text = 'User-rate limit exceeded.  Retry after 2026-02-03T10:15:00.000Z';
    expect(wait({ date: 'Tue, 03 Feb 2026 10:00:00 GMT' }, text)).toBe(900_000);
  });
  test('a date in the past, or rubbish, is no reason to hammer or to wait for ever', () => {
    expect(wait({ 'retry-after': 'Tue, 03 Feb 2026 09:00:00 GMT', date: 'Tue, 03 Feb 2026 10:00:00 GMT' })).toBe(0);
    expect(wait({ 'retry-after': 'soon' })).toBe(2_000);
    expect(wait({ 'retry-after': '99999999999' })).toBe(86_400_000);
    expect(wait({})).toBe(2_000);
  });
});

test('X14: no address, link or token of a service’s message goes into a failure', () => {
  const secret = 'ya29.a0AfH6SMBx7k2j3h4g5f6d7s8a9qwertyuiopasdfghjkl';
  const body = googleError(
    400,
    `Invalid To header: ann@example.test, see https://x.test/?t=1 with ${secret} ${'long '.repeat(100)}`,
    'invalidArgument',
  );
  const outcome = gmailOutcome(read, answer(400, body));
  const detail = outcome.kind === 'done' ? '' : outcome.failure.detail;
  expect(detail).toMatch(/^Invalid To header: \(address\) see \(link\) with \(secret\) long/);
  expect(detail.length).toBeLessThanOrEqual(200);
});

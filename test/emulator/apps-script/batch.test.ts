/** Gmail batches through UrlFetchApp: each part is a call of its own, the batch is what carries them. */
import type { EmulatedRequest } from '../../../emulator/core/http';
import type { Fault, LoggedCall } from '../../../emulator/core/services';
import { Gmail } from '../../../emulator/gmail/gmail';
import { GMAIL_SWITCHES } from '../../../emulator/gmail/switches';
import { defaultsOf } from '../../../emulator/core/switches';
import { runtime, START, USER, type Runtime } from './runtime';

const SCOPES = ['gmail.modify', 'script.external_request'].map((name) => `https://www.googleapis.com/auth/${name}`);

/** Sends the paths as one batch beside one request of the CRM; gives statuses, or the exception. */
const BUNDLE = `
  function send() {
    const headers = { Authorization: 'Bearer ' + ScriptApp.getOAuthToken() };
    const payload = ['profile', 'labels', 'messages/18b0000000000000'].map((path, i) => '--b\\r\\nContent-Type: application/http\\r\\nContent-ID: <' + i + '>\\r\\n\\r\\nGET /gmail/v1/users/me/' + path + '\\r\\n\\r\\n').join('') + '--b--';
    const batch = { url: 'https://gmail.googleapis.com/batch/gmail/v1', method: 'post', contentType: 'multipart/mixed; boundary=b', headers, payload, muteHttpExceptions: true };
    const crm = { url: 'https://services.leadconnectorhq.com/x', muteHttpExceptions: true };
    const [answer, other] = UrlFetchApp.fetchAll([batch, crm]);
    const parts = answer.getContentText().split(/^--batch_.*$/m).filter((part) => /HTTP\\/1.1/.test(part));
    return { status: answer.getResponseCode(), parts: parts.map((part) => [/Content-ID: (\\S+)/i.exec(part)[1], Number(/HTTP\\/1.1 (\\d+)/.exec(part)[1])]), other: other.getResponseCode() };
  }`;

function connected(...faults: Fault[]): Runtime {
  const parts: { gmail?: Gmail } = {};
  const part = (): Gmail => {
    if (parts.gmail === undefined) throw new Error('there is no Gmail yet');
    return parts.gmail;
  };
  const made = runtime(BUNDLE, {
    manifest: { timeZone: 'Etc/UTC', oauthScopes: SCOPES },
    answer: (request) => part().handle(request),
    gmail: {
      isBatch: (request) => part().isBatch(request),
      splitBatch: (request) => part().splitBatch(request),
      joinBatch: (request, answers) => part().joinBatch(request, answers),
      units: (request) => part().units(request),
      token: (email, scopes) => part().token(email, scopes),
    },
  });
  parts.gmail = new Gmail({
    clock: made.clock,
    ids: made.ids,
    switches: () => defaultsOf(GMAIL_SWITCHES),
    send: () => ({ delivered: [], refused: [] }),
  });
  parts.gmail.addAccount({ email: USER, name: 'Alex' });
  made.script.setFaults(faults);
  return made;
}

const google = ({ wire }: Runtime) =>
  wire.filter(({ host }: EmulatedRequest) => host === 'gmail.googleapis.com').map(({ path }) => path);
const ALL = ['/gmail/v1/users/me/profile', '/gmail/v1/users/me/labels', '/gmail/v1/users/me/messages/18b0000000000000'];

test('platform 3.8: the answer carries each part with its id and status', () => {
  const made = connected();
  expect(made.execute('send')).toMatchObject({ ok: true, calls: 4, rounds: 1 });
  expect(made.execute('send').result).toMatchObject({
    status: 200,
    parts: [
      ['<response-0>', 200],
      ['<response-1>', 200],
      ['<response-2>', 404],
    ],
  });
});

test('parts are listed under the batch, with their units; the batch has the sum', () => {
  const made = connected();
  made.execute('send');
  const [batch, crm] = made.script.requests(0);
  expect(batch).toMatchObject({ path: '/batch/gmail/v1', method: 'POST', round: 1, status: 200, units: 22, at: START });
  expect(
    (batch.parts ?? []).map(({ path, method, status, units }: LoggedCall) => [path, method, status, units]),
  ).toEqual([
    [ALL[0], 'GET', 200, 1],
    [ALL[1], 'GET', 200, 1],
    [ALL[2], 'GET', 404, 20],
  ]);
  expect(crm).toMatchObject({ host: 'services.leadconnectorhq.com', round: 1 });
});

test('each part is one call, the batch none', () => {
  const made = connected({ nth: 2, kill: 'before' });
  expect(made.execute('send')).toMatchObject({ killed: true, calls: 2 });
  expect(google(made)).toEqual([ALL[0]]);
  made.script.setFaults([{ nth: 4, kill: 'before' }]);
  made.wire.length = 0;
  expect(made.execute('send')).toMatchObject({ killed: true, calls: 4 });
  expect([google(made), made.wire.length]).toEqual([ALL, 3]);
});

test("an error answer to one part is that part's answer", () => {
  const made = connected({ path: '/gmail/v1/users/me/labels', answer: '403-rate' });
  expect(made.execute('send').result).toMatchObject({
    status: 200,
    parts: [
      ['<response-0>', 200],
      ['<response-1>', 403],
      ['<response-2>', 404],
    ],
  });
  expect(google(made)).toEqual([ALL[0], ALL[2]]);
});

test.each(['timeout', 'dns', 'refused'] as const)(
  '%s of one part makes the whole call throw, the others are done',
  (answer) => {
    const made = connected({ path: '/gmail/v1/users/me/labels', answer });
    expect(made.execute('send').error).toMatch(/^Exception: .*https:\/\/gmail\.googleapis\.com\/batch\/gmail\/v1$/);
    expect([google(made), made.wire.length]).toEqual([[ALL[0], ALL[2]], 3]);
  },
);

test('a fault that names the batch address strikes the batch as a whole', () => {
  const made = connected({ path: '/batch', answer: '503' });
  expect(made.execute('send').result).toMatchObject({ status: 503, parts: [] });
  expect(google(made)).toEqual([]);
  made.script.setFaults([{ path: '/batch', answer: '502', effect: 'done' }]);
  expect(made.execute('send').result).toMatchObject({ status: 502 });
  expect(google(made)).toEqual(['/batch/gmail/v1']);
});

test('a part that comes late is a request of its own', () => {
  const made = connected({ path: ALL[0], answer: '500', effect: 'late', lateMs: 1000 });
  made.execute('send');
  made.clock.advance(1000);
  made.script.settleLate();
  expect(google(made)).toEqual([ALL[1], ALL[2], ALL[0]]);
});

test('platform 3.2: a batch without a valid token: each part is refused', () => {
  const made = connected();
  made.script.setGrant(USER, { withdrawn: [SCOPES[0]] });
  expect(made.execute('send', 'card').error).toContain('type that cannot be used');
  const [batch] = made.script.requests(0);
  expect((batch.parts ?? []).map(({ status }) => status)).toEqual([403, 403, 403]);
});

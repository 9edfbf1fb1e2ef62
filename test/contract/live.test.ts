/**
 * The contract with the CRM from both ends: a day of the built add-on, in which every request that it makes and every
 * answer that it gets is held against the API's own OpenAPI files. Where practice differs, `deviations.ts` says so.
 */
import type { EmulatedRequest, EmulatedResponse } from '../../emulator/core/http';
import { openSidebar } from '../../emulator/world/sidebar';
import { connectedByApp } from '../whole/delivering';
import { AGENT, emptyWorld, Stage } from '../whole/stage';
import { ANSWERS, AS_DOCUMENTED, isKnown, REQUESTS } from './deviations';
import { checkAnswer, checkRequest, type Checked, type CheckedRequest } from './openapi';

jest.setTimeout(120_000);

interface Exchange {
  readonly request: EmulatedRequest;
  readonly response: EmulatedResponse;
}

const API = 'services.leadconnectorhq.com';

/** Everything that the add-on asks of the CRM's API from now on. */
function recordOf({ world }: Stage, record: Exchange[]): void {
  const { highlevel } = world;
  const handle = highlevel.handle.bind(highlevel);
  Object.assign(highlevel, {
    handle: (request: EmulatedRequest) => {
      const response = handle(request);
      const byAddOn = request.host === API && request.headers['x-threadlink-outside'] === undefined;
      if (byAddOn) record.push({ request, response });
      return response;
    },
  });
}

/** Connecting, mirrors, a secure file that is older than its address, answers with files, a thread read back, cards. */
function mirroring(record: Exchange[]): void {
  const stage = new Stage(emptyWorld());
  stage.world.switches.set({ replyTo: 'user', secureAttachments: true, ...AS_DOCUMENTED });
  recordOf(stage, record);
  stage.connect();
  const settings = { savedAt: 1, excluded: [], internalPrivate: false, mediaStorage: true };
  stage.world.appsScript.setProperty(AGENT, 'cmd.test', JSON.stringify({ do: 'set', settings }));
  const attachments = [{ name: 'offer.txt', type: 'text/plain', base64: Buffer.from('ten').toString('base64') }];
  stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>', attachments });
  stage.later(90);
  stage.pass();
  stage.contactAnswers('Sounds good.', { attachment: 'my notes' });
  stage.world.appsScript.setFaults([
    { host: API, path: '/conversations/messages/inbound', answer: '502', effect: 'done' },
  ]);
  stage.pass();
  stage.later(11);
  stage.pass();
  stage.userAnswers('Glad to hear it.');
  stage.later(5);
  stage.pass();
  const answers = stage.messages();
  openSidebar(stage.world, AGENT, { at: 'home' });
  openSidebar(stage.world, AGENT, { at: 'message', id: answers[0].id });
  stage.disconnect();
}

/** With the app's own provider: a pending mail goes out through Gmail, and the CRM is told. */
function delivering(record: Exchange[]): void {
  const stage = connectedByApp(emptyWorld());
  stage.world.switches.set({ replyTo: 'user', ...AS_DOCUMENTED });
  recordOf(stage, record);
  stage.crmSends({ subject: 'Through Gmail', html: '<p>Hello</p>', channel: 'gmail' });
  stage.later(1);
  stage.pass();
  stage.later(5);
  stage.pass();
}

const record: Exchange[] = [];
mirroring(record);
delivering(record);

function requestOf({ request }: Exchange): CheckedRequest {
  const { host, method, path, headers, body } = request;
  const type = (headers['content-type'] ?? '').split(';')[0].trim();
  const common = { method, url: `https://${host}${path}`, headers: { ...headers, Version: headers.version ?? '' } };
  if (body.length === 0) return { ...common, contentType: undefined, body: undefined };
  const fields =
    type === 'application/json'
      ? (JSON.parse(body.toString()) as Record<string, unknown>)
      : type === 'multipart/form-data'
        ? formOf(body.toString('latin1'))
        : Object.fromEntries(new URLSearchParams(body.toString()));
  return { ...common, contentType: type as CheckedRequest['contentType'], body: fields };
}

function formOf(body: string): Record<string, unknown> {
  const parts = [...body.matchAll(/name="([^"]*)"(; filename="[^"]*")?[^\r]*(?:\r\n[^\r]+)*\r\n\r\n([\s\S]*?)\r\n--/g)];
  return Object.fromEntries(parts.map(([, name, file, value]) => [name, file === undefined ? value : '(file)']));
}

function answerOf(exchange: Exchange): Checked {
  const { response } = exchange;
  const text = response.body.toString();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return checkAnswer(requestOf(exchange), response.status, body);
}

const sides = [
  ['request', REQUESTS, (exchange: Exchange) => checkRequest(requestOf(exchange))],
  ['answer', ANSWERS, answerOf],
] as const;

test('the day touches what the add-on lives on', () => {
  const operations = new Set(record.map((exchange) => checkRequest(requestOf(exchange)).operation));
  for (const operation of [
    'get-location',
    'export-messages-by-location',
    'get-email-by-id',
    'add-an-inbound-message',
    'upload-file-attachments',
    'update-message-status',
    'get-contact',
    'get-message',
  ]) {
    expect(operations).toContain(operation);
  }
});

test.each(sides)('every %s is as specified, but for the known deviations', (_, table, check) => {
  const wrong = new Set<string>();
  for (const exchange of record) {
    const { operation, problems } = check(exchange);
    // The secure file is of version 3, whose files are others (facts, highlevel 0.11).
    if (operation === undefined) {
      if (!exchange.request.path.startsWith('/files/d/')) wrong.add(`${exchange.request.path} is not known`);
      continue;
    }
    for (const problem of problems) {
      if (!isKnown(table, operation, problem)) wrong.add(`${operation} ${exchange.response.status}: ${problem}`);
    }
  }
  expect([...wrong]).toEqual([]);
});

test('no request carries its token anywhere but in its header', () => {
  for (const { request } of record) {
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (token === '') continue;
    expect(request.path).not.toContain(token);
    expect(request.body.toString('latin1')).not.toContain(token);
  }
});

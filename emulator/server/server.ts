/**
 * The emulator's outside face over HTTP: the emulated hosts, the control calls, the page. One request at a time, each
 * answered at once, as the world is synchronous.
 */
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { control } from '../control/control';
import { jsonResponse, type EmulatedResponse } from '../core/http';
import type { World } from '../world/world';
import { LARGEST_BODY, readBody } from './body';
import { Events } from './events';
import { emulatedRequest, emulatedTarget, withLocalRedirect } from './hosts';
import { mayAsk } from './origin';
import type { Page } from './page';

const CONTROL = '/emulator/';
const EVENTS = `${CONTROL}events`;
/** The page shows mail of strangers: nothing but its own code runs in it, and nothing is loaded from elsewhere. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-src 'self' blob: data:; object-src 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

export function createServer(world: World, page: Page): Server {
  const events = new Events(world);
  const server = createHttpServer((request, response) => {
    serve(world, page, events, request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else send(response, jsonResponse(500, { error: 'the emulator failed; its output says how' }));
    });
  });
  // A client that is being debugged may take its time.
  server.requestTimeout = 0;
  return server;
}

async function serve(
  world: World,
  page: Page,
  events: Events,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  if (path === EVENTS && request.method === 'GET' && mayAsk(request.headers)) {
    events.listen(response);
    return;
  }
  send(response, await answer(world, page, request));
  events.tell();
}

async function answer(world: World, page: Page, request: IncomingMessage): Promise<EmulatedResponse> {
  const { method = 'GET', url = '/', headers } = request;
  if (!mayAsk(headers)) return jsonResponse(403, { error: 'only the page and tools of this machine are answered' });
  const body = await readBody(request);
  if (body === undefined) return jsonResponse(413, { error: `a body may have ${LARGEST_BODY} bytes` });
  if (url.startsWith(CONTROL)) {
    const result = control(world, { method, path: url, body });
    return jsonResponse(result.status, result.body);
  }
  const file = method === 'GET' || method === 'HEAD' ? page.get(pathOf(request)) : undefined;
  if (file !== undefined)
    return { status: 200, headers: { 'content-type': file.type, ...PAGE_HEADERS }, body: file.bytes };
  const target = emulatedTarget(url);
  if (target === undefined) return jsonResponse(404, { error: `nothing is served at ${pathOf(request)}` });
  if (!world.serves(target.host)) return jsonResponse(404, { error: `there is no emulated host ${target.host}` });
  const answered = world.request(emulatedRequest(method, target, headers, body));
  return withLocalRedirect(answered, headers, (host) => world.serves(host));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0];
}

function send(response: ServerResponse, { status, headers, body }: EmulatedResponse): void {
  // 204 and 304 have no body, and their length is not to be told.
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}

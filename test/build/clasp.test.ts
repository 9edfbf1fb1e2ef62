/** `npm run build && npx clasp push -f`, up to what Google would be handed. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Built } from './built';
import { buildAddon, root } from './built';

const run = promisify(execFile);
const CLASP = path.join(root, 'node_modules', '@google', 'clasp', 'build', 'src', 'index.js');

let built: Built;
beforeAll(() => {
  built = buildAddon();
}, 60_000);
afterAll(() => built.remove());

async function clasp(options: string[], env: Record<string, string> = {}): Promise<unknown> {
  const { stdout } = await run(process.execPath, [CLASP, ...options, '--json'], {
    cwd: built.project,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

test('tooling 5: clasp would push the bundle and the manifest, and nothing else', async () => {
  // In the order in which the file system lists them.
  const status = (await clasp(['show-file-status'])) as { filesToPush: string[]; untrackedFiles: string[] };
  expect([...status.filesToPush].sort()).toEqual(['dist/Code.js', 'dist/appsscript.json']);
  expect(status.untrackedFiles).toEqual([]);
}, 60_000);

test('tooling 5: a push hands over both files in one request', async () => {
  const api = await startScriptApi();
  const credentials = path.join(built.project, '..', `${path.basename(built.project)}.json`);
  writeFileSync(credentials, JSON.stringify(signedIn()));
  try {
    await clasp(['-A', credentials, 'push', '-f'], {
      NODE_OPTIONS: `--import ${path.join(__dirname, 'fixtures', 'clasp-to-local.mjs')}`,
      SCRIPT_API: `http://127.0.0.1:${String((api.server.address() as AddressInfo).port)}/`,
    });
  } finally {
    api.server.close();
  }
  expect(api.put).toHaveLength(1);
  const files = api.put[0].files.map(({ name, type }) => `${name} ${type}`).sort();
  expect(files).toEqual(['Code SERVER_JS', 'appsscript JSON']);
  expect(api.put[0].files.find(({ name }) => name === 'Code')?.source).toBe(built.code);
}, 60_000);

interface PushedFiles {
  files: { name: string; type: string; source: string }[];
}

/** The part of the Apps Script API that a push uses: what is there, and its replacement. */
async function startScriptApi(): Promise<{ server: Server; put: PushedFiles[] }> {
  const put: PushedFiles[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') put.push(JSON.parse(Buffer.concat(chunks).toString()) as PushedFiles);
      const known = /^\/v1\/projects\/[^/]+\/content/.test(request.url ?? '');
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known ? { files: put[0]?.files ?? [] } : { error: { code: 404 } }));
    });
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, put };
}

function signedIn(): unknown {
  const token = {
    type: 'authorized_user',
    client_id: 'client',
    client_secret: 'secret',
    refresh_token: 'refresh',
    access_token: 'access',
    expiry_date: 4_102_444_800_000,
  };
  return { tokens: { default: token } };
}

/**
 * Starts the emulator with the built add-on: `npm start`. Options: `--empty` for the small world, `PORT` (default 8787,
 * 0 picks a free one), `THREADLINK_SEED` (a whole number), `THREADLINK_WORLD` (`empty` or `demo`).
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { AppsScriptManifest } from './apps-script/manifest';
import { readPage } from './server/page';
import { createServer } from './server/server';
import { World, type WorldKind } from './world/world';

const DEFAULT_PORT = 8787;
const DEFAULT_SEED = 1;

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Error(`${name} must be a whole number, not ${text}`);
  return value;
}

function worldKind(): WorldKind {
  if (process.argv.includes('--empty')) return 'empty';
  const kind = process.env['THREADLINK_WORLD'] ?? '';
  if (kind !== '' && kind !== 'empty' && kind !== 'demo') {
    throw new Error(`THREADLINK_WORLD must be empty or demo, not ${kind}`);
  }
  return kind === '' ? 'demo' : kind;
}

function start(): void {
  const dist = path.resolve('dist');
  const world = World.create({
    seed: wholeNumber('THREADLINK_SEED', DEFAULT_SEED),
    world: worldKind(),
    bundle: readFileSync(path.join(dist, 'Code.js'), 'utf8'),
    manifest: JSON.parse(readFileSync(path.join(dist, 'appsscript.json'), 'utf8')) as AppsScriptManifest,
  });
  if (world.trouble !== '')
    console.error(`The demo's week was played without the add-on, which did not connect: ${world.trouble}`);
  const server = createServer(world, readPage(path.resolve('.cache', 'page')));
  const port = wholeNumber('PORT', DEFAULT_PORT);
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(`Threadlink cannot start: ${wordsFor(error, port)}`);
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => {
    console.log(`Threadlink is running at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

function wordsFor({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') return `port ${port} is not open to you. Choose one above 1023: PORT=8787 npm start`;
  return message;
}

try {
  start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

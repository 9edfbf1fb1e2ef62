/** What `npm start` becomes: one line when it is ready, plain words when it cannot be, and an end when it is told. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const bundle = path.resolve('.cache', 'emulator', 'main.cjs');
const running: ChildProcess[] = [];

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [bundle], { env: { ...process.env, THREADLINK_WORLD: 'empty', ...env } });
  running.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

async function ready({ output }: Started): Promise<string> {
  for (;;) {
    const address = /^Threadlink is running at (\S+)$/m.exec(output())?.[1];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

beforeAll(() => {
  if (!existsSync(bundle)) throw new Error('The emulator is not built: npm run build.');
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it says one line, serves the page, and stops on %s',
  async (signal) => {
    const started = start({ PORT: '0' });
    const address = await ready(started);
    const page = await fetch(address);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Threadlink</title>')]);
    // A page that stays open does not keep it alive.
    const events = await fetch(`${address}/emulator/events`);
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    started.child.kill(signal);
    expect(await started.ended).toBe(0);
    expect(started.output()).toBe(`Threadlink is running at ${address}\n`);
  },
  60_000,
);

test('a port that is taken is said, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const started = start({ PORT: String(port) });
  expect(await started.ended).toBe(1);
  expect(started.output()).toBe(
    `Threadlink cannot start: port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start\n`,
  );
  server.close();
}, 60_000);

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a whole number, not eighty'],
  [{ THREADLINK_SEED: '1.5' }, 'THREADLINK_SEED must be a whole number, not 1.5'],
  [{ THREADLINK_WORLD: 'flat' }, 'THREADLINK_WORLD must be empty or demo, not flat'],
])(
  '%j is refused in words',
  async (env, words) => {
    const started = start({ PORT: '0', ...env });
    expect(await started.ended).toBe(1);
    expect(started.output().trim()).toBe(words);
  },
  60_000,
);

/** The built emulator as its own process on a free port, as `npm start` runs it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface RunningEmulator {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const READY_MS = 60_000;

export async function startEmulator(world: 'empty' | 'demo'): Promise<RunningEmulator> {
  const bundle = path.resolve('.cache', 'emulator', 'main.cjs');
  if (!existsSync(bundle)) throw new Error('The emulator is not built: npm run build.');
  const child = spawn(process.execPath, [bundle], {
    env: { ...process.env, PORT: '0', THREADLINK_SEED: '1', THREADLINK_WORLD: world },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /Threadlink is running at (\S+)/.exec(output);
      if (match !== null) resolve(match[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The emulator ended with ${code}: ${output}`)));
    setTimeout(() => reject(new Error(`The emulator was not ready in time: ${output}`)), READY_MS).unref();
  });
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

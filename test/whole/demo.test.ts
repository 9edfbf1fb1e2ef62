/** The demo world with the real add-on: what a newcomer sees first must be true. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppsScriptManifest } from '../../emulator/apps-script/manifest';
import { textOf } from '../../emulator/world/card-reader';
import { openSidebar } from '../../emulator/world/sidebar';
import { World } from '../../emulator/world/world';
import { buildAddon, root } from '../build/built';

const user = 'agent@example.com';
let world: World;

beforeAll(() => {
  const built = buildAddon();
  built.remove();
  const manifest = JSON.parse(readFileSync(path.join(root, 'appsscript.json'), 'utf8')) as AppsScriptManifest;
  world = World.create({ seed: 1, world: 'demo', bundle: built.code, manifest });
}, 60_000);

function gmail(request: string): Record<string, unknown> {
  const answer = world.request({
    method: 'GET',
    host: 'gmail.googleapis.com',
    path: `/gmail/v1/users/me/${request}`,
    headers: {
      authorization: `Bearer ${world.gmail.token(user, ['https://mail.google.com/'])}`,
      'x-threadlink-outside': '1',
    },
    body: Buffer.alloc(0),
  });
  return JSON.parse(answer.body.toString());
}

interface Listed {
  readonly threads: readonly { readonly id: string }[];
  readonly messages: readonly { readonly id: string }[];
}

function subjectsOf(thread: string): string[] {
  const { messages } = gmail(`threads/${thread}?format=metadata&metadataHeaders=Subject`) as unknown as {
    messages: { payload: { headers: { value: string }[] } }[];
  };
  return messages.map(({ payload }) => payload.headers[0]?.value ?? '');
}

function threadOf(subject: string): { id: string; mails: number } {
  const { threads } = gmail('threads?maxResults=500') as unknown as Listed;
  const found = threads
    .map(({ id }) => ({ id, subjects: subjectsOf(id) }))
    .filter(({ subjects }) => subjects[0] === subject);
  found.sort((a, b) => b.subjects.length - a.subjects.length);
  if (found.length === 0) throw new Error(`no thread ${subject}`);
  return { id: found[0].id, mails: found[0].subjects.length };
}

const sidebarAt = (id: string) => textOf(openSidebar(world, user, { at: 'thread', id }).cards);

test('the add-on connected and ran without an error', () => {
  expect(world.trouble).toBe('');
  expect(world.appsScript.logs(0).filter(({ level }) => level === 'ERROR')).toEqual([]);
  expect(textOf(openSidebar(world, user, { at: 'home' }).cards)).toContain(user);
});

test('a dozen threads and forty mails at least', () => {
  const { threads } = gmail('threads?maxResults=500') as unknown as Listed;
  const { messages } = gmail('messages?maxResults=500') as unknown as Listed;
  expect(threads.length).toBeGreaterThanOrEqual(12);
  expect(messages.length).toBeGreaterThanOrEqual(40);
});

test('T2: what began in the CRM is one thread in Gmail, with the answers of both sides', () => {
  // Proposal, her answer, his answer in Gmail, her second answer, and what the CRM sent a week later.
  expect(threadOf('Spring campaign: our proposal').mails).toBe(5);
  expect(threadOf('Angebot für Ihre neue Website').mails).toBe(4);
  expect(threadOf('お見積りの件').mails).toBe(2);
});

test('S2: the sidebar says what became of each thread', () => {
  const proposal = sidebarAt(threadOf('Spring campaign: our proposal').id);
  expect(proposal).toContain('Ana Pereira');
  expect(proposal).toContain('Azulejo Studio');
  expect(sidebarAt(threadOf('Saturday?').id)).not.toContain('Azulejo');
});

test('T1, R5, R9: what is not the user’s is not in their mailbox', () => {
  expect(() => threadOf('Welcome to Example Agency')).toThrow('no thread');
  expect(() => threadOf('The labels are printed')).toThrow('no thread');
});

test('an answer that no pass has seen yet comes with the next ones', () => {
  const waiting = threadOf('A booking page for the clinic');
  expect(waiting.mails).toBe(1);
  const fork = world.snapshot();
  world.advance(10 * 60_000, false);
  expect(world.run(user, 'onSyncTimer').ok).toBe(true);
  expect(threadOf('A booking page for the clinic').mails).toBe(2);
  world.restore(fork);
});

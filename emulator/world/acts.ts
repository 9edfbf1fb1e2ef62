/** What somebody does at the moment of a fault: something in Gmail's own screens, or any control call. */
import { control } from '../control/control';
import type { GmailAct } from '../core/services';
import type { World } from './world';

export const GMAIL_ACTS: readonly GmailAct[] = [
  'trash',
  'untrash',
  'spam',
  'unspam',
  'read',
  'discard-draft',
  'edit-draft',
  'send-draft',
];

export function isGmailAct(value: unknown): value is GmailAct {
  return GMAIL_ACTS.includes(value as GmailAct);
}

/** Gives back why it could not be done; undefined where it was. Never throws: what a person fails at breaks no script. */
export function carryOut(world: World, act: Readonly<Record<string, unknown>>): string | undefined {
  const { gmail, user, id, method, path, body } = act;
  try {
    if (isGmailAct(gmail) && typeof user === 'string') {
      if (!world.gmail.act(user, gmail, typeof id === 'string' ? id : undefined)) return `nothing to ${gmail}`;
      world.changes++;
      return undefined;
    }
    if (typeof method !== 'string' || typeof path !== 'string') return `not an act: ${JSON.stringify(act)}`;
    const answer = control(world, { method: method.toUpperCase(), path, body: bytesOf(body) });
    return answer.status < 400 ? undefined : `${method} ${path}: ${JSON.stringify(answer.body)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

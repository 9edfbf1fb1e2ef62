/** The world at a glance, and a fresh one. */
import { askGmail } from '../world/ask-gmail';
import type { World, WorldKind } from '../world/world';
import type { ControlCalls } from './call';

const KINDS: readonly WorldKind[] = ['empty', 'demo'];

export const STATE_CALLS: ControlCalls = [
  ['GET state', describe],
  [
    'POST reset',
    (world, call) => {
      const fields = call.body();
      world.reset({ seed: fields.optionalWhole('seed'), world: fields.optionalChoice('world', KINDS) });
      return { seed: world.seed, world: world.kind, clock: world.clock.now };
    },
  ],
];

function describe(world: World) {
  const { gmail, highlevel, network, appsScript } = world;
  const google = gmail.accounts().map(({ email, name }) => ({
    email,
    name,
    kind: 'google',
    aliases: aliasesOf(world, email),
    // All that a person may do in Gmail, so that the page can be their Gmail.
    token: gmail.token(email, ['https://mail.google.com/']),
  }));
  const external = network
    .describe()
    .map(({ address, name, behaviour }) => ({ email: address, name, kind: 'external', behaviour }));
  return {
    clock: world.clock.now,
    seed: world.seed,
    world: world.kind,
    changes: world.changes,
    addOn: addOnOf(world),
    accounts: [...google, ...external],
    crm: highlevel.describe(),
    triggers: appsScript
      .triggers()
      .map(({ user, handler, everyMinutes, at }) => ({ user, handler, ...(everyMinutes ? { everyMinutes } : {}), at })),
    properties: Object.fromEntries(google.map(({ email }) => [email, sizeOf(appsScript.properties(email))])),
  };
}

/** What Gmail shows of the add-on before anything of it has run. */
function addOnOf({ manifest }: World) {
  const { common, gmail } = manifest.addOns ?? {};
  const menu = (common?.universalActions ?? []).map(({ label, runFunction }) => ({ label, function: runFunction }));
  const compose = gmail?.composeTrigger?.selectActions[0]?.text;
  return { name: common?.name ?? '', menu, ...(compose === undefined ? {} : { compose }) };
}

/** The other addresses that the user may send from. */
function aliasesOf(world: World, user: string): string[] {
  const { sendAs = [] } = (askGmail(world, user, 'settings/sendAs') ?? {}) as {
    sendAs?: { sendAsEmail: string; isPrimary?: boolean }[];
  };
  return sendAs.filter(({ isPrimary }) => isPrimary !== true).map(({ sendAsEmail }) => sendAsEmail);
}

function sizeOf(properties: Readonly<Record<string, string>>): { count: number; bytes: number } {
  const entries = Object.entries(properties);
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return { count: entries.length, bytes };
}

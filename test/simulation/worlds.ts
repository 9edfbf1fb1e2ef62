/** Worlds for a bundle, from its file. */
import { readFileSync } from 'node:fs';
import type { AppsScriptManifest } from '../../emulator/apps-script/manifest';
import { FRESH_REALMS, usedRealms } from '../../emulator/apps-script/realm/realms';
import { World } from '../../emulator/world/world';

/**
 * In used global scopes an execution takes a third of the time. That the add-on does the same in them as in fresh ones, as the
 * platform has them, is checked by days that are played in both.
 */
export type RealmKind = 'used' | 'fresh';

const worlds = new Map<string, World>();

/** One world a bundle and process, empty each time; the manifest is in the repository's root. */
export function freshWorld(bundle: string, realms: RealmKind = 'used'): World {
  const key = `${realms} ${bundle}`;
  let world = worlds.get(key);
  if (world === undefined) {
    world = worldOf(readFileSync(bundle, 'utf8'), realms);
    worlds.set(key, world);
  }
  world.reset({ seed: 1, world: 'empty' });
  return world;
}

/** A world for the text of a bundle. */
export function worldOf(bundle: string, realms: RealmKind = 'used'): World {
  return World.create({
    seed: 1,
    world: 'empty',
    bundle,
    manifest: JSON.parse(readFileSync('appsscript.json', 'utf8')) as AppsScriptManifest,
    guardMs: 0,
    realms: realms === 'used' ? usedRealms() : FRESH_REALMS,
  });
}

/** Worlds for a bundle, from its file. */
import { readFileSync } from 'node:fs';
import type { AppsScriptManifest } from '../../emulator/apps-script/manifest';
import { World } from '../../emulator/world/world';

const bundles = new Map<string, World>();

/** One world a bundle and process, empty each time; `manifest` is beside the bundle or in the repository's root. */
export function freshWorld(bundle: string): World {
  let world = bundles.get(bundle);
  if (world === undefined) {
    const manifest = JSON.parse(readFileSync('appsscript.json', 'utf8')) as AppsScriptManifest;
    world = World.create({ seed: 1, world: 'empty', bundle: readFileSync(bundle, 'utf8'), manifest, guardMs: 0 });
    bundles.set(bundle, world);
  }
  world.reset({ seed: 1, world: 'empty' });
  return world;
}

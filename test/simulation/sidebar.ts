/** What the sidebar tells a user of messages that are not where they belong: the rows of the activity card. */
import { chooseFromMenu } from '../../emulator/world/sidebar';
import type { World } from '../../emulator/world/world';

export interface SetAside {
  /** Goes on by itself, or only when the user says so. */
  readonly kind: 'waiting' | 'parked' | 'held';
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

/** By the picture that a row begins with. */
const KINDS: Readonly<Record<string, SetAside['kind']>> = { schedule: 'waiting', warning: 'parked', error: 'held' };

/** Empty for whoever is not connected: their activity card offers to connect. */
export function setAsideFor(world: World, user: string): SetAside[] {
  const { cards } = chooseFromMenu(world, user, 'onActivity');
  const rows: SetAside[] = [];
  for (const card of cards as readonly Json[]) {
    if (card['name'] !== 'activity') continue;
    const [section] = card['sections'] as readonly { readonly widgets: readonly Json[] }[];
    for (const { decoratedText } of section.widgets) {
      const row = decoratedText as Json | undefined;
      const icon = ((row?.['startIcon'] as Json | undefined)?.['materialIcon'] as Json | undefined)?.['name'];
      const kind = KINDS[String(icon)];
      if (row !== undefined && kind !== undefined) rows.push({ kind, text: String(row['text']) });
    }
  }
  return rows;
}

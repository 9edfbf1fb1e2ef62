/** What the activity card tells a user of messages that are not where they belong; its buttons, and those beside a message. */
import { clickThatDoes } from '../../emulator/world/card-reader';
import { WorldError } from '../../emulator/world/error';
import type { FormInputs } from '../../emulator/world/events';
import { press as pressIn } from '../../emulator/world/person';
import {
  chooseFromMenu,
  clickInSidebar,
  openSidebar,
  shownCards,
  type SidebarAnswer,
} from '../../emulator/world/sidebar';
import type { World } from '../../emulator/world/world';
import type { Button } from './happenings';

export interface SetAside {
  /** Goes on by itself, or only when the user says so. */
  readonly kind: 'waiting' | 'parked' | 'held';
  readonly text: string;
}

export interface Presses {
  readonly buttons: readonly string[];
  /** The button that shows that it is done. */
  readonly until: string;
  readonly inputs?: FormInputs;
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

/** A button of the activity card, and where that shows what is missing, the one with which it is taken up. */
export function pressButton(world: World, user: string, button: Button): void {
  const answer = press(world, user, chooseFromMenu(world, user, 'onActivity'), button);
  if (answer !== undefined) press(world, user, answer, 'check.repair');
}

/** One button after another, from the card that a message is shown beside, until it has the one that says that it is done. */
export function pressBeside(world: World, user: string, id: string, { buttons, until, inputs = {} }: Presses): void {
  const place = { at: 'message', id } as const;
  let shown = openSidebar(world, user, place);
  for (const button of buttons) shown = pressIn(world, user, shownCards(shown), button, inputs, place);
  if (clickThatDoes(shownCards(shown), until) === undefined) throw new WorldError(`there is no ${until} then`);
}

/** Undefined where there is no such button. */
function press(world: World, user: string, shown: SidebarAnswer, name: string): SidebarAnswer | undefined {
  const found = buttonIn(shownCards(shown), name);
  return found === undefined ? undefined : clickInSidebar(world, user, { at: 'home' }, { parameters: found });
}

function buttonIn(value: unknown, name: string): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { parameters } = value as Json;
  if (Array.isArray(parameters)) {
    const found = Object.fromEntries((parameters as Json[]).map((each) => [each['key'], String(each['value'])]));
    if (found['do'] === name) return found;
  }
  for (const inner of Object.values(value)) {
    const found = buttonIn(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

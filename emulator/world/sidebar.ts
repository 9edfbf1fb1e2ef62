/** The add-on's sidebar as Gmail drives it: opens it somewhere, clicks in it, and reads what the add-on answers. */
import type { Execution } from '../core/services';
import { askGmail } from './ask-gmail';
import { CARD_ACTION } from './contexts';
import { eventFor, type FormInputs, type OpenMessage, type Place, type Recipients } from './events';
import { WorldError } from './error';
import type { World } from './world';

/** What the add-on answered: cards, or a navigation among them, a notification, a link that is to open. */
export interface SidebarAnswer {
  readonly cards: readonly unknown[];
  readonly navigation?: readonly Readonly<Record<string, unknown>>[];
  readonly notification?: { readonly text: string };
  readonly openLink?: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

export interface SidebarClick {
  readonly function?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly formInputs?: FormInputs;
}

export function openSidebar(world: World, user: string, place: Place): SidebarAnswer {
  world.checkAccount(user);
  const open = openMessage(world, user, place);
  const { common, gmail } = world.manifest.addOns ?? {};
  const name =
    place.at === 'compose'
      ? gmail?.composeTrigger?.selectActions[0]?.runFunction
      : open === undefined
        ? (gmail?.homepageTrigger ?? common?.homepageTrigger)?.runFunction
        : gmail?.contextualTriggers?.[0]?.onTriggerFunction;
  if (name === undefined) throw new WorldError('the manifest names no function for this place');
  return answerOf(world.run(user, name, eventFor(world, user, open), 'card'));
}

/** A universal action from the add-on's menu, by the function that the manifest names. */
export function chooseFromMenu(world: World, user: string, name: string): SidebarAnswer {
  return answerOf(world.run(user, name, eventFor(world, user, undefined), 'card'));
}

export function clickInSidebar(world: World, user: string, place: Place, click: SidebarClick): SidebarAnswer {
  world.checkAccount(user);
  const event = eventFor(world, user, openMessage(world, user, place), click);
  return answerOf(world.run(user, click.function ?? CARD_ACTION, event, 'card'));
}

/** The cards that the person has before them after an answer. */
export function shownCards({ cards, navigation = [] }: SidebarAnswer): unknown[] {
  const moved = navigation.flatMap(({ push, update, pushCard, updateCard }) => [push, update, pushCard, updateCard]);
  return [...cards, ...moved.filter((card) => card !== undefined)];
}

/** Gmail shows a failed run as an error in the sidebar; a tool gets it as an error. */
function answerOf({ ok, error, result }: Execution): SidebarAnswer {
  if (!ok) throw new WorldError(error ?? 'the add-on did not answer');
  const answer = typeof result === 'object' && result !== null ? (result as Readonly<Record<string, unknown>>) : {};
  return { ...answer, cards: Array.isArray(answer['cards']) ? (answer['cards'] as unknown[]) : [] };
}

function openMessage(world: World, user: string, place: Place): OpenMessage | Recipients | undefined {
  if (place.at === 'home') return undefined;
  if (place.at === 'compose') return place;
  const kind = place.at === 'thread' ? 'threads' : 'messages';
  const found = askGmail(world, user, `${kind}/${encodeURIComponent(place.id)}?format=minimal`);
  if (found === undefined) throw new WorldError(`Gmail has no ${kind.slice(0, -1)} ${place.id} of ${user}`);
  if (place.at === 'message') return { messageId: String(found['id']), threadId: String(found['threadId']) };
  const messages = (found['messages'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  // A draft is no message that the sidebar opens for, and the trash is not shown in a thread.
  const shown = messages.filter(
    ({ labelIds }) => !['DRAFT', 'TRASH'].some((label) => (labelIds as string[] | undefined)?.includes(label)),
  );
  const newest = (shown.length > 0 ? shown : messages).at(-1);
  if (newest === undefined) throw new WorldError(`no message in thread ${place.id}`);
  return { messageId: String(newest['id']), threadId: place.id };
}

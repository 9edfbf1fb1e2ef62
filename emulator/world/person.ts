/**
 * The person who connects, changes the address and disconnects, by what the sidebar shows and by nothing else: each
 * step takes the button from the card that came back. A card without the next button is the add-on's no.
 */
import { choicesOf, clicksIn, clickThatDoes, formOf, textOf, type Click } from './card-reader';
import { connectThroughConsentPage } from './consent';
import type { FormInputs, Place } from './events';
import { chooseFromMenu, clickInSidebar, openSidebar, shownCards, type SidebarAnswer } from './sidebar';
import { WorldError } from './error';
import type { World } from './world';

const FIRST_CONNECT = 'connect.check';

export interface Connecting {
  readonly user: string;
  /** The address to connect; else the one that the card proposes. */
  readonly address?: string;
  readonly method?: 'token' | 'oauth';
  readonly token?: string;
  readonly location?: string;
  /** Says yes where the add-on asks before it connects. */
  readonly confirm?: boolean;
}

export function connect(world: World, connecting: Connecting): SidebarAnswer {
  const { user, address, method = 'token', confirm = false } = connecting;
  const crm = world.highlevel.describe();
  const form = connectForm(world, user);
  // Whoever was cut off in the last step finds it on the homepage, and goes on there.
  const isHalfway = clickThatDoes(shownCards(form), 'connect.finish') !== undefined;
  const checked = isHalfway
    ? form
    : method === 'oauth'
      ? connectThroughConsentPage(world, user, form)
      : press(world, user, shownCards(form), FIRST_CONNECT, {
          token: connecting.token ?? crm.token,
          location: connecting.location ?? crm.locationId,
        });
  const cards = shownCards(checked);
  const me = crm.users.find(({ email }) => email.toLowerCase() === user.toLowerCase());
  const finished = press(world, user, cards, 'connect.finish', {
    ...chosen(cards, 'address', address),
    ...(me === undefined ? {} : chosen(cards, 'crmUser', me.id, false)),
  });
  const asked = confirm ? shownCards(finished).find(asksToConfirm) : undefined;
  return demandConnected(world, user, asked === undefined ? finished : sayYes(world, user, asked), true);
}

export function updateAddress(world: World, user: string, address: string): SidebarAnswer {
  const show = () => shownCards(press(world, user, shownCards(settings(world, user)), 'address.show', {}));
  const cards = show();
  const answer = press(world, user, cards, 'address.change', chosen(cards, 'address', address));
  const inForce = show().flatMap((card) => choicesOf(card, 'address') ?? []);
  const changed = inForce.some(({ value, selected }) => selected && value.toLowerCase() === address.toLowerCase());
  if (!changed) throw new WorldError(said(answer));
  return answer;
}

export function disconnect(world: World, user: string): SidebarAnswer {
  const cards = shownCards(press(world, user, shownCards(settings(world, user)), 'disconnect.ask', {}));
  return demandConnected(world, user, press(world, user, cards, 'disconnect.do', {}), false);
}

/** On the homepage of whoever is not connected; behind a button there or in the settings of whoever was. */
function connectForm(world: World, user: string): SidebarAnswer {
  const home = openSidebar(world, user, { at: 'home' });
  if (clickThatDoes(shownCards(home), FIRST_CONNECT) !== undefined) return home;
  const places = [home, settings(world, user)];
  const place = places.find((candidate) => clickThatDoes(shownCards(candidate), 'connect.show') !== undefined);
  return place === undefined ? home : press(world, user, shownCards(place), 'connect.show', {});
}

/** Buttons that lead to the last step or away from it. */
const STEPS = ['check', 'finish', 'cancel', 'show', 'oauth', 'code', 'signed-in'];

/** A question between the last step and the connection, such as whether to take it over from another mailbox (C6). */
function asksToConfirm(card: unknown): boolean {
  return questionOf(card) !== undefined;
}

function questionOf(card: unknown): Click | undefined {
  return clicksIn(card).find(({ parameters }) => {
    const [place, step] = (parameters['do'] ?? '').split('.');
    return place === 'connect' && step !== undefined && !STEPS.includes(step);
  });
}

function sayYes(world: World, user: string, card: unknown): SidebarAnswer {
  return clickInSidebar(world, user, { at: 'home' }, { ...questionOf(card), formInputs: formOf(card) });
}

function settings(world: World, user: string): SidebarAnswer {
  const action = world.manifest.addOns?.common?.universalActions?.find(({ label }) => label === 'Settings');
  if (action?.runFunction === undefined) throw new WorldError('the manifest has no universal action "Settings"');
  return chooseFromMenu(world, user, action.runFunction);
}

/** Presses the button of that name with the form as it stands, but for what is given. */
export function press(
  world: World,
  user: string,
  cards: readonly unknown[],
  what: string,
  inputs: FormInputs,
  place: Place = { at: 'home' },
): SidebarAnswer {
  const card = cards.find((candidate) => clickThatDoes([candidate], what) !== undefined);
  const click = card === undefined ? undefined : clickThatDoes([card], what);
  if (click === undefined) throw new WorldError(said({ cards }));
  return clickInSidebar(world, user, place, { ...click, formInputs: { ...formOf(card), ...inputs } });
}

/** The choice of that value, compared as addresses are; without a value what the card has selected. */
function chosen(cards: readonly unknown[], name: string, value?: string, demanded = true): FormInputs {
  if (value === undefined) return {};
  const choices = cards.map((card) => choicesOf(card, name)).find((found) => found !== undefined);
  const choice = choices?.find((candidate) => candidate.value.toLowerCase() === value.toLowerCase());
  if (choice !== undefined) return { [name]: choice.value };
  if (!demanded) return {};
  const offered = choices?.map(({ text }) => text).join(', ') ?? 'nothing';
  throw new WorldError(`${value} cannot be chosen; the card offers ${offered}`);
}

/** A connected add-on offers to disconnect, and one that is not does not. */
function demandConnected(world: World, user: string, answer: SidebarAnswer, wanted: boolean): SidebarAnswer {
  const offered = clickThatDoes(shownCards(settings(world, user)), 'disconnect.ask') !== undefined;
  if (offered !== wanted) throw new WorldError(said(answer));
  return answer;
}

function said(answer: SidebarAnswer): string {
  const texts = [answer.notification?.text ?? '', ...shownCards(answer).map(textOf)].filter((text) => text !== '');
  return texts.join(' · ') || 'the add-on showed nothing to go on with';
}

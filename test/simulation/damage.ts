/** What the user sees of a damaged store, and does about it (X11). */
import { textOf } from '../../emulator/world/card-reader';
import { connect } from '../../emulator/world/person';
import { openSidebar, shownCards } from '../../emulator/world/sidebar';
import type { World } from '../../emulator/world/world';
import { askGmail } from './outside';

const SAID = /unreadable|cannot be read/;

function homeOf(world: World, user: string): string {
  return shownCards(openSidebar(world, user, { at: 'home' }))
    .map(textOf)
    .join('\n');
}

/** In the sidebar, or by a notice in the mailbox. */
export function tellsOfDamage(world: World, user: string): boolean {
  if (SAID.test(homeOf(world, user))) return true;
  // Lists may lag.
  world.advance(10_000, false);
  // Wherever the person has put it.
  const { messages = [] } = askGmail(world, user, 'GET', 'messages?includeSpamTrash=true&maxResults=500') as {
    messages?: { id: string }[];
  };
  return messages.some(({ id }) =>
    SAID.test(JSON.stringify(askGmail(world, user, 'GET', `messages/${id}?format=metadata&metadataHeaders=Subject`))),
  );
}

export function isLostOn(world: World, user: string): boolean {
  return /Connect your CRM|What Threadlink remembered cannot be read/.test(homeOf(world, user));
}

/** The CRM does not take what the add-on shows it any more, and the user is told to connect again. */
export function isShutOut(world: World, user: string): boolean {
  return /no longer (accepts|lets)/.test(homeOf(world, user));
}

/** And all that was set aside is tried again: what came before is to go to the CRM. */
export function reconnect(world: World, user: string, app: boolean, token?: string): void {
  // Nobody connects again within the moment in which they were told.
  world.advance(60_000, false);
  connect(world, { user, method: app ? 'oauth' : 'token', token });
  world.run(user, 'onSyncTimer');
  world.appsScript.setProperty(user, 'cmd.retry', JSON.stringify({ do: 'retry' }));
  world.run(user, 'onSyncNow');
}

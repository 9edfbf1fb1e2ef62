/** Who is who, for the sidebar that comes back from a sign-in as much as for the form (C3). */
import { now as clock } from '../platform/clock';
import { checkCredentials } from '../account/check';
import { clashWith } from '../account/connect';
import { readPending, type Pending } from '../account/pending';
import { chooseCard } from './connect';
import type { Context } from './context';
import type { Card } from './model';
import { problemCard } from './problem';

/** What the sign-in left, until the connection is made of it. */
export function signedIn({ store }: Context): Pending | undefined {
  const pending = readPending(store, clock());
  return pending?.renewal === undefined ? undefined : pending;
}

export function choosingCard(context: Context, pending: Pending): Card {
  const { words } = context;
  const connection = context.view()?.connection;
  const clash = connection === undefined ? undefined : clashWith(connection, pending.location);
  const checked = clash ?? context.run(checkCredentials(pending.location), pending.token);
  if (checked.ok) return chooseCard(words, checked.value, chosenBefore(context));
  const card = problemCard(words, checked.problem);
  return { ...card, footer: { main: { text: words.buttons.cancel, do: 'connect.cancel' } } };
}

/** A connection that is made again proposes what it had. */
export function chosenBefore(context: Context): { user: string; address: string } | undefined {
  const connection = context.view()?.connection;
  return connection === undefined ? undefined : { user: connection.crmUser, address: connection.address };
}

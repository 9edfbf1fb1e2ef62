/** The steps of connecting, from click to click (C2, C3, C4, C6). What a card sends is checked anew at every step. */
import { now as clock } from '../platform/clock';
import { appConfig } from '../platform/config';
import { randomId } from '../platform/session';
import { checkCredentials } from '../account/check';
import { clashWith, readConnection, storeConnection } from '../account/connect';
import { beginConsent, dropConsent, pastedCode, redeemCode } from '../account/consent';
import { readCredentials } from '../account/credentials';
import { dropPending, keepPending, readPending, type Choice, type Pending } from '../account/pending';
import { loadHead } from '../sync/store';
import { chooseCard, FORM, reconnectCard, signInCard, takeOverCard, welcomeCard } from './connect';
import { choosingCard, chosenBefore, signedIn } from './choosing';
import type { Context } from './context';
import { placeCard } from './places';
import { problemReply, type Reply } from './reply';

export function showConnect(context: Context): Reply {
  const connection = context.view()?.connection;
  const signIn = appConfig() !== undefined;
  const card =
    connection === undefined ? welcomeCard(context.words, signIn) : reconnectCard(context.words, connection, signIn);
  return { card, move: 'push' };
}

export function cancelConnection(context: Context): Reply {
  dropPending(context.store);
  dropConsent(context.store);
  return { card: placeCard(context), move: 'root' };
}

export function checkConnection(context: Context): Reply {
  const { event, store, now } = context;
  const read = readCredentials(event.form(FORM.token)[0] ?? '', event.form(FORM.location)[0] ?? '');
  if (!read.ok) return problemReply(context, read.problem);
  const { token, location } = read.value;
  const connection = context.view()?.connection;
  const clash = connection === undefined ? undefined : clashWith(connection, location);
  if (clash !== undefined) return problemReply(context, clash.problem);
  const checked = context.run(checkCredentials(location), token);
  if (!checked.ok) return problemReply(context, checked.problem);
  const { companyId } = checked.value.location;
  keepPending(store, { at: now, token, location, companyId, installation: installationOf(context) });
  return { card: chooseCard(context.words, checked.value, chosenBefore(context)), move: 'push' };
}

/** The consent page opens in the browser; what comes back of it, `onConsent` takes in. */
export function startSignIn(context: Context): Reply {
  const { store, words, now, event } = context;
  const app = appConfig();
  if (app === undefined) return problemReply(context, { code: 'app-misconfigured' });
  return { card: signInCard(words, beginConsent(store, app, now, event.locale)), move: 'push' };
}

export function afterSignIn(context: Context): Reply {
  const pending = signedIn(context);
  if (pending !== undefined) return { card: choosingCard(context, pending), move: 'root' };
  return { ...problemReply(context, { code: 'sign-in-missing' }), notice: context.words.signIn.notYet };
}

/** Where the page could not lead back. */
export function bringCode(context: Context): Reply {
  const { event, store, now } = context;
  const before = signedIn(context);
  // A second click, after the first one did it.
  if (before !== undefined) return { card: choosingCard(context, before), move: 'root' };
  const app = appConfig();
  if (app === undefined) return problemReply(context, { code: 'app-misconfigured' });
  const code = pastedCode(store, event.form(FORM.code)[0] ?? '', now);
  if (!code.ok) return problemReply(context, code.problem);
  const redeemed = context.run(redeemCode(app, code.value, clock), '');
  if (!redeemed.ok) return problemReply(context, redeemed.problem);
  keepPending(store, { ...redeemed.value, installation: installationOf(context) });
  dropConsent(store);
  const pending = readPending(store, clock());
  if (pending === undefined) return problemReply(context, { code: 'store-full' });
  return { card: choosingCard(context, pending), move: 'root' };
}

export function finishConnection(context: Context): Reply {
  const { event, store, now } = context;
  const pending = readPending(store, now);
  if (pending === undefined) return withoutPending(context);
  return finish(context, pending, {
    crmUser: event.form(FORM.user)[0] ?? '',
    address: event.form(FORM.address)[0] ?? '',
    ownSync: event.form(FORM.ownSync)[0] ?? '',
  });
}

/** The user says that this mailbox takes the other's place: of the claim that was shown, and of no later one. */
export function takePlace(context: Context): Reply {
  const pending = readPending(context.store, context.now);
  if (pending?.choice === undefined) return withoutPending(context);
  return finish(context, pending, pending.choice, pending.choice.claim);
}

function finish(context: Context, pending: Pending, choice: Choice, allowed?: number): Reply {
  const { store, words, now } = context;
  const reading = context.run(readConnection(pending, choice, loadHead(store)?.head, allowed), pending.token);
  if (!reading.ok) {
    const { code, claim, name = '' } = reading.problem;
    if (code !== 'claim-live' || claim === undefined) return problemReply(context, reading.problem);
    keepPending(store, { ...pending, choice: { ...choice, claim } });
    return { card: takeOverCard(words, name), move: 'push' };
  }
  const stored = storeConnection(store, pending, reading.value, now);
  if (!stored.ok) return problemReply(context, stored.problem);
  context.view('again');
  const notice = words.connected(stored.value.locationName);
  return { card: placeCard(context), move: 'root', notice, changed: true };
}

function withoutPending(context: Context): Reply {
  dropPending(context.store);
  // A second click, after the first one did it.
  if (context.view() !== undefined) return { card: placeCard(context), move: 'root' };
  return problemReply(context, { code: 'too-late' });
}

/** Connecting again goes on under the same name. */
function installationOf(context: Context): string {
  return context.view()?.connection.installation ?? randomId();
}

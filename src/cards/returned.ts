/** The page on which a sign-in ends, in a tab of its own: what came back is taken in, and the rest is done in the sidebar. */
import { now, startDeadline } from '../platform/clock';
import { appConfig } from '../platform/config';
import { Rounds } from '../platform/rounds';
import { randomId } from '../platform/session';
import { userStore, type Store } from '../platform/store';
import { dropConsent, redeemCode, returnedCode, type Returned } from '../account/consent';
import { keepPending, readPending } from '../account/pending';
import { done, problem, type Result } from '../account/problems';
import { loadHead } from '../sync/store';
import { wiresFor } from '../sync/wires';
import { markup } from './escape';
import { adviceFor, wordsFor } from './words';

export function consentPage(event: unknown): string {
  const given = parametersOf(event);
  const words = wordsFor(given.locale ?? '');
  const result = takeIn(userStore(), given);
  if (result.ok) return page(words.signIn.doneTitle, words.signIn.doneWhat);
  const { what, advice } = adviceFor(words.problems, result.problem.code, words.problems.unexpected);
  return page(what, advice);
}

function takeIn(store: Store, returned: Returned): Result<true> {
  const app = appConfig();
  if (app === undefined) return problem('app-misconfigured');
  const code = returnedCode(store, returned, now());
  // The same page shown a second time.
  if (!code.ok && readPending(store, now())?.renewal !== undefined) return done(true);
  if (!code.ok) return code;
  const rounds = new Rounds({ wires: wiresFor(() => ''), deadline: startDeadline('card') });
  const redeemed = rounds.run(redeemCode(app, code.value, now));
  if (!redeemed.ok) return redeemed;
  keepPending(store, { ...redeemed.value, installation: loadHead(store)?.head.connection.installation ?? randomId() });
  dropConsent(store);
  return done(true);
}

/** Anybody can make a link to this page, with anything in it. */
function parametersOf(event: unknown): Returned & { locale?: string } {
  const { parameter } = (event ?? {}) as { parameter?: unknown };
  const given = (typeof parameter === 'object' && parameter !== null ? parameter : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, 4_000) : undefined);
  return { code: text('code'), error: text('error'), nonce: text('nonce'), locale: text('locale') };
}

function page(title: string, what: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Threadlink</title><body style="font:16px sans-serif;margin:3em"><h1>${markup(title)}</h1><p>${markup(what)}</p></body>`;
}

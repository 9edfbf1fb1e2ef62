/**
 * What the manifest's functions and the platform's own starts hand over to. Whatever happens inside becomes a card that
 * says what to do next, and a line in the log without any secret in it (X14).
 */
import { log } from '../platform/log';
import { userStore } from '../platform/store';
import { runFromCard, runSoon, runTimer } from '../account/run';
import { armFromEditor } from '../account/timer';
import type { NoticeFor } from '../sync/incident';
import { redact } from '../crm/redact';
import { startContext, type Context } from './context';
import type { Card } from './model';
import { noticeOf } from './notice';
import { home, placeCard } from './places';
import { problemCard } from './problem';
import { renderCard } from './render';
import { buildDraftUpdate, buildReply, problemReply } from './reply';
import { consentPage } from './returned';
import { route } from './router';
import { wordsFor } from './words';
import { chosenTemplate, composeCard } from './write/compose';

type BuiltCard = GoogleAppsScript.Card_Service.Card;
type Universal = GoogleAppsScript.Card_Service.UniversalActionResponse;
type Action = GoogleAppsScript.Card_Service.ActionResponse;

export function openHome(event: unknown): BuiltCard {
  return renderCard(guarded('home', event, home));
}

export function openMessage(event: unknown): BuiltCard {
  return renderCard(guarded('message', event, placeCard));
}

/** The compose window's own action; it is no place of the sidebar, and nothing there syncs. */
export function openCompose(event: unknown): BuiltCard {
  return renderCard(guarded('compose', event, composeCard));
}

/** What the compose window wants back: text for the cursor's place; none where there is nothing to put there. */
export function insertTemplate(event: unknown): GoogleAppsScript.Card_Service.UpdateDraftActionResponse {
  return buildDraftUpdate(attempt('insert', () => chosenTemplate(startContext(event))));
}

export function openSettings(event: unknown): Universal {
  return displayed(guarded('settings', event, (context) => routedCard(context, 'settings.show')));
}

export function openActivity(event: unknown): Universal {
  return displayed(guarded('activity', event, (context) => routedCard(context, 'activity.show')));
}

export function syncNow(event: unknown): Universal {
  return displayed(
    guarded('sync', event, (context) => {
      if (context.view() !== undefined) runFromCard(true);
      context.view('again');
      return placeCard(context);
    }),
  );
}

export function act(event: unknown): Action {
  return buildReply(
    attempt('action', () => route(startContext(event))) ?? problemReply({ words: wordsFor('') }, UNEXPECTED),
  );
}

/** The page of a sign-in at the CRM that came back. */
export function consentReturned(event: unknown): GoogleAppsScript.HTML.HtmlOutput {
  const { what } = wordsFor('').problems.unexpected;
  return HtmlService.createHtmlOutput(attempt('consent', () => consentPage(event)) ?? what);
}

export function timerRun(): void {
  attempt('timer', () => runTimer(notice));
}

export function soonRun(): void {
  attempt('soon', () => runSoon(notice));
}

export function armTimerFromEditor(): void {
  armFromEditor(userStore());
}

/** Most runs have nothing to say, and make no catalogue. */
const notice: NoticeFor = (code) => noticeOf(wordsFor(''), code);

const UNEXPECTED = { code: 'unexpected' } as const;

/** Not connected, settings and activity have nothing to show but the way to connect. */
function routedCard(context: Context, name: string): Card {
  if (context.view() === undefined) return placeCard(context);
  const { card } = route({ ...context, event: { ...context.event, parameters: { do: name } } });
  return card ?? placeCard(context);
}

function guarded(entry: string, event: unknown, make: (context: Context) => Card): Card {
  return attempt(entry, () => make(startContext(event))) ?? problemCard(wordsFor(''), UNEXPECTED);
}

function attempt<T>(entry: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const told = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    log('entry failed', { entry, error: redact(told) });
    return undefined;
  }
}

function displayed(card: Card): Universal {
  return CardService.newUniversalActionResponseBuilder()
    .displayAddOnCards([renderCard(card)])
    .build();
}

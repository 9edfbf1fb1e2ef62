/** What a click comes to: a card on top, a card in the place of the shown one, the first card anew, or a word alone. */
import type { Problem } from '../account/problems';
import { CONTACT_CARD } from './contact/card';
import type { Context } from './context';
import type { Card } from './model';
import { problemCard } from './problem';
import { renderCard } from './render';

export interface Reply {
  readonly card?: Card;
  /** `contact` is back to the contact's card, which is shown anew. */
  readonly move?: 'push' | 'update' | 'root' | 'contact';
  /** A line at the bottom of the window. */
  readonly notice?: string;
  /** Other cards that are open show something older now. */
  readonly changed?: boolean;
}

export function buildReply({ card, move, notice, changed }: Reply): GoogleAppsScript.Card_Service.ActionResponse {
  const response = CardService.newActionResponseBuilder();
  if (card !== undefined) response.setNavigation(navigation(card, move));
  if (notice !== undefined) response.setNotification(CardService.newNotification().setText(notice));
  if (changed === true) response.setStateChanged(true);
  return response.build();
}

export function problemReply({ words }: Pick<Context, 'words'>, problem: Problem): Reply {
  return { card: problemCard(words, problem), move: 'push' };
}

function navigation(card: Card, move: Reply['move']): GoogleAppsScript.Card_Service.Navigation {
  const built = renderCard(card);
  const steps = CardService.newNavigation();
  switch (move) {
    case 'update':
      return steps.updateCard(built);
    case 'root':
      return steps.popToRoot().updateCard(built);
    case 'contact':
      return steps.popToNamedCard(CONTACT_CARD).updateCard(built);
    default:
      return steps.pushCard(built);
  }
}

/** Puts a text in where the user is writing; a subject only where there is one. */
export function buildDraftUpdate(
  filled: { readonly subject: string; readonly html: string } | undefined,
): GoogleAppsScript.Card_Service.UpdateDraftActionResponse {
  const response = CardService.newUpdateDraftActionResponseBuilder();
  if (filled === undefined) return response.build();
  response.setUpdateDraftBodyAction(
    CardService.newUpdateDraftBodyAction()
      .addUpdateContent(filled.html, CardService.ContentType.MUTABLE_HTML)
      .setUpdateType(CardService.UpdateDraftBodyType.IN_PLACE_INSERT),
  );
  if (filled.subject !== '') {
    response.setUpdateDraftSubjectAction(CardService.newUpdateDraftSubjectAction().addUpdateSubject(filled.subject));
  }
  return response.build();
}

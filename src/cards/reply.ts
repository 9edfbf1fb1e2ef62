/** What a click comes to: a card on top, a card in the place of the shown one, or the first card anew. */
import type { Problem } from '../account/problems';
import type { Context } from './context';
import type { Card } from './model';
import { problemCard } from './problem';
import { renderCard } from './render';

export interface Reply {
  readonly card: Card;
  readonly move: 'push' | 'update' | 'root';
  /** A line at the bottom of the window. */
  readonly notice?: string;
  /** Other cards that are open show something older now. */
  readonly changed?: boolean;
}

export function buildReply({ card, move, notice, changed }: Reply): GoogleAppsScript.Card_Service.ActionResponse {
  const navigation = CardService.newNavigation();
  const built = renderCard(card);
  if (move === 'push') navigation.pushCard(built);
  else if (move === 'update') navigation.updateCard(built);
  else navigation.popToRoot().updateCard(built);
  const response = CardService.newActionResponseBuilder().setNavigation(navigation);
  if (notice !== undefined) response.setNotification(CardService.newNotification().setText(notice));
  if (changed === true) response.setStateChanged(true);
  return response.build();
}

export function problemReply({ words }: Pick<Context, 'words'>, problem: Problem): Reply {
  return { card: problemCard(words, problem), move: 'push' };
}

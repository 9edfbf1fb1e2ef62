/** The sidebar as its user sees it: what a card says, and a click on it. */
import { clickThatDoes, textOf } from '../../emulator/world/card-reader';
import {
  chooseFromMenu,
  clickInSidebar,
  openSidebar,
  shownCards,
  type SidebarAnswer,
} from '../../emulator/world/sidebar';
import type { Stage } from './stage';

export function cardsOf(stage: Stage, card: 'home' | 'activity'): unknown[] {
  const { world, user } = stage;
  return shownCards(
    card === 'home' ? openSidebar(world, user, { at: 'home' }) : chooseFromMenu(world, user, 'onActivity'),
  );
}

export function cardText(stage: Stage, card: 'home' | 'activity'): string {
  return cardsOf(stage, card).map(textOf).join('\n');
}

export function clickHome(stage: Stage, name: string): SidebarAnswer {
  const click = clickThatDoes(cardsOf(stage, 'home'), name);
  if (click === undefined) throw new Error(`the home card has no ${name}`);
  return clickInSidebar(stage.world, stage.user, { at: 'home' }, click);
}

/** The add-on beside the inbox, as Gmail shows it: the cards, their clicks, the menu of the add-on. */
import type { AddOn, Place, SidebarAnswer } from '../api/control';
import { ShownCards } from './shown-cards';
import { SidebarHead } from './sidebar-head';
import { useCards } from './use-cards';

interface SidebarProps {
  readonly addOn: AddOn;
  readonly user: string;
  readonly place: Place;
  /** Grows when the add-on should be opened afresh, unless somebody is in the middle of something. */
  readonly freshness: number;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
  readonly onMail: (answer: SidebarAnswer) => void;
}

export function Sidebar({ addOn, user, place, freshness, onChanged, onLink, onMail }: SidebarProps) {
  const where = `${user} ${place.at} ${place.id ?? ''}`;
  const cards = useCards({ user, place, where, freshness, onChanged, onLink, onMail });
  return (
    <section class="panel sidebar add-on" aria-labelledby="sidebar-title" aria-busy={cards.busy}>
      <SidebarHead
        addOn={addOn}
        canGoBack={cards.canGoBack}
        busy={cards.busy}
        doing={cards.doing}
        onBack={cards.goBack}
        onRefresh={cards.open}
        onMenu={cards.choose}
      />
      <ShownCards cards={cards} />
    </section>
  );
}

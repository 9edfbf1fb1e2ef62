/** The add-on in a mail that is being written: its icon in the row of buttons, and its cards in a window above (facts, platform 5.3). */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { AddOn, Place } from '../api/control';
import { readDraftUpdate, type DraftUpdate } from '../mail/update-draft';
import { Icon } from '../parts/icon';
import { ShownCards } from '../sidebar/shown-cards';
import { useCards } from '../sidebar/use-cards';

interface ComposerAddOnProps {
  readonly addOn: AddOn;
  readonly user: string;
  /** Of the mail as it stands, with commas between. */
  readonly recipients: Readonly<Record<'to' | 'cc' | 'bcc', string>>;
  readonly onUpdate: (update: DraftUpdate) => void;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
}

export function ComposerAddOn({ addOn, user, recipients, onUpdate, onChanged, onLink }: ComposerAddOnProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  if (addOn.compose === undefined) return null;
  const name = `${addOn.name}: ${addOn.compose}`;
  return (
    <span class="composer-add-on add-on">
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={name}
        title={name}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="sync" size={18} />
      </button>
      {open && (
        <AddOnWindow
          id={id}
          name={name}
          title={addOn.name}
          user={user}
          place={{ at: 'compose', ...recipients }}
          onChanged={onChanged}
          onLink={onLink}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
          onUpdate={(update) => {
            setOpen(false);
            onUpdate(update);
          }}
        />
      )}
    </span>
  );
}

interface AddOnWindowProps {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly user: string;
  readonly place: Place;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
  readonly onClose: () => void;
  readonly onUpdate: (update: DraftUpdate) => void;
}

function AddOnWindow({ id, name, title, user, place, onChanged, onLink, onClose, onUpdate }: AddOnWindowProps) {
  const frame = useRef<HTMLDivElement>(null);
  const cards = useCards({
    user,
    place,
    where: user,
    freshness: 0,
    onChanged,
    onLink,
    onMail: ({ updateDraft }) => {
      const update = readDraftUpdate(updateDraft);
      if (update !== undefined) onUpdate(update);
    },
  });
  const ready = cards.top !== undefined && !cards.busy;

  useEffect(() => frame.current?.focus(), []);
  // What the card asks for first; whoever has gone on elsewhere meanwhile stays there.
  useEffect(() => {
    if (ready && document.activeElement === frame.current)
      frame.current?.querySelector<HTMLElement>('.card select, .card input')?.focus();
  }, [ready]);

  return (
    <div
      ref={frame}
      id={id}
      class="add-on-window"
      role="dialog"
      aria-label={name}
      aria-busy={cards.busy}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        // Neither a suggestion that is taken nor a line that is ended sends the mail.
        event.stopPropagation();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <div class="add-on-window-head">
        {cards.canGoBack && (
          <button type="button" class="icon-button" aria-label="Back" onClick={cards.goBack}>
            <Icon name="arrowBack" size={18} />
          </button>
        )}
        <h4>{title}</h4>
        <button type="button" class="icon-button" aria-label={`Close ${title}`} onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <ShownCards cards={cards} />
    </div>
  );
}

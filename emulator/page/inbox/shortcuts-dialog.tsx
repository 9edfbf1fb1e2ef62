/** The keys, for whoever asks with `?`. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon';

const GROUPS: readonly { title: string; keys: readonly (readonly [key: string, does: string])[] }[] = [
  {
    title: 'Going about',
    keys: [
      ['j / k', 'Older, newer'],
      ['Enter or o', 'Open'],
      ['u', 'Back to the list'],
      ['/', 'Search'],
      ['g then i', 'Inbox'],
      ['g then t', 'Sent'],
      ['g then d', 'Drafts'],
      ['g then a', 'All mail'],
    ],
  },
  {
    title: 'Doing',
    keys: [
      ['c', 'Compose'],
      ['r', 'Reply'],
      ['a', 'Reply to all'],
      ['f', 'Forward'],
      ['e', 'Archive'],
      ['#', 'Move to the trash'],
      ['!', 'Report as spam'],
      ['Shift+u', 'Mark as unread'],
      ['Ctrl+Enter', 'Send what is written'],
      ['?', 'These keys'],
    ],
  },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <header>
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <div class="shortcut-groups">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

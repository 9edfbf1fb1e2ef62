/** The folders and labels of a mailbox. */
import type { Label } from '../api/gmail';
import { Icon } from '../parts/icon';
import type { IconName } from '../parts/icon-paths';

export interface Folder {
  readonly key: string;
  readonly name: string;
  readonly icon: IconName;
  /** Undefined: everything but spam and trash. */
  readonly labelId: string | undefined;
}

const SYSTEM: readonly Folder[] = [
  { key: 'INBOX', name: 'Inbox', icon: 'inbox', labelId: 'INBOX' },
  { key: 'SENT', name: 'Sent', icon: 'send', labelId: 'SENT' },
  { key: 'DRAFT', name: 'Drafts', icon: 'draft', labelId: 'DRAFT' },
  { key: 'ALL', name: 'All mail', icon: 'mail', labelId: undefined },
  { key: 'SPAM', name: 'Spam', icon: 'spam', labelId: 'SPAM' },
  { key: 'TRASH', name: 'Trash', icon: 'trash', labelId: 'TRASH' },
];

export function foldersOf(labels: readonly Label[]): Folder[] {
  const own = labels
    .filter(({ type, labelListVisibility }) => type === 'user' && labelListVisibility !== 'labelHide')
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }): Folder => ({ key: id, name, icon: 'label', labelId: id }));
  return [...SYSTEM, ...own];
}

interface FoldersProps {
  readonly folders: readonly Folder[];
  readonly chosen: string;
  readonly unread: number;
  readonly onChoose: (folder: Folder) => void;
}

export function Folders({ folders, chosen, unread, onChoose }: FoldersProps) {
  return (
    <nav class="folders" aria-label="Folders">
      {folders.map((folder) => (
        <button
          key={folder.key}
          type="button"
          aria-current={folder.key === chosen ? 'true' : undefined}
          onClick={() => onChoose(folder)}
        >
          <Icon name={folder.icon} size={18} />
          <span>{folder.name}</span>
          {folder.key === 'INBOX' && unread > 0 && (
            <span class="count" aria-label={`${unread} unread`}>
              {unread}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}

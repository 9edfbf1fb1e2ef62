/** The user's Gmail, over its API: folders, threads, an open thread, writing. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account, AddOn } from '../api/control';
import type { Gmail } from '../api/gmail';
import { Empty, Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import { useLoaded } from '../shell/use-loaded';
import { Composer } from './composer';
import { openedDraft, type Composing } from './composing';
import { Folders, foldersOf, type Folder } from './folders';
import { ShortcutsDialog } from './shortcuts-dialog';
import { ThreadList } from './thread-list';
import { ThreadView } from './thread-view';
import { useKeys } from './use-keys';

interface InboxProps {
  readonly gmail: Gmail;
  readonly account: Account;
  readonly addOn: AddOn;
  readonly accounts: readonly Account[];
  readonly now: number;
  readonly version: number;
  readonly threadId: string | undefined;
  /** A draft that the add-on wants to be opened; another object each time. */
  readonly draft: { readonly id: string } | undefined;
  readonly onAccount: (email: string) => void;
  readonly onOpen: (threadId: string | undefined) => void;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
}

export function Inbox(props: InboxProps) {
  const { gmail, account, addOn, accounts, now, version, threadId, draft, onAccount, onOpen, onChanged, onLink } =
    props;
  const [folderKey, setFolderKey] = useState('INBOX');
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [composing, setComposing] = useState<Composing>();
  const [helping, setHelping] = useState(false);
  /** The thread that was open last: its line has the focus when the list is back. */
  const [lastOpen, setLastOpen] = useState<string>();
  const searchField = useRef<HTMLInputElement>(null);
  const { value: labels = [] } = useLoaded(`${gmail.email} labels`, version, () => gmail.labels());
  const { value: unread = 0 } = useLoaded(`${gmail.email} unread`, version, () => gmail.unreadThreads('INBOX'));
  const folders = foldersOf(labels);
  const folder = folders.find(({ key }) => key === folderKey) ?? folders[0];
  const listKey = `${gmail.email} ${folder.key} ${search}`;
  const { value: threads, error } = useLoaded(listKey, version, () =>
    gmail.listThreads(search === '' ? folder.labelId : undefined, search),
  );

  // Another account's folders and searches are its own.
  useEffect(() => {
    setFolderKey('INBOX');
    setTyped('');
    setSearch('');
    setComposing(undefined);
  }, [gmail.email]);

  useEffect(() => {
    if (draft !== undefined) void openedDraft(gmail, draft.id, now).then(setComposing, () => undefined);
  }, [draft]);

  const choose = ({ key }: Folder) => {
    setFolderKey(key);
    setSearch('');
    setTyped('');
    onOpen(undefined);
  };
  const name = account.name ?? account.email;
  const open = (id: string | undefined) => {
    if (id !== undefined) setLastOpen(id);
    onOpen(id);
  };
  const goTo = (key: string) => () => choose(folders.find((entry) => entry.key === key)!);
  /** The thread so many lines below the open one. */
  const neighbour = (step: 1 | -1) => () => {
    const ids = (threads ?? []).map(({ id }) => id);
    const next = ids[ids.indexOf(threadId ?? '') + step];
    if (threadId !== undefined && ids.includes(threadId) && next !== undefined) open(next);
  };
  const compose = () => setComposing({ kind: 'new', now });

  useKeys({
    c: compose,
    '/': () => searchField.current?.focus(),
    '?': () => setHelping(true),
    'g i': goTo('INBOX'),
    'g t': goTo('SENT'),
    'g d': goTo('DRAFT'),
    'g a': goTo('ALL'),
    ...(threadId === undefined ? {} : { j: neighbour(1), k: neighbour(-1) }),
  });

  return (
    <section class="panel inbox" aria-labelledby="inbox-title">
      <header class="panel-head">
        <span class="mark" aria-hidden="true">
          <Icon name="mail" size={18} />
        </span>
        <h2 id="inbox-title">Gmail</h2>
        <form
          class="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            setSearch(typed.trim());
            onOpen(undefined);
          }}
        >
          <Icon name="search" size={16} />
          <input
            ref={searchField}
            type="search"
            aria-label="Search mail"
            placeholder="Search mail"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </form>
        <select
          class="account"
          aria-label="Account"
          value={account.email}
          onChange={(event) => onAccount(event.currentTarget.value)}
        >
          {accounts.map(({ email }) => (
            <option key={email} value={email}>
              {email}
            </option>
          ))}
        </select>
      </header>
      <div class="inbox-columns">
        <div class="inbox-side">
          <button type="button" class="button primary compose" onClick={compose}>
            <Icon name="edit" size={18} />
            Compose
          </button>
          <Folders folders={folders} chosen={search === '' ? folder.key : ''} unread={unread} onChoose={choose} />
          <button type="button" class="link keys" onClick={() => setHelping(true)}>
            Keyboard shortcuts
          </button>
        </div>
        <div class="inbox-main">
          {threadId !== undefined ? (
            <ThreadView
              key={`${gmail.email} ${threadId}`}
              gmail={gmail}
              threadId={threadId}
              labels={labels}
              name={name}
              addOn={addOn}
              now={now}
              version={version}
              onClose={() => onOpen(undefined)}
              onChanged={onChanged}
              onLink={onLink}
            />
          ) : (
            <>
              {error !== undefined && <Failure text={error} />}
              {threads?.length === 0 && (
                <Empty
                  icon={folder.icon}
                  title={search === '' ? `Nothing in ${folder.name}.` : `Nothing found for “${search}”.`}
                >
                  {search === '' && folder.key === 'INBOX' && (
                    <p>Connect Threadlink in the sidebar, then send a mail from the CRM.</p>
                  )}
                </Empty>
              )}
              {threads !== undefined && threads.length > 0 && (
                <ThreadList
                  threads={threads}
                  labels={labels}
                  me={gmail.email}
                  now={now}
                  sentFolder={folder.key === 'SENT' && search === ''}
                  hiddenLabel={folder.labelId}
                  lastOpen={lastOpen}
                  onOpen={open}
                />
              )}
            </>
          )}
        </div>
      </div>
      {composing !== undefined && (
        <Composer
          key={composing.kind === 'draft' ? composing.message.id : composing.kind}
          gmail={gmail}
          name={name}
          addOn={addOn}
          composing={composing}
          onClose={() => setComposing(undefined)}
          onChanged={onChanged}
          onLink={onLink}
        />
      )}
      {helping && <ShortcutsDialog onClose={() => setHelping(false)} />}
    </section>
  );
}

/** The whole page: the bar, and beside one another Gmail, the add-on, and the rest of the world. */
import { useMemo, useState } from 'preact/hooks';
import { Crm } from '../api/crm';
import { Gmail } from '../api/gmail';
import { isObject, text } from '../cards/read';
import { CrmPanel } from '../crm/crm-panel';
import { Inbox } from '../inbox/inbox';
import { OutsidePanel } from '../outside/outside-panel';
import { Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import type { IconName } from '../parts/icon-paths';
import { Sidebar } from '../sidebar/sidebar';
import { TroublePanel } from '../trouble/trouble-panel';
import { Bar } from './bar';
import { placeOfLink } from './link-places';
import { Tabs } from './tabs';
import { useWorld } from './use-world';

type Side = 'crm' | 'outside' | 'trouble';
type Narrow = 'gmail' | 'add-on' | Side;

const SIDES: readonly { value: Side; text: string }[] = [
  { value: 'crm', text: 'CRM' },
  { value: 'outside', text: 'Outside mailboxes' },
  { value: 'trouble', text: 'Time and trouble' },
];
const TITLES: Readonly<Record<Side, string>> = {
  crm: 'CRM',
  outside: 'Outside mailboxes',
  trouble: 'Time and trouble',
};
const MARKS: Readonly<Record<Side, IconName>> = { crm: 'people', outside: 'mailOpen', trouble: 'bolt' };
const NARROW: readonly { value: Narrow; text: string }[] = [
  { value: 'gmail', text: 'Gmail' },
  { value: 'add-on', text: 'Threadlink' },
  { value: 'crm', text: 'CRM' },
  { value: 'outside', text: 'Outside' },
  { value: 'trouble', text: 'Trouble' },
];

export function App() {
  const { state, version, live, error, refresh } = useWorld();
  const [chosen, setChosen] = useState<string>();
  const [threadId, setThreadId] = useState<string>();
  const [side, setSide] = useState<Side>('crm');
  const [narrow, setNarrow] = useState<Narrow>('gmail');
  const [contactId, setContactId] = useState<string>();
  const [freshness, setFreshness] = useState(0);
  const [draft, setDraft] = useState<{ id: string }>();

  const accounts = state?.accounts.filter(({ kind }) => kind === 'google') ?? [];
  const account = accounts.find(({ email }) => email === chosen) ?? accounts[0];
  const gmail = useMemo(
    () => (account === undefined ? undefined : new Gmail(account.email, account.token ?? '')),
    [account?.email, account?.token],
  );
  const crm = useMemo(
    () => (state === undefined ? undefined : new Crm(state.crm.locationId, state.crm.token)),
    [state?.crm.locationId, state?.crm.token],
  );

  const timePassed = () => {
    refresh();
    setFreshness((count) => count + 1);
  };
  const reset = () => {
    setThreadId(undefined);
    setContactId(undefined);
    setChosen(undefined);
    timePassed();
  };
  const showNarrow = (value: Narrow) => {
    setNarrow(value);
    if (value !== 'gmail' && value !== 'add-on') setSide(value);
  };

  const openLink = (url: string): boolean => {
    const place = placeOfLink(url);
    if (place === undefined) return false;
    if (place.kind === 'thread') {
      setThreadId(place.id);
      setNarrow('gmail');
    } else {
      setContactId(place.id);
      showNarrow('crm');
    }
    return true;
  };

  return (
    <div class="page">
      <Bar state={state} user={account?.email ?? ''} live={live} onTimePassed={timePassed} onReset={reset} />
      <Tabs
        class="narrow-tabs"
        label="Parts of the page"
        tabs={NARROW}
        chosen={narrow}
        onChoose={showNarrow}
        controls="world"
      />
      {error !== undefined && <Failure text={error} />}
      <main id="world" class="columns-of-page" data-narrow={narrow}>
        {state !== undefined && account !== undefined && gmail !== undefined && crm !== undefined && (
          <>
            <Inbox
              gmail={gmail}
              account={account}
              addOn={state.addOn}
              accounts={accounts}
              now={state.clock}
              version={version}
              threadId={threadId}
              draft={draft}
              onAccount={(email) => {
                setChosen(email);
                setThreadId(undefined);
              }}
              onOpen={setThreadId}
              onChanged={refresh}
              onLink={openLink}
            />
            <Sidebar
              addOn={state.addOn}
              user={account.email}
              place={threadId === undefined ? { at: 'home' } : { at: 'thread', id: threadId }}
              freshness={freshness}
              onChanged={refresh}
              onLink={openLink}
              onMail={({ openDraft }) => {
                if (isObject(openDraft)) setDraft({ id: text(openDraft['id']) });
              }}
            />
            <section class={`panel side ${side === 'trouble' ? 'trouble-side' : side}`} aria-labelledby="side-title">
              <header class="panel-head">
                <span class="mark" aria-hidden="true">
                  <Icon name={MARKS[side]} size={18} />
                </span>
                <h2 id="side-title" class="visually-hidden">
                  {TITLES[side]}
                </h2>
                <Tabs
                  class="side-tabs"
                  label="Everything beside Gmail"
                  tabs={SIDES}
                  chosen={side}
                  onChoose={setSide}
                  controls="side-content"
                />
              </header>
              <div
                id="side-content"
                class="side-content"
                role="tabpanel"
                aria-labelledby={`tab-side-content-${side}`}
                tabIndex={0}
              >
                {side === 'crm' ? (
                  <CrmPanel
                    crm={crm}
                    state={state}
                    me={account.email}
                    version={version}
                    contactId={contactId}
                    onContact={setContactId}
                    onChanged={refresh}
                  />
                ) : side === 'outside' ? (
                  <OutsidePanel state={state} version={version} onChanged={refresh} />
                ) : (
                  <TroublePanel
                    state={state}
                    user={account.email}
                    version={version}
                    onChanged={refresh}
                    onTimePassed={timePassed}
                  />
                )}
              </div>
            </section>
          </>
        )}
      </main>
    </div>
  );
}

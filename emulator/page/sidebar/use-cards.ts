/** The add-on at one place: opening it, its cards on one another, their clicks, and what else it answers with. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { clickInSidebar, openSidebar, type Place, type SidebarAnswer } from '../api/control';
import { localAddress, textsOf } from '../api/http';
import { readLink, type CardAction, type CardHost, type Click } from '../cards/actions';
import { missingInputs, type FormValue } from '../cards/form';
import { isObject, text, type Json } from '../cards/read';
import { useNotify } from '../shell/toasts';
import {
  authorizationCard,
  forgetTyped,
  keepTyped,
  navigate,
  pop,
  push,
  setValue,
  stackOf,
  type Stack,
  type StackEntry,
} from './stack';

const WORKING = 'One moment …';

function doingOf({ function: name, parameters }: CardAction): string {
  const asked = name === 'onSyncNow' || parameters['do'] === 'sync.now';
  return asked ? 'Copying mail between Gmail and the CRM …' : WORKING;
}

const OPENING: Readonly<Record<Place['at'], string>> = {
  home: 'Opening …',
  thread: 'Looking for this thread in the CRM …',
  message: 'Looking for this thread in the CRM …',
  compose: 'Opening …',
};

interface CardsOptions {
  readonly user: string;
  readonly place: Place;
  /** Tells one place from another. */
  readonly where: string;
  /** Grows when the add-on should be opened afresh, unless somebody is in the middle of something. */
  readonly freshness: number;
  readonly onChanged: () => void;
  /** Takes a link that leads to something on this page; false where it leads elsewhere. */
  readonly onLink: (url: string) => boolean;
  /** What an answer does to a mail that is being written, or to one that it wants to be written. */
  readonly onMail: (answer: SidebarAnswer) => void;
}

export interface Cards {
  readonly top: StackEntry | undefined;
  readonly host: CardHost;
  readonly busy: boolean;
  /** What the add-on is doing, in words; empty where it waits for a click. */
  readonly doing: string;
  readonly failure: string | undefined;
  readonly canGoBack: boolean;
  readonly goBack: () => void;
  readonly open: () => void;
  /** A function of the add-on's menu. */
  readonly choose: (name: string) => void;
}

export function useCards({ user, place, where, freshness, onChanged, onLink, onMail }: CardsOptions): Cards {
  const notify = useNotify();
  const [stack, setStack] = useState<Stack>([]);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const [doing, setDoing] = useState('');
  const busy = doing !== '';
  const [failure, setFailure] = useState<string>();
  const opened = useRef('');
  const touched = useRef(false);
  /** Answers of a place that was left meanwhile are dropped, as Gmail drops its stack (facts, platform 5.2). */
  const visit = useRef(0);

  const attempt = (work: () => Promise<SidebarAnswer>, apply: (answer: SidebarAnswer) => void, doing = WORKING) => {
    const started = visit.current;
    setDoing(doing);
    work()
      .then((answer) => {
        if (started !== visit.current) return;
        setFailure(undefined);
        setMissing(new Set());
        if (isObject(answer.authorization)) askForAccess(answer.authorization);
        else apply(answer);
        const said = isObject(answer.notification) ? text(answer.notification['text']) : text(answer.notification);
        if (said !== '') notify(said);
        onMail(answer);
      })
      .catch((reason: unknown) => {
        if (started === visit.current) setFailure(reason instanceof Error ? reason.message : String(reason));
      })
      .finally(() => {
        if (started === visit.current) setDoing('');
        onChanged();
      });
  };

  /** By the add-on's own card, where it has one (facts, platform 5.5). */
  const askForAccess = (request: Json) => {
    const own = text(request['customUiCallback']);
    if (own === '') setStack(stackOf([authorizationCard(request)]));
    else
      attempt(
        () => clickInSidebar(user, place, { function: own, parameters: {}, formInputs: {} }),
        ({ cards = [] }) => setStack(stackOf(cards.length > 0 ? cards : [authorizationCard(request)])),
      );
  };

  const open = () => {
    visit.current++;
    touched.current = false;
    attempt(
      () => openSidebar(user, place),
      (answer) => setStack(navigate(stackOf(answer.cards ?? []), answer.navigation ?? [])),
      OPENING[place.at],
    );
  };

  const reopen = useRef(open);
  reopen.current = open;

  useEffect(() => {
    const another = opened.current !== where;
    opened.current = where;
    if (another) setStack([]);
    else if (stack.length > 1 || touched.current || busy) return;
    open();
  }, [where, freshness]);

  const top = stack.at(-1);
  const ask = (action: CardAction) => {
    const formInputs = Object.fromEntries(Object.entries(top?.values ?? {}).filter(([, value]) => value !== undefined));
    return clickInSidebar(user, place, { function: action.function, parameters: action.parameters, formInputs });
  };
  const run = (action: CardAction) => {
    const empty = missingInputs(top?.values ?? {}, action.required);
    setMissing(new Set(empty));
    if (empty.length > 0) return;
    attempt(
      () => ask(action),
      (answer) => {
        touched.current = action.persistValues && touched.current;
        setStack((before) => {
          const kept = action.persistValues ? before : forgetTyped(before);
          const cards = answer.cards ?? [];
          const moved = (answer.navigation ?? []).length > 0;
          const after = moved
            ? navigate(kept, answer.navigation!)
            : cards.length > 0
              ? [...kept, ...stackOf(cards)]
              : kept;
          return action.persistValues ? keepTyped(before, after) : after;
        });
        if (answer.openLink !== undefined) openLink(readLink(answer.openLink));
      },
      action.silent ? '' : doingOf(action),
    );
  };

  const openLink = ({ url, reload, overlay }: Extract<Click, { kind: 'link' }>) => {
    const local = localAddress(url);
    if (onLink(url)) return;
    const tab =
      local !== undefined && EMULATED.test(url) ? window.open(local, '_blank', overlay ? OVERLAY : undefined) : null;
    if (tab === null) notify(`In Gmail this opens ${url} ${overlay ? 'in a window above' : 'in a new tab'}.`);
    else if (reload) afterClosing(tab, () => reopen.current());
  };

  const host: CardHost = {
    values: top?.values ?? {},
    missing,
    busy,
    setValue: (name: string, value: FormValue) => {
      touched.current = true;
      setStack((current) => setValue(current, name, value));
    },
    click: (click) => {
      if (click.kind === 'action') run(click.action);
      else if (click.kind === 'link') openLink(click);
      else if (click.kind === 'card') setStack((current) => push(current, click.card));
      else if (click.kind === 'unknown') notify(`This page does not know what "${click.name}" does.`, 'bad');
    },
    suggest: (action) =>
      ask(action)
        .then(({ suggestions }) => textsOf(suggestions))
        .catch(() => []),
  };

  return {
    top,
    host,
    busy,
    doing,
    failure,
    canGoBack: stack.length > 1,
    goBack: () => setStack(pop),
    open,
    choose: (name) => run({ function: name, parameters: {}, persistValues: false, silent: false, required: [] }),
  };
}

/** A tab does not tell that it was closed: it is asked, as Gmail does it. */
function afterClosing(tab: Window, then: () => void): void {
  const asking = setInterval(() => {
    if (!tab.closed) return;
    clearInterval(asking);
    then();
  }, CLOSED_EVERY_MS);
}

const CLOSED_EVERY_MS = 300;
const OVERLAY = 'popup,width=540,height=680';

/** Pages that are served here too, such as the CRM's consent page. */
const EMULATED = /^https:\/\/marketplace\.(gohighlevel|leadconnectorhq)\.com\//;

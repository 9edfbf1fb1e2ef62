/** What a click in a card asks for, and how the widgets reach the sidebar that draws them. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FormValue, FormValues } from './form';
import { isObject, object, objects, text, type Json } from './read';

export interface CardAction {
  readonly function: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The form keeps what was typed, also in the card that comes back. */
  readonly persistValues: boolean;
  /** Nothing shows that it is under way (`loadIndicator` NONE). */
  readonly silent: boolean;
  /** Names of inputs that must not be empty; `all` for every one. */
  readonly required: readonly string[] | 'all';
}

export type Click =
  | { readonly kind: 'action'; readonly action: CardAction }
  | { readonly kind: 'link'; readonly url: string; readonly reload: boolean; readonly overlay: boolean }
  | { readonly kind: 'card'; readonly card: Json }
  | { readonly kind: 'menu'; readonly items: readonly Json[] }
  | { readonly kind: 'unknown'; readonly name: string };

export interface CardHost {
  readonly values: FormValues;
  /** Names of inputs that were empty when a click demanded them. */
  readonly missing: ReadonlySet<string>;
  /** An action is under way: nothing else can be clicked. */
  readonly busy: boolean;
  setValue(name: string, value: FormValue): void;
  click(click: Click): void;
  /** What the add-on suggests for what is typed; empty where it fails. */
  suggest(action: CardAction): Promise<readonly string[]>;
}

export const CardHostContext = createContext<CardHost | undefined>(undefined);

export function useCardHost(): CardHost {
  const host = useContext(CardHostContext);
  if (host === undefined) throw new Error('a widget outside a card');
  return host;
}

/** `onClick` of the card schema: at most one of its fields is set. Undefined where nothing is to be clicked. */
export function readClick(value: unknown): Click | undefined {
  if (!isObject(value)) return undefined;
  const action = value['action'] ?? value['openDynamicLinkAction'] ?? value['composeAction'];
  if (isObject(action)) return { kind: 'action', action: readAction(action) };
  if (isObject(value['openLink'])) return readLink(value['openLink']);
  const authorization = value['authorizationAction'];
  if (isObject(authorization))
    return { kind: 'link', url: text(authorization['authorizationUrl']), reload: true, overlay: true };
  if (isObject(value['card'])) return { kind: 'card', card: value['card'] };
  if (isObject(value['overflowMenu'])) return { kind: 'menu', items: objects(value['overflowMenu']['items']) };
  const name = Object.keys(value)[0];
  return name === undefined ? undefined : { kind: 'unknown', name };
}

export function readAction(value: Json): CardAction {
  return {
    function: text(value['function']),
    parameters: Object.fromEntries(
      objects(value['parameters']).map(({ key, value: given }) => [text(key), text(given)]),
    ),
    persistValues: value['persistValues'] === true,
    silent: value['loadIndicator'] === 'NONE',
    required:
      value['allWidgetsAreRequired'] === true
        ? 'all'
        : Array.isArray(value['requiredWidgets'])
          ? value['requiredWidgets'].map(text)
          : [],
  };
}

export function readLink(value: unknown): Extract<Click, { kind: 'link' }> {
  const { url, onClose, openAs } = object(value);
  return {
    kind: 'link',
    url: text(url),
    reload: onClose === 'RELOAD' || onClose === 'RELOAD_ADD_ON',
    overlay: openAs === 'OVERLAY',
  };
}

/** `onChangeAction` and the like: an action without the `onClick` around it. */
export function readChange(value: unknown): Click | undefined {
  return isObject(value) ? { kind: 'action', action: readAction(value) } : undefined;
}

/** Runs in the browser: draws cards with the page's own renderer and style, each as wide as the sidebar and as high as it is. */
import { h, render } from 'preact';
import { CardHostContext, type CardHost } from '../../emulator/page/cards/actions';
import { CardView } from '../../emulator/page/cards/card';
import { initialForm } from '../../emulator/page/cards/form';
import type { Json } from '../../emulator/page/cards/read';

/** As wide as the sidebar is beside a wide inbox. */
const WIDTH = 332;

export interface Gallery {
  /** Draws it below the others; gives the id of what it is in. */
  readonly hang: (name: string, card: Json) => void;
  readonly clear: () => void;
}

const gallery: Gallery = {
  hang: (name, card) => {
    const frame = document.createElement('section');
    frame.className = 'panel sidebar add-on';
    frame.dataset['card'] = name;
    frame.setAttribute('aria-label', name);
    frame.style.cssText = `width: ${WIDTH}px; box-shadow: none; border-radius: 0`;
    document.body.append(frame);
    const host: CardHost = {
      values: initialForm(card),
      missing: new Set(),
      busy: false,
      setValue: () => undefined,
      click: () => undefined,
      suggest: () => Promise.resolve([]),
    };
    render(h(CardHostContext.Provider, { value: host }, h(CardView, { card })), frame);
  },
  clear: () => document.body.replaceChildren(),
};

(globalThis as unknown as { gallery: Gallery }).gallery = gallery;

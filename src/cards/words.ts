/** The word catalogue in the user's language; another language is another file of the same shape. */
import { EN, type Words } from './words/en';
import type { Advice } from './words/en-codes';

export type { Advice, Words };

const LANGUAGES: Readonly<Record<string, Words>> = { en: EN };

/** `locale` as the event has it, such as `de-AT`; English where there is no catalogue for it. */
export function wordsFor(locale: string): Words {
  return LANGUAGES[locale.slice(0, 2).toLowerCase()] ?? EN;
}

/** A reason, rule or trouble of an older or newer version is shown in general words, never as its code. */
export function adviceFor(words: Readonly<Record<string, Advice>>, code: string, otherwise: Advice): Advice {
  return Object.prototype.hasOwnProperty.call(words, code) ? words[code] : otherwise;
}

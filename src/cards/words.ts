/** The word catalogue in the user's language; another language is another file of the same shape. */
import type { Words } from './words/en';
import type { Advice } from './words/en-codes';

export type { Advice, Words };

/* eslint-disable @typescript-eslint/no-require-imports -- an import would make every catalogue at every start, also of
   runs that show no card (facts, platform 2.5) */
const LANGUAGES: Readonly<Record<string, () => Words>> = {
  en: () => (require('./words/en') as { EN: Words }).EN,
  de: () => (require('./words/de') as { german: () => Words }).german(),
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** `locale` as the event has it, such as `de-AT`; English where there is no catalogue for it. */
export function wordsFor(locale: string): Words {
  const language = locale.slice(0, 2).toLowerCase();
  const known = Object.prototype.hasOwnProperty.call(LANGUAGES, language) ? language : 'en';
  return LANGUAGES[known]();
}

/** A reason, rule or trouble of an older or newer version is shown in general words, never as its code. */
export function adviceFor(words: Readonly<Record<string, Advice>>, code: string, otherwise: Advice): Advice {
  return Object.prototype.hasOwnProperty.call(words, code) ? words[code] : otherwise;
}

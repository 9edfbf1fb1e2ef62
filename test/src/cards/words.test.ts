/** The catalogue: a sentence for every code there is, in words that people use (S10). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GERMAN, german } from '../../../src/cards/words/de';
import { EN, type Words } from '../../../src/cards/words/en';
import { adviceFor, wordsFor } from '../../../src/cards/words';

const source = path.resolve(__dirname, '../../../src');

/** The code of a folder, but for that of the folder `without`. */
function codeOf(folder: string, without = ''): string {
  return readdirSync(path.join(source, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== without)
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

/** Every sentence, with functions called on plain examples. */
function* sentences(value: unknown, at = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [at, value];
  else if (typeof value === 'function') {
    for (const count of [0, 1, 2, 37]) {
      const said = (value as (...args: unknown[]) => unknown)(count, 'until then');
      yield* sentences(said, `${at}(${count})`);
    }
  } else if (Array.isArray(value)) yield [at, value.map((span) => (typeof span === 'string' ? span : '…')).join('')];
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) yield* sentences(entry, `${at}.${name}`);
  }
}

const LANGUAGES: readonly (readonly [string, Words])[] = [
  ['English', EN],
  ['German', german()],
];

test.each(LANGUAGES)('S10: %s has no word of the trade in any sentence', (_, words) => {
  const trade =
    /\b(triggers?|cursors?|apis?|null|undefined|nan|http|https|json|status codes?|exceptions?|server error|webhooks?|polling|payload|timestamps?|threadid|html|oauth|cache|sync engine|backoff|quota)\b|\b[45]\d\d\b|\[object/i;
  expect([...sentences(words)].filter(([, sentence]) => trade.test(sentence))).toEqual([]);
});

test.each(LANGUAGES)('every sentence of %s says something, and fits', (_, words) => {
  const said = [...sentences(words)];
  expect(said.length).toBeGreaterThan(200);
  for (const [at, sentence] of said) {
    expect([at, sentence.trim()]).not.toEqual([at, '']);
    expect([at, sentence.length < 300]).toEqual([at, true]);
  }
});

test.each(LANGUAGES)('buttons of %s are short', (_, words) => {
  for (const text of Object.values(words.buttons)) expect(text.length).toBeLessThanOrEqual(28);
});

test.each(LANGUAGES)('%s: what is the matter is short, what helps is a sentence', (_, words) => {
  for (const group of [words.troubles, words.problems, words.warnings]) {
    for (const [code, { what, advice }] of Object.entries(group)) {
      expect([code, what.length <= 70]).toEqual([code, true]);
      expect([code, /[.:]$/.test(advice)]).toEqual([code, true]);
    }
  }
});

test('every rule that the engine names has words', () => {
  const rules = new Set([...codeOf('sync').matchAll(/'([CRTX]\d{1,2})'/g)].map(([, rule]) => rule));
  expect(rules.size).toBeGreaterThan(12);
  expect([...rules].filter((rule) => !(rule in EN.rules))).toEqual([]);
  for (let rule = 1; rule <= 11; rule++) {
    expect(EN.rules).toHaveProperty(`R${rule}`);
    expect(EN.rules).toHaveProperty(`T${rule}`);
  }
});

test('every trouble that a pass can leave has words', () => {
  const pass = codeOf('sync') + codeOf('account');
  const found = [...pass.matchAll(/'((?:crm|gmail|google|store|timer|run)-[a-z]+)'/g)].map(([, code]) => code);
  const troubles = new Set(found.filter((code) => !(code in EN.reasons) && !(code in EN.problems)));
  expect(troubles).toContain('crm-token');
  expect(troubles).toContain('google-permission');
  expect([...troubles].filter((code) => !(code in EN.troubles))).toEqual([]);
});

test('every receipt has words', () => {
  const union = /readonly what: ((?:'[a-z]+'(?: \| )?)+);/.exec(codeOf('sync'))?.[1] ?? '';
  const kinds = [...union.matchAll(/'([a-z]+)'/g)].map(([, kind]) => kind);
  expect(kinds).toContain('mirrored');
  expect(kinds.filter((kind) => !(kind in EN.activity.did))).toEqual([]);
});

test('no sentence is left that no card says', () => {
  const cards = codeOf('cards', 'words');
  const { rules: _rules, reasons: _reasons, troubles: _troubles, problems: _problems, results: _results, ...said } = EN;
  const unused = Object.entries(said).flatMap(([group, entries]) =>
    typeof entries === 'object' && group !== 'warnings'
      ? Object.keys(entries)
          .filter((name) => !new RegExp(`\\b${name}\\b`).test(cards))
          .map((name) => `${group}.${name}`)
      : [],
  );
  expect(unused).toEqual([]);
});

test('a language without a catalogue is English, and a code without words is never shown as it is', () => {
  expect(wordsFor('xx-YY')).toBe(EN);
  expect(wordsFor('')).toBe(EN);
  const said = adviceFor(EN.reasons, 'constructor', EN.problems.unexpected);
  expect(said).toBe(EN.problems.unexpected);
});

/** Where each sentence stands. */
function* places(value: unknown, at = ''): Generator<string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, entry] of Object.entries(value)) yield* places(entry, `${at}.${name}`);
  } else yield at;
}

test('German lacks no sentence, and has none that English does not have', () => {
  expect([...places(GERMAN)].sort()).toEqual([...places(EN)].sort());
});

test('German puts in whatever English puts in', () => {
  const marked = (words: Words) =>
    new Map(
      [...sentences(marks(words))].map(([at, sentence]) => [at, [...sentence.matchAll(/⟦\d⟧/g)].map(String).sort()]),
    );
  expect(marked(german())).toEqual(marked(EN));
});

/** The same catalogue with each function called on marks of its own, which are to be found in what it says. */
function marks(value: unknown): unknown {
  if (typeof value === 'function') {
    const said = (value as (...args: unknown[]) => unknown)('⟦1⟧', '⟦2⟧', '⟦3⟧');
    return typeof said === 'string' ? said : spansOf(said);
  }
  if (Array.isArray(value)) return spansOf(value);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, marks(entry)]));
  }
  return value;
}

function spansOf(spans: unknown): string {
  return (spans as readonly unknown[]).map((span) => (typeof span === 'string' ? span : JSON.stringify(span))).join('');
}

test('German is chosen by the locale, and speaks in the user’s own way of writing times and numbers', () => {
  expect(wordsFor('de-AT').buttons.syncNow).toBe('Jetzt abgleichen');
  expect(wordsFor('de').home.last('vor 3 Minuten')).toBe('Letzter Abgleich vor 3 Minuten');
});

/** The catalogue: a sentence for every code there is, in words that people use (S10). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EN } from '../../../src/cards/words/en';
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

const ALL = [...sentences(EN)];

test('S10: no word of the trade in any sentence', () => {
  const trade =
    /\b(triggers?|cursors?|apis?|null|undefined|nan|http|https|json|status codes?|exceptions?|server error|webhooks?|polling|payload|timestamps?|threadid|html|oauth|cache|sync engine|backoff|quota)\b|\b[45]\d\d\b|\[object/i;
  expect(ALL.filter(([, sentence]) => trade.test(sentence))).toEqual([]);
});

test('every sentence says something, and fits', () => {
  expect(ALL.length).toBeGreaterThan(200);
  for (const [at, sentence] of ALL) {
    expect([at, sentence.trim()]).not.toEqual([at, '']);
    expect([at, sentence.length < 280]).toEqual([at, true]);
  }
});

test('buttons are short', () => {
  for (const text of Object.values(EN.buttons)) expect(text.length).toBeLessThanOrEqual(28);
});

test('what is the matter is short, what helps is a sentence', () => {
  for (const group of [EN.troubles, EN.problems, EN.warnings]) {
    for (const [code, { what, advice }] of Object.entries(group)) {
      expect([code, what.length <= 60]).toEqual([code, true]);
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

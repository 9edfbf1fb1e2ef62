/**
 * `npm run rules`: writes docs/rules.md, which tells for each rule of the contract the tests that name it. A test names its
 * rules at the beginning of its title: `X3, M6: an e-mail is sent once`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { command } from './command.mjs';
import { inRoot } from './paths.mjs';

const RULE = '[CRTMXGS]\\d{1,2}';
/** A literal that begins with rules and a colon. */
const TITLE = new RegExp(`(['"\`])((?:${RULE})(?:(?:, | and )(?:${RULE}))*): ((?:(?!\\1|\\n).|\\\\\\1)+)\\1`, 'g');

/** The rules of the contract, in its order. */
export function rulesOfContract() {
  const spec = readFileSync(inRoot('docs', 'spec.md'), 'utf8');
  return [
    ...new Set([...spec.matchAll(new RegExp(`^(?:- |\\| )\\*\\*(${RULE})\\*\\*`, 'gm'))].map(([, rule]) => rule)),
  ];
}

/** Rule to `{ file, title }`, sorted by file and place. */
export function testsByRule() {
  const found = new Map(rulesOfContract().map((rule) => [rule, []]));
  for (const file of testFiles(inRoot('test'))) {
    const relative = path.relative(inRoot(), file).split(path.sep).join('/');
    for (const [, , rules, title] of readFileSync(file, 'utf8').matchAll(TITLE)) {
      for (const rule of rules.split(/, | and /))
        found.get(rule)?.push({ file: relative, title: title.replace(/\\(['"`])/g, '$1') });
    }
  }
  return found;
}

/** The document as it has to be. */
export async function rulesDocument() {
  const rows = [...testsByRule()].flatMap(([rule, tests]) =>
    tests.map(
      ({ file, title }, index) =>
        `| ${index === 0 ? `**${rule}**` : ''} | ${cell(title)} | [${cell(file)}](../${file}) |`,
    ),
  );
  const text = [
    '# Rules and their tests',
    '',
    'Which tests name which rule of [the contract](spec.md). Made by `npm run rules`; a test compares.',
    '',
    '| rule | test | file |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  return prettier.format(text, { ...(await prettier.resolveConfig(inRoot('docs', 'rules.md'))), parser: 'markdown' });
}

function cell(text) {
  return text.replace(/\|/g, '\\|').replace(/</g, '&lt;');
}

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? testFiles(file) : /\.tsx?$/.test(entry.name) ? [file] : [];
    })
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(async () => writeFileSync(inRoot('docs', 'rules.md'), await rulesDocument()));
}

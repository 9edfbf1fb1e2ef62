/** The lint rule that keeps the parts apart, run as it is run on the code; and that no files wait for one another. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { root } from './built';

interface Case {
  file: string;
  code: string;
}

/** Lints made-up files with the rule alone; gives the ids of the messages for each. */
function lint(cases: Case[]): string[][] {
  const script = `
    import { Linter } from 'eslint';
    import tseslint from 'typescript-eslint';
    import { importDirection } from './build/import-direction.mjs';
    const config = [{
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parser: tseslint.parser },
      plugins: { threadlink: { rules: { 'import-direction': importDirection } } },
      rules: { 'threadlink/import-direction': 'error' },
    }];
    const linter = new Linter({ cwd: process.cwd() });
    const cases = JSON.parse(process.argv[1]);
    const found = cases.map(({ file, code }) =>
      linter.verify(code, config, process.cwd() + '/' + file).map((message) => message.messageId ?? message.message));
    process.stdout.write(JSON.stringify(found));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, JSON.stringify(cases)],
    { cwd: root, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

const refused: [why: string, file: string, code: string, message: string][] = [
  ['upwards', 'src/gmail/a.ts', "import { a } from '../sync/b';", 'direction'],
  ['upwards from deep down', 'src/gmail/mime/a.ts', "import { a } from '../../cards/b';", 'direction'],
  ['upwards for a type', 'src/platform/a.ts', "import type { A } from '../crm/types';", 'direction'],
  ['sideways', 'src/crm/a.ts', "import { a } from '../gmail/b';", 'direction'],
  ['the entry points', 'src/cards/a.ts', "import { a } from '../index';", 'direction'],
  ['the emulator into the add-on', 'src/sync/a.ts', "import { a } from '../../emulator/core/clock';", 'direction'],
  ['the add-on into the emulator', 'emulator/world/a.ts', "import { a } from '../../src/crm/types';", 'direction'],
  ['tests into the add-on', 'src/index.ts', "import { a } from '../test/a';", 'direction'],
  ['one service into another', 'emulator/gmail/a.ts', "import { a } from '../highlevel/b';", 'direction'],
  ['the world into a service', 'emulator/apps-script/a.ts', "import { a } from '../world/b';", 'direction'],
  ['a service into core', 'emulator/core/a.ts', "export * from '../gmail/b';", 'direction'],
  ['cores into the page', 'emulator/page/a.tsx', "import type { A } from '../core/http';", 'direction'],
  ['Node into the add-on', 'src/platform/a.ts', "import fs from 'node:fs';", 'node'],
  ['by a dynamic import', 'src/crm/a.ts', "const a = import('../cards/b');", 'direction'],
  ['values into the rules', 'src/sync/rules.ts', "import { a } from '../crm/emails';", 'pure'],
  ['values into the plan', 'src/sync/plan/a.ts', "export { a } from '../../platform/store';", 'pure'],
];

const accepted: [why: string, file: string, code: string][] = [
  ['downwards', 'src/cards/a.ts', "import { a } from '../platform/b';"],
  ['inside of a part', 'src/gmail/mime/a.ts', "import { a } from '../api';"],
  ['the entry points hand over', 'src/index.ts', "import { a } from './cards/home';"],
  ['types into the rules', 'src/sync/rules.ts', "import type { A } from '../crm/types';"],
  ['types into the plan, one by one', 'src/sync/plan/a.ts', "import { type A, type B } from '../state';"],
  ['pure functions into the plan', 'src/sync/plan/a.ts', "import { a } from '../../gmail/mime/addresses';"],
  ['rules into the plan', 'src/sync/plan/a.ts', "import { a } from '../rules';"],
  ['core into a service', 'emulator/gmail/a.ts', "import { a } from '../core/clock';"],
  ['a folder of the same name in a service', 'emulator/apps-script/services/a.ts', "import { a } from '../gmail/b';"],
  ['a service into the world', 'emulator/world/a.ts', "import { a } from '../gmail/gmail';"],
  ['a package', 'src/gmail/mime/a.ts', "import a from 'nodemailer/lib/addressparser';"],
];

describe('imports run one way', () => {
  let found: string[][];
  beforeAll(() => {
    found = lint([...refused, ...accepted].map(([, file, code]) => ({ file, code })));
  }, 60_000);

  test.each(refused.map(([why, , , message], index) => ({ why, message, index })))('refused: $why', (one) => {
    expect(found[one.index]).toEqual([one.message]);
  });
  test.each(accepted.map(([why], index) => ({ why, index: refused.length + index })))('accepted: $why', (one) => {
    expect(found[one.index]).toEqual([]);
  });
});

test.each(['src', 'emulator'])('no files of %s import one another in a circle', (folder) => {
  expect(circleIn(importsOf(folder))).toEqual([]);
});

test('X, R: rules and plan are pure functions, and so is all that they reach', () => {
  const imports = importsOf('src');
  const reached = new Set<string>();
  const reach = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    imports.get(file)?.forEach(reach);
  };
  const starts = [...imports.keys()].filter((file) => /^src\/sync\/(rules|plan)/.test(path.relative(root, file)));
  expect(starts.length).toBeGreaterThan(0);
  starts.forEach(reach);
  const outside =
    /\b(CacheService|CardService|DriveApp|Gmail|GmailApp|LockService|Logger|PropertiesService|ScriptApp|Session|UrlFetchApp|Utilities)\.\w|\bconsole\.|\bMath\.random|\bDate\.now|\bnew Date\(\)/;
  const impure = [...reached].filter((file) => outside.test(compiled(file))).map((file) => path.relative(root, file));
  expect(impure).toEqual([]);
});

/** What each file imports at run time; types cost nothing and wait for nobody. */
function importsOf(folder: string): Map<string, string[]> {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.tsx?$/.test(name))
    .map((name) => path.join(root, folder, name));
  const known = new Set(files);
  const resolve = (from: string, name: string) =>
    ['.ts', '.tsx', '/index.ts'].map((end) => path.join(path.dirname(from), name) + end).find((one) => known.has(one));
  return new Map(
    files.map((file) => {
      const targets = [...compiled(file).matchAll(/^(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"]/gm)].flatMap(
        ([, name]) => {
          const target = resolve(file, name);
          return target === undefined ? [] : [target];
        },
      );
      return [file, targets];
    }),
  );
}

const texts = new Map<string, string>();

/** Without types, without the imports that serve them, without comments. */
function compiled(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript', tsx: file.endsWith('x') }, target: 'es2022', preserveAllComments: false },
    module: { type: 'es6' },
  });
  texts.set(file, code);
  return code;
}

/** The files of one circle, in order; empty where there is none. */
function circleIn(imports: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file].map((one) => path.relative(root, one));
    if (done.has(file)) return [];
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

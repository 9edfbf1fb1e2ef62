/** The bundle as Apps Script will see it: what it does when it is loaded, what it offers by name, what it costs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { parse } from 'acorn';
import type { Built } from './built';
import { buildAddon, root } from './built';
import { callsAtTopLevel, textsGivenTo, walk } from './syntax';

/** The bundle is evaluated anew in every execution (facts, platform 2.5). */
const SIZE_LIMIT_BYTES = 424 * 1024;

const SERVICES = [
  'CacheService',
  'CardService',
  'Drive',
  'DriveApp',
  'Gmail',
  'GmailApp',
  'LockService',
  'Logger',
  'PropertiesService',
  'ScriptApp',
  'Session',
  'UrlFetchApp',
  'Utilities',
];

let built: Built;
beforeAll(() => {
  built = buildAddon();
}, 60_000);
afterAll(() => built.remove());

/** Only the language itself: no Node, no browser, not even the platform's own services. */
function load(globals: Record<string, unknown> = {}): vm.Context {
  const context = vm.createContext(globals);
  vm.runInContext(built.code, context, { filename: 'Code.js' });
  return context;
}

const typeInside = (context: vm.Context, name: string) => vm.runInContext(`typeof ${name}`, context) as string;

test('platform 2.5: it loads where there is nothing but the language', () => {
  expect(() => load()).not.toThrow();
});

test('platform 2.5: loading touches no service', () => {
  const touched: string[] = [];
  const globals: Record<string, unknown> = {};
  for (const service of SERVICES) {
    Object.defineProperty(globals, service, {
      get() {
        touched.push(service);
        throw new Error(`${service} at top level`);
      },
    });
  }
  load(globals);
  expect(touched).toEqual([]);
});

test('platform 2.5: nothing is called at top level but what makes constants', () => {
  // `…cw` is the bundler's own: it keeps a module for the first time that it is asked for.
  const allowed =
    /^(__webpack_require__|[\w$]+\.cw|new (Set|Map|RegExp|WeakMap)|Object\.(freeze|fromEntries|entries|keys))$/;
  const calls = callsAtTopLevel(parse(built.code, { ecmaVersion: 2019 }));
  expect(calls.filter((call) => !allowed.test(call))).toEqual([]);
});

test('tooling 4: every function that the manifest names exists', () => {
  const manifest = JSON.parse(readFileSync(path.join(built.project, 'dist', 'appsscript.json'), 'utf8')) as unknown;
  const named = functionsNamedIn(manifest);
  expect(named).toEqual(
    expect.arrayContaining(['onHomepage', 'onGmailMessage', 'onSyncNow', 'onSettings', 'onActivity']),
  );
  const context = load();
  expect(named.filter((name) => typeInside(context, name) !== 'function')).toEqual([]);
});

test('tooling 4: every function that a card or a trigger names exists', () => {
  const program = parse(built.code, { ecmaVersion: 2019 });
  const named = ['setFunctionName', 'newTrigger', 'setCustomUiCallback', 'withMethod'].flatMap((method) =>
    textsGivenTo(program, method),
  );
  expect(named.length).toBeGreaterThan(0);
  // A name that is put together at run time could not be checked.
  expect(named).not.toContain(undefined);
  const context = load();
  expect(named.filter((name) => typeInside(context, name ?? '') !== 'function')).toEqual([]);
});

test('tooling 4: the entry points are declared at top level, where the platform looks for them', () => {
  const program = parse(built.code, { ecmaVersion: 2019 });
  const declared = program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node.id.name] : []));
  const source = readFileSync(path.join(root, 'src', 'index.ts'), 'utf8');
  const assigned = [...source.matchAll(/^global\.(\w+) =/gm)].map(([, name]) => name);
  expect(assigned.length).toBeGreaterThan(0);
  expect([...declared].sort()).toEqual([...assigned].sort());
});

test('tooling 4: the declared functions are the real ones, not the empty stand-ins', () => {
  const context = load();
  const source = vm.runInContext('String(onHomepage)', context) as string;
  expect(source.replace(/\s/g, '')).not.toBe('functiononHomepage(){}');
});

test('platform 2.5: it is ES2019, without private or static class fields', () => {
  expect(() => parse(built.code, { ecmaVersion: 2019 })).not.toThrow();
  for (const later of ['a?.b', 'a ?? b', 'class A { #x = 1 }', 'class A { static x = 1 }']) {
    expect(() => parse(later, { ecmaVersion: 2019 })).toThrow();
  }
});

test('platform 6.1: every address in the code is one that the manifest lets it fetch or open, or a picture of Google', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'appsscript.json'), 'utf8')) as {
    urlFetchWhitelist: string[];
    addOns: { common: { openLinkUrlPrefixes: string[] } };
  };
  const prefixes = [
    ...manifest.urlFetchWhitelist,
    ...manifest.addOns.common.openLinkUrlPrefixes,
    'https://www.gstatic.com/',
    // Neither: the script's own address, to which the CRM's consent page leads back.
    'https://script.google.com/macros/d/',
  ];
  const allowed = prefixes.map(
    (prefix) => new RegExp(`^${prefix.replace(/[.?]/g, '\\$&').replace('*', '[a-z0-9-]+')}`),
  );
  const addresses: string[] = [];
  walk(parse(built.code, { ecmaVersion: 2019 }), (node) => {
    const text = node.type === 'Literal' ? node.value : node.type === 'TemplateElement' ? node.value.cooked : undefined;
    if (typeof text === 'string') addresses.push(...(text.match(/https?:\/\/[a-z0-9.-]+[^\s"'<>]*/gi) ?? []));
    return undefined;
  });
  expect(addresses.filter((address) => !allowed.some((prefix) => prefix.test(`${address}/`)))).toEqual([]);
});

test('it stays small', () => {
  expect(Buffer.byteLength(built.code)).toBeLessThan(SIZE_LIMIT_BYTES);
});

function functionsNamedIn(manifest: unknown): string[] {
  if (typeof manifest !== 'object' || manifest === null) return [];
  return Object.entries(manifest).flatMap(([key, value]) =>
    /^(runFunction|onTriggerFunction)$/.test(key) && typeof value === 'string' ? [value] : functionsNamedIn(value),
  );
}

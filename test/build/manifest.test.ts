/** The manifest: what the platform demands of it, and that it covers what the code does. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './built';

interface Manifest {
  runtimeVersion: string;
  timeZone: string;
  oauthScopes: string[];
  urlFetchWhitelist: string[];
  dependencies: { enabledAdvancedServices: { userSymbol: string; serviceId: string; version: string }[] };
  addOns: {
    common: { name: string; logoUrl: string; useLocaleFromApp: boolean; openLinkUrlPrefixes: string[] };
    gmail: {
      composeTrigger: { selectActions: object[]; draftAccess: string };
      contextualTriggers: { unconditional: object; onTriggerFunction: string }[];
    };
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'appsscript.json'), 'utf8')) as Manifest;

/** https, a full domain with at most one leading wildcard, and a path that is not empty (facts, platform 6.1). */
const PREFIX = /^https:\/\/(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}\/[^*]*$/;

test.each(manifest.urlFetchWhitelist)(
  'platform 6.1: %s may be fetched, and is of the form that is accepted',
  (prefix) => {
    expect(prefix).toMatch(PREFIX);
  },
);

test.each(manifest.addOns.common.openLinkUrlPrefixes)(
  'platform 6.1: %s may be opened, and is of the form',
  (prefix) => {
    expect(prefix).toMatch(PREFIX);
  },
);

test('platform 2.5, 6.1: V8 and a time zone without summer time are said', () => {
  expect(manifest.runtimeVersion).toBe('V8');
  expect(manifest.timeZone).toBe('Etc/UTC');
});

test('platform 6.2: the scopes are these and no wider ones', () => {
  expect(manifest.oauthScopes.map((scope) => scope.replace('https://www.googleapis.com/auth/', '')).sort()).toEqual([
    'gmail.addons.current.action.compose',
    'gmail.addons.execute',
    'gmail.modify',
    'script.external_request',
    'script.locale',
    'script.scriptapp',
    'userinfo.email',
  ]);
});

test('platform 5.4: the locale reaches the cards', () => {
  expect(manifest.addOns.common.useLocaleFromApp).toBe(true);
});

test('platform 5.1: the logo is a public picture, not a drawing', () => {
  expect(manifest.addOns.common.logoUrl).toMatch(/^https:\/\/\S+\.png$/);
});

test('the Gmail API is switched on through its advanced service', () => {
  expect(manifest.dependencies.enabledAdvancedServices).toEqual([
    { userSymbol: 'Gmail', serviceId: 'gmail', version: 'v1' },
  ]);
});

test('platform 5.3: one contextual trigger, unconditional', () => {
  expect(manifest.addOns.gmail.contextualTriggers).toEqual([
    { unconditional: {}, onTriggerFunction: 'onGmailMessage' },
  ]);
});

test('platform 5.3: one action in the compose window, which is told nothing of the draft', () => {
  expect(manifest.addOns.gmail.composeTrigger).toEqual({
    selectActions: [{ text: 'CRM templates', runFunction: 'onCompose' }],
    draftAccess: 'NONE',
  });
});

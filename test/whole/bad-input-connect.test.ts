/**
 * Connecting with what people paste and with what services answer on a bad day: plain words that say what to do, nothing
 * half connected, and the same person with the right thing gets on at once.
 */
import type { Answer, Fault } from '../../emulator/core/services';
import type { FormInputs } from '../../emulator/world/events';
import type { World, WorldState } from '../../emulator/world/world';
import { SCOPES, scopeProbes } from '../../src/crm/probes';
import { Sidebar } from '../src/cards/sidebar';
import { expectAdvice, expectPlain } from './plain-words';
import { AGENT, emptyWorld } from './stage';

const CRM = 'services.leadconnectorhq.com';
const GMAIL = 'gmail.googleapis.com';
const NEEDED = [
  'locations.readonly',
  ...scopeProbes('x')
    .filter(({ needed }) => needed)
    .map(({ scope }) => scope),
];
/** What a request may be answered with in time. */
const ANSWERS: readonly Answer[] = [
  '401',
  '403-rate',
  '404',
  '413',
  '422',
  '429',
  '500',
  '502',
  '503',
  'html',
  'truncated',
  'empty',
  'dns',
];
/** What outlasts the 30 seconds of a card: a request has no time limit of its own (facts, platform 2.4). */
const TOO_LATE: readonly Answer[] = ['timeout', 'slow'];

let world: World;
let fresh: WorldState;
let checked: WorldState;
let bar: Sidebar;
let chooseCards: readonly unknown[];

beforeAll(() => {
  world = emptyWorld();
  fresh = world.snapshot();
  const first = new Sidebar(world).check();
  chooseCards = first.cards;
  checked = world.snapshot();
});
beforeEach(() => {
  world.restore(fresh);
  bar = new Sidebar(world);
});

const isConnected = () => bar.head !== undefined;

/** What the person has typed into the form of that step. */
function formFor(step: string): FormInputs {
  return step === 'connect.check' ? { token: bar.crm.token, location: bar.crm.locationId } : {};
}

function expectNothingKept(): void {
  expect(bar.properties).toEqual({});
  expect(bar.triggers).toEqual([]);
}

function connectsAfterAll(): void {
  world.appsScript.setFaults([]);
  world.advance(60_000);
  bar.check().press('connect.finish');
  expect(isConnected()).toBe(true);
  expectPlain(bar);
}

describe('C2: what is pasted', () => {
  const token = () => bar.crm.token;
  const location = () => bar.crm.locationId;
  test.each<[what: string, token: () => string, location: () => string, says: RegExp]>([
    [
      'a token of nobody',
      () => `pit-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
      location,
      /not accept this tok/,
    ],
    ['a token cut at its end', () => token().slice(0, -4), location, /copied whole/],
    ['a token cut to a stump', () => token().slice(0, 6), location, /whole token/],
    ['a token cut at its beginning', () => token().slice(9), location, /copied whole/],
    [
      'a token with a line break inside',
      () => `${token().slice(0, 12)}\n${token().slice(12)}`,
      location,
      /whole token/,
    ],
    ['a token in quotes', () => `"${token()}"`, location, /copied whole/],
    ['two tokens', () => `${token()} ${token()}`, location, /whole token/],
    ['a token with an umlaut', () => `${token()}ü`, location, /whole token/],
    ['an address of a page for a token', () => 'https://app.gohighlevel.com/settings', location, /not accept this tok/],
    ['a header to smuggle in', () => `${token()}\r\nX-Evil: 1`, location, /whole token/],
    ['a formula', () => '=HYPERLINK("x")', location, /not accept this tok|whole token/],
    ['blanks for a token', () => ' \t\n ', location, /Paste the Private Integration token/],
    ['a book for a token', () => 'a'.repeat(100_000), location, /whole token/],
    ['an unknown location', token, () => 'AAAAAAAAAAAAAAAAAAAA', /Location ID/],
    ['a location cut at its end', token, () => location().slice(0, -3), /Location ID/],
    ['a location cut to a stump', token, () => location().slice(0, 3), /Location ID/],
    ['a location with a path in it', token, () => `${location()}/../x`, /Location ID/],
    ['a location with a query in it', token, () => `${location()}?x=1`, /Location ID/],
    ['an e-mail address for a location', token, () => AGENT, /Location ID/],
    ['a name for a location', token, () => 'Example Agency', /Location ID/],
    ['the address of a page that names no sub-account', token, () => 'https://app.gohighlevel.com/', /Location ID/],
    ['a book for a location', token, () => 'é'.repeat(100_000), /Location ID/],
    ['token and location in each other’s place', location, token, /tok|Location ID/],
    ['nothing at all', () => '', () => '', /missing/],
  ])('%s', (_, given, place, says) => {
    bar.check(given(), place());
    expectAdvice(bar);
    expect(bar.text).toMatch(says);
    expect(bar.has('connect.finish')).toBe(false);
    expectNothingKept();
    connectsAfterAll();
  });

  test.each<[string, (id: string) => string]>([
    ['the dashboard', (id) => `https://app.gohighlevel.com/v2/location/${id}/dashboard`],
    [
      'a page of a white-label domain',
      (id) => `https://crm.agency.example/v2/location/${id}/settings/company?tab=1#top`,
    ],
    ['a page, without https', (id) => `app.gohighlevel.com/location/${id}`],
    ['a page, with blanks around it', (id) => `  https://app.gohighlevel.com/v2/location/${id}/contacts/ \n`],
  ])('the address of %s does for the location', (_, pasted) => {
    bar.check(bar.crm.token, pasted(bar.crm.locationId)).press('connect.finish');
    expect(bar.head.connection.location).toBe(bar.crm.locationId);
  });

  test('a form without its fields', () => {
    bar.open().forge({ do: 'connect.check' });
    expectAdvice(bar);
    bar.forge({ do: 'connect.finish' });
    expectAdvice(bar);
    expectNothingKept();
  });

  test('a token that is revoked between the two steps', () => {
    const token = world.highlevel.createPrivateToken();
    bar.check(token);
    world.highlevel.revokeToken(token);
    bar.press('connect.finish');
    expectAdvice(bar);
    expect(bar.text).toContain('does not accept this token');
    expect(isConnected()).toBe(false);
    expect(bar.triggers).toEqual([]);
    connectsAfterAll();
  });
});

describe('C2: a token with permissions missing', () => {
  test('none at all: all that are needed are named, and nothing else', () => {
    bar.check(world.highlevel.createPrivateToken([]));
    expectAdvice(bar);
    for (const scope of NEEDED) expect(bar.text).toContain(scope);
    expect(bar.text).not.toContain('opportunities');
    expectNothingKept();
  });

  test.each(NEEDED)('%s', (missing) => {
    const token = world.highlevel.createPrivateToken(SCOPES.filter((scope) => scope !== missing));
    bar.check(token);
    expectAdvice(bar);
    expect(bar.text).toContain(missing);
    expect(bar.has('connect.finish')).toBe(false);
    expectNothingKept();
    // The token keeps its text when its permissions are edited (facts, highlevel 2.4).
    world.highlevel.changeScopes(token, SCOPES);
    bar.check(token).press('connect.finish');
    expect(isConnected()).toBe(true);
  });
});

describe('C8: a mailbox that may not be used', () => {
  test.each(
    [
      'https://www.googleapis.com/auth/gmail.modify',
      'https://www.googleapis.com/auth/script.external_request',
      'https://www.googleapis.com/auth/script.scriptapp',
    ].map((scope) => [scope]),
  )('%s left unticked at the consent', (scope) => {
    world.appsScript.setGrant(AGENT, { revoked: false, withdrawn: [scope] });
    bar.open();
    expectPlain(bar);
    if (bar.has('connect.check')) {
      bar.press('connect.check', { token: bar.crm.token, location: bar.crm.locationId });
      expectPlain(bar);
    }
    if (bar.has('connect.finish')) {
      bar.press('connect.finish');
      expectPlain(bar);
    }
    world.switches.set({ published: true });
    expect(world.run(AGENT, 'onSyncTimer')).toMatchObject({ ok: true });
    world.appsScript.setGrant(AGENT, { revoked: false, withdrawn: [] });
    if (!isConnected()) connectsAfterAll();
  });
});

/** What was answered wrongly is as if it was never asked: the click after it connects. */
function meets(fault: Fault, press: () => void): void {
  world.appsScript.setFaults([{ times: 1_000, ...fault }]);
  press();
  expectPlain(bar);
  const met = world.appsScript.faults().met.length;
  world.appsScript.setFaults([]);
  expect(met).toBeGreaterThan(0);
}

describe.each([CRM, GMAIL])('C2: %s on a bad day', (host) => {
  test.each(ANSWERS)('all answers are %s, at the first step', (answer) => {
    bar.open();
    meets({ host, answer }, () => bar.press('connect.check', { token: bar.crm.token, location: bar.crm.locationId }));
    expectAdvice(bar);
    expect(bar.has('connect.finish')).toBe(false);
    expectNothingKept();
    connectsAfterAll();
  });

  test.each(ANSWERS)('all answers are %s, at the second step', (answer) => {
    world.restore(checked);
    bar.cards = chooseCards;
    meets({ host, answer }, () => bar.press('connect.finish'));
    if (!isConnected()) {
      expectAdvice(bar);
      expect(bar.triggers).toEqual([]);
      connectsAfterAll();
    }
  });
});

describe.each([CRM, GMAIL])('X10: %s takes longer than a card may', (host) => {
  test.each(TOO_LATE)(
    '%s: the platform ends the card, nothing is half connected, and the next click connects',
    (answer) => {
      for (const [state, step] of [
        [fresh, 'connect.check'],
        [checked, 'connect.finish'],
      ] as const) {
        world.restore(state);
        bar = new Sidebar(world);
        if (state === fresh) bar.open();
        else bar.cards = chooseCards;
        world.appsScript.setFaults([{ host, answer, times: 1_000 }]);
        expect(() => bar.press(step, formFor(step))).toThrow('Exceeded maximum execution time');
        expect(isConnected()).toBe(false);
        expect(bar.triggers).toEqual([]);
        connectsAfterAll();
      }
    },
  );
});

describe('C2: one answer of one step goes wrong', () => {
  const STEPS = [
    ['connect.check', () => fresh],
    ['connect.finish', () => checked],
  ] as const;

  function press(step: string, state: WorldState, faults: readonly Fault[]): void {
    world.restore(state);
    bar = new Sidebar(world);
    if (state === fresh) bar.open();
    else bar.cards = chooseCards;
    world.appsScript.setFaults(faults);
    bar.press(step, formFor(step));
  }

  /** Which of the step's calls, counted from 1, go over the wire. */
  function requestsOf(step: string, state: WorldState): number[] {
    world.restore(state);
    const since = world.appsScript.requests(0).at(-1)?.seq ?? 0;
    press(step, state, []);
    const calls = world.appsScript.requests(since + 1);
    const [{ executionId }] = calls.slice(-1);
    return calls
      .filter((call) => call.executionId === executionId)
      .flatMap(({ service }, index) => (service === 'UrlFetchApp' ? [index + 1] : []));
  }

  test.each(ANSWERS)('%s, at every request of both steps', (answer) => {
    for (const [step, state] of STEPS) {
      const requests = requestsOf(step, state());
      expect(requests.length).toBeGreaterThan(5);
      for (const nth of requests) {
        press(step, state(), [{ nth, answer }]);
        expect(world.appsScript.faults().met).toHaveLength(1);
        world.appsScript.setFaults([]);
        expectPlain(bar);
        if (!isConnected() && !bar.has('connect.finish')) {
          expectAdvice(bar);
          world.advance(60_000);
          bar.check();
        }
        if (!isConnected()) bar.press('connect.finish');
        expect([nth, step, isConnected()]).toEqual([nth, step, true]);
        expect(bar.triggers).toHaveLength(1);
      }
    }
  });
});

describe('X11: a store that refuses', () => {
  test.each(['connect.check', 'connect.finish'] as const)('at %s', (step) => {
    if (step === 'connect.finish') {
      world.restore(checked);
      bar.cards = chooseCards;
    } else bar.open();
    world.appsScript.setFaults([
      { service: 'PropertiesService', method: 'setProperty', answer: 'refused', times: 1_000 },
      { service: 'PropertiesService', method: 'setProperties', answer: 'refused', times: 1_000 },
    ]);
    bar.press(step, formFor(step));
    expectAdvice(bar);
    expect(isConnected()).toBe(false);
    connectsAfterAll();
  });

  test('and one that cannot be read', () => {
    world.appsScript.setFaults([{ service: 'PropertiesService', answer: 'refused', times: 1_000 }]);
    bar.open();
    expectPlain(bar);
    bar.forge({ do: 'connect.check' }, { token: bar.crm.token, location: bar.crm.locationId });
    expectPlain(bar);
    connectsAfterAll();
  });
});

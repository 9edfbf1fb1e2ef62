/** C5: the app's tokens live a day and their refresh tokens work once. Cut anywhere, the connection goes on or says what to do. */
import type { Fault } from '../../emulator/core/services';
import { choicesOf, textOf } from '../../emulator/world/card-reader';
import { connect } from '../../emulator/world/person';
import { openSidebar, shownCards } from '../../emulator/world/sidebar';
import type { Head } from '../../src/sync/state';
import { connectedByApp } from './delivering';
import { AGENT, emptyWorld, type GmailMessageSeen, type Stage } from './stage';

/** Without what the add-on itself tells the user in the inbox (G5). */
function mails(stage: Stage): GmailMessageSeen[] {
  return stage.messages().filter(({ header }) => !header('Subject').startsWith('Threadlink: '));
}

const CRM = 'services.leadconnectorhq.com';
const TOKENS = { host: CRM, path: '/oauth/token' } as const;
const HOUR = 60;
const DUE = 22 * HOUR + 5;

let stage: Stage;
beforeEach(() => {
  stage = connectedByApp(emptyWorld(3));
  stage.pass();
});

const properties = () => stage.world.appsScript.properties(AGENT);
const head = () => JSON.parse(properties().head.slice(7)) as Head;
const home = () =>
  shownCards(openSidebar(stage.world, AGENT, { at: 'home' }))
    .map(textOf)
    .join(' · ');
const arm = (...faults: Fault[]) => stage.world.appsScript.setFaults(faults);
const refreshes = (since: number) => stage.requestsSince(since).filter(({ path = '' }) => path === '/oauth/token');

/** What only works with a token that works: a CRM send arrives in Gmail. */
function syncs(subject: string): boolean {
  stage.crmSends({ subject, html: '<p>x</p>' });
  stage.later(1);
  stage.pass();
  return mails(stage).some((message) => message.header('Subject') === subject);
}

test('C5: it is renewed two hours before its end, by a pass, with one request', () => {
  const before = head().connection;
  stage.later(21 * HOUR);
  let seq = stage.lastSeq();
  stage.pass();
  expect(refreshes(seq)).toHaveLength(0);
  stage.later(HOUR + 5);
  seq = stage.lastSeq();
  stage.pass();
  expect(refreshes(seq)).toHaveLength(1);
  const after = head().connection;
  expect(after.token).not.toBe(before.token);
  expect(Object.values(properties()).join()).not.toContain(before.renewal?.refreshToken);
  expect(syncs('After it')).toBe(true);
});

test('C5: over a month of hourly passes it stays connected', () => {
  for (let hour = 0; hour < 30 * 24; hour += 4) {
    stage.later(4 * HOUR);
    stage.pass();
  }
  expect(head().trouble).toBe('');
  expect(syncs('A month later')).toBe(true);
});

test('C5: after three days without any pass the next one renews first', () => {
  stage.later(72 * HOUR);
  expect(syncs('After three days')).toBe(true);
});

test('X14: the log holds neither token', () => {
  const before = head().connection;
  stage.later(DUE);
  stage.pass();
  const logs = JSON.stringify(stage.world.appsScript.logs(0));
  for (const { token, renewal } of [before, head().connection])
    for (const secret of [token, renewal?.refreshToken ?? 'none']) expect(logs).not.toContain(secret);
});

test.each(['503', 'timeout', 'html', 'truncated', 'empty', '429', '502', 'dns'] as const)(
  'C5: %s at the token endpoint, with nothing done, changes nothing but the next attempt',
  (answer) => {
    stage.later(DUE);
    arm({ ...TOKENS, answer, effect: 'none', times: 9 });
    const pair = head().connection.renewal;
    expect(syncs('Meanwhile')).toBe(true);
    expect(head().connection.renewal).toEqual(pair);
    arm();
    stage.later(5);
    stage.pass();
    expect(head().connection.renewal?.refreshToken).not.toBe(pair?.refreshToken);
    stage.later(5 * HOUR);
    expect(syncs('Later')).toBe(true);
  },
);

test('C5: down for longer than the token lives: nothing else is asked of the CRM, and nothing of the gap is lost', () => {
  stage.later(DUE);
  arm({ ...TOKENS, answer: '503', times: 99 });
  stage.pass();
  stage.later(3 * HOUR);
  stage.crmSends({ subject: 'In the gap', html: '<p>x</p>' });
  const seq = stage.lastSeq();
  stage.pass();
  expect(stage.requestsSince(seq).every(({ path = '' }) => path === '/oauth/token')).toBe(true);
  expect(head().trouble).toBe('crm-down');
  arm();
  stage.later(5);
  stage.pass();
  expect(mails(stage).map((message) => message.header('Subject'))).toEqual(['In the gap']);
});

describe('a lost answer', () => {
  test('C5: where the CRM gives the same pair again for a moment, the same run has it', () => {
    stage.world.switches.set({ refreshGraceMs: 120_000 });
    stage.later(DUE);
    arm({ ...TOKENS, answer: 'timeout', effect: 'done' });
    stage.pass();
    arm();
    stage.later(5 * HOUR);
    expect(syncs('Later')).toBe(true);
  });

  test('C5: where it does not, the sync goes on to the end of the old token and says beforehand what to do', () => {
    stage.later(DUE);
    arm({ ...TOKENS, answer: 'timeout', effect: 'done' });
    stage.pass();
    arm();
    expect(syncs('Meanwhile')).toBe(true);
    expect(home()).toContain('wants you to sign in again soon');
    const seq = stage.lastSeq();
    stage.later(3 * HOUR);
    for (let count = 0; count < 20; count++) {
      stage.later(30);
      stage.pass();
    }
    // Gmail is written to once, by what tells the user.
    expect(stage.requestsSince(seq).filter(({ host }) => host !== 'gmail.googleapis.com')).toEqual([]);
    expect(home()).toContain('no longer accepts the sign-in');
    stage.crmSends({ subject: 'In the gap', html: '<p>x</p>' });
    connect(stage.world, { user: AGENT, method: 'oauth' });
    stage.later(1);
    stage.pass();
    expect(mails(stage).map((message) => message.header('Subject'))).toEqual(['Meanwhile', 'In the gap']);
    expect(home()).toContain('In the gap');
  });

  test('C5: effects that come late are no second renewal', () => {
    stage.later(DUE);
    arm({ ...TOKENS, answer: 'timeout', effect: 'late', lateMs: 20 * 60_000 });
    stage.pass();
    arm();
    expect(syncs('Meanwhile')).toBe(true);
    stage.later(5 * HOUR);
    expect(syncs('Later')).toBe(true);
  });
});

describe('cut anywhere', () => {
  /** Whatever happened: it syncs, or the person is told to sign in and then nothing of the gap is lost. */
  function survives(label: string): 'went on' | 'asked' {
    const seq = stage.lastSeq();
    stage.crmSends({ subject: 'Right after', html: '<p>x</p>' });
    for (let count = 0; count < 8; count++) {
      stage.later(40);
      stage.pass();
    }
    expect([label, refreshes(seq).length <= 3]).toEqual([label, true]);
    const asked = head().trouble !== '';
    if (asked) {
      expect([label, home().includes('Sign in')]).toEqual([label, true]);
      connect(stage.world, { user: AGENT, method: 'oauth' });
    }
    stage.later(1);
    stage.pass();
    expect([label, mails(stage).map((message) => message.header('Subject'))]).toEqual([label, ['Right after']]);
    return asked ? 'asked' : 'went on';
  }

  test.each(['before', 'after'] as const)('C5: killed %s any call of a pass that renews', (kill) => {
    stage.later(DUE);
    const before = stage.world.snapshot();
    const asked: number[] = [];
    let nth = 1;
    for (; ; nth++) {
      stage.world.restore(before);
      arm({ nth, kill });
      stage.pass();
      const met = stage.world.appsScript.faults().met.length > 0;
      arm();
      if (!met) break;
      if (survives(`${kill} ${nth}`) === 'asked') asked.push(nth);
    }
    expect(nth).toBeGreaterThan(8);
    // Only a kill between the CRM's rotation and the write that holds the new pair costs it.
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  test.each(['done', 'none'] as const)('C5: an answer that is lost at any request of it (effect %s)', (effect) => {
    stage.crmSends({ subject: 'Before', html: '<p>x</p>' });
    stage.later(DUE);
    const before = stage.world.snapshot();
    let lost = 0;
    for (let nth = 1; ; nth++) {
      stage.world.restore(before);
      arm({ nth, answer: 'timeout', effect, service: 'UrlFetchApp' });
      const seq = stage.lastSeq();
      stage.pass();
      const { met, callsSinceArmed } = stage.world.appsScript.faults();
      arm();
      if (callsSinceArmed < nth) break;
      if (met.length === 0) continue;
      lost += 1;
      expect([nth, refreshes(seq).length <= 2]).toEqual([nth, true]);
      for (let count = 0; count < 8; count++) {
        stage.later(40);
        stage.pass();
      }
      if (head().trouble !== '') {
        expect([nth, home().includes('Sign in')]).toEqual([nth, true]);
        connect(stage.world, { user: AGENT, method: 'oauth' });
        stage.later(1);
        stage.pass();
      }
      expect([nth, mails(stage).map((message) => message.header('Subject'))]).toEqual([nth, ['Before']]);
    }
    expect(lost).toBeGreaterThanOrEqual(5);
  });

  test('C5: refused at any write of the store, it goes on', () => {
    stage.later(DUE);
    const before = stage.world.snapshot();
    let refused = 0;
    for (let nth = 1; ; nth++) {
      stage.world.restore(before);
      arm({ nth, answer: 'refused', service: 'PropertiesService' });
      stage.pass();
      const { met, callsSinceArmed } = stage.world.appsScript.faults();
      arm();
      if (callsSinceArmed < nth) break;
      if (met.length === 0) continue;
      refused += 1;
      expect([nth, survives(`refused ${nth}`)]).toEqual([nth, 'went on']);
    }
    expect(refused).toBeGreaterThanOrEqual(5);
  });

  test('C5: a store that takes nothing uses up no refresh token', () => {
    stage.later(DUE);
    const seq = stage.lastSeq();
    arm({ service: 'PropertiesService', method: 'setProperty', answer: 'refused', times: 99 });
    stage.pass();
    arm();
    expect(refreshes(seq)).toEqual([]);
    expect(survives('full')).toBe('went on');
  });

  test('C5: another run inside any call of it: one renewal', () => {
    stage.later(DUE);
    const before = stage.world.snapshot();
    for (let nth = 1; ; nth++) {
      stage.world.restore(before);
      const seq = stage.lastSeq();
      arm({ nth, runInside: { user: AGENT, function: 'onSyncTimer' } });
      stage.pass();
      const met = stage.world.appsScript.faults().met.length > 0;
      arm();
      if (!met) break;
      expect([nth, refreshes(seq).length]).toEqual([nth, 1]);
      expect([nth, head().trouble]).toEqual([nth, '']);
    }
  });

  test('C5: a head that was damaged after a renewal does not bring the used pair back', () => {
    expect(syncs('Makes a former head')).toBe(true);
    stage.later(DUE);
    stage.pass();
    const { token } = head().connection;
    stage.world.appsScript.setProperty(AGENT, 'head', 'damaged');
    stage.later(5 * HOUR);
    expect(syncs('After the damage')).toBe(true);
    expect(head().connection.token).toBe(token);
  });
});

describe('a 401', () => {
  test('C8: a scope that is missing is no expired token: no renewal, no storm, the card says what to do', () => {
    stage.world.highlevel.changeScopes(head().connection.token, ['locations.readonly']);
    const seq = stage.lastSeq();
    for (let count = 0; count < 10; count++) {
      stage.later(5);
      stage.pass();
    }
    expect(refreshes(seq)).toEqual([]);
    // Two a pass, and two to tell of it in the inbox.
    expect(stage.requestsSince(seq).length).toBeLessThanOrEqual(22);
    expect(home()).toContain('The app lacks a permission');
  });

  test('C5: a token that ends before its time is renewed in the same run, once', () => {
    stage.world.highlevel.revokeToken(head().connection.token);
    const seq = stage.lastSeq();
    expect(syncs('All the same')).toBe(true);
    expect(refreshes(seq)).toHaveLength(1);
  });

  test('C8: uninstalled in the CRM: one attempt, then the card says what to do, and connecting again loses nothing', () => {
    stage.world.highlevel.uninstallApp();
    const seq = stage.lastSeq();
    for (let count = 0; count < 10; count++) {
      stage.later(5);
      expect(stage.pass().ok).toBe(true);
    }
    expect(refreshes(seq)).toHaveLength(1);
    expect(stage.requestsSince(seq).length).toBeLessThanOrEqual(25);
    expect(home()).toContain('no longer accepts the sign-in');
    stage.crmSends({ subject: 'In the gap', html: '<p>x</p>' });
    connect(stage.world, { user: AGENT, method: 'oauth' });
    stage.later(1);
    stage.pass();
    expect(mails(stage)).toHaveLength(1);
  });

  test('C1: another user’s sign-in may end this one’s; then it says so', () => {
    stage.world.switches.set({ authorizationEndsOthers: true });
    connect(stage.world, { user: 'colleague@example.com', method: 'oauth' });
    stage.later(5);
    stage.pass();
    expect(home()).toContain('no longer accepts the sign-in');
  });
});

test('C5: Location is not active keeps the pair, and goes on by itself when it is', () => {
  stage.world.switches.set({ locationActive: false });
  stage.later(26 * HOUR);
  stage.pass();
  expect(home()).toContain('The sub-account is not active');
  stage.world.switches.set({ locationActive: true });
  stage.later(5);
  expect(syncs('Active again')).toBe(true);
});

test('C5: wrong credentials of the app keep the pair too', () => {
  const { clientSecret } = stage.world.highlevel.app();
  stage.world.appsScript.setScriptProperty('oauth.clientSecret', 'wrong');
  stage.later(26 * HOUR);
  stage.pass();
  expect(home()).toContain('not set up properly');
  stage.world.appsScript.setScriptProperty('oauth.clientSecret', clientSecret);
  stage.later(5);
  expect(syncs('Mended')).toBe(true);
});

describe('a card', () => {
  test('C5: renews a token that has expired, where no pass has the lock', () => {
    expect(syncs('Known')).toBe(true);
    stage.later(30 * HOUR);
    const seq = stage.lastSeq();
    const [message] = mails(stage);
    const cards = shownCards(openSidebar(stage.world, AGENT, { at: 'message', id: message.id }));
    expect(cards.map(textOf).join()).toContain(stage.contact.name);
    expect(refreshes(seq)).toHaveLength(1);
  });

  test('C5: leaves it alone while a pass has the lock', () => {
    stage.later(30 * HOUR);
    const seq = stage.lastSeq();
    arm({
      ...TOKENS,
      act: {
        method: 'POST',
        path: '/emulator/sidebar/action',
        body: { user: AGENT, at: 'home', function: 'onAction', parameters: { do: 'home.show' } },
      },
    });
    stage.pass();
    arm();
    expect(stage.world.failedActs).toEqual([]);
    expect(refreshes(seq)).toHaveLength(1);
    expect(head().trouble).toBe('');
  });

  test('C4: after the sign-in ended the home card offers to sign in, and proposes the same user and address', () => {
    stage.world.highlevel.uninstallApp();
    stage.pass();
    expect(home()).toContain('Sign in');
    const cards = shownCards(openSidebar(stage.world, AGENT, { at: 'home' }));
    expect(choicesOf(cards[0], 'token')).toBeUndefined();
  });
});

test('X11: long tokens and long ids do not fill the head: what has no room goes with the next pass', () => {
  const world = emptyWorld(5);
  world.switches.set({ appTokenChars: 1_600, replyTo: 'user' });
  stage = connectedByApp(world);
  stage.later(1);
  for (const letter of 'abcdefghijklmnopqrstuvwxy') {
    stage.crmSends({ subject: `Matter ${letter}`, html: '<p>x</p>' });
  }
  stage.later(1);
  stage.pass();
  for (const message of mails(stage)) {
    const head = [
      `From: ${stage.contact.email}`,
      `To: ${AGENT}`,
      `Subject: Re: ${message.header('Subject')}`,
      `Message-ID: <${'m'.repeat(150)}${message.id}@mail.customer.test>`,
      `In-Reply-To: ${message.header('Message-ID')}`,
    ];
    const raw = Buffer.from([...head, '', 'More of it.', ''].join('\r\n'));
    world.network.send({ from: stage.contact.email, to: [AGENT], raw });
  }
  stage.later(1);
  stage.pass();
  expect(head().trouble).toBe('');
  expect(stage.emails()).toHaveLength(50);
  expect(properties().head.length).toBeLessThan(8_000);
});

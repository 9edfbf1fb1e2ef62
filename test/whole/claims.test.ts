/** C6: two Google accounts, one CRM user. Judged by the two mailboxes, the contact's mailbox and the CRM alone. */
import fc from 'fast-check';
import { clickThatDoes, textOf } from '../../emulator/world/card-reader';
import { connect, disconnect, press } from '../../emulator/world/person';
import { chooseFromMenu, clickInSidebar, openSidebar, shownCards } from '../../emulator/world/sidebar';
import type { World } from '../../emulator/world/world';
import type { Head } from '../../src/sync/state';
import { AGENT, emptyWorld, MINUTE, Stage } from './stage';

const SECOND = 'second@example.com';
const NAME = (stage: Stage) => `Threadlink mailbox ${stage.crmUser}`;

let world: World;
let first: Stage;
let second: Stage;

/** The second account sends with the same address, so only the claims tell which mail is whose. */
function begin(method: 'token' | 'oauth'): void {
  world = emptyWorld(11);
  world.gmail.addAccount({
    email: SECOND,
    name: 'Second',
    aliases: [{ email: AGENT, name: 'Agent', verified: true }],
  });
  first = new Stage(world);
  second = new Stage(world, SECOND);
  connect(world, { user: AGENT, method });
  first.pass();
  first.later(1);
}

const takeOver = (method: 'token' | 'oauth' = 'token') =>
  connect(world, { user: SECOND, address: AGENT, method, confirm: true });
const headOf = (user: string) => JSON.parse(world.appsScript.properties(user).head.slice(7)) as Head;
const home = (user: string) =>
  shownCards(openSidebar(world, user, { at: 'home' }))
    .map(textOf)
    .join(' · ');
const NOTICE = 'Threadlink: Another mailbox is connected for you in the CRM now';
const allIn = (stage: Stage) => stage.messages().map((message) => message.header('Subject'));
/** But for what the add-on itself has to say. */
const subjectsIn = (stage: Stage) =>
  allIn(stage)
    .filter((subject) => !subject.startsWith('Threadlink:'))
    .sort();
const write = (subject: string, channel: 'default' | 'gmail' = 'default') =>
  first.crmSends({ subject, html: '<p>x</p>', channel });

function claimValue(): string | undefined {
  const { locationId, token } = first.crm;
  const answer = world.request({
    method: 'GET',
    host: 'services.leadconnectorhq.com',
    path: `/locations/${locationId}/customValues`,
    headers: {
      authorization: `Bearer ${token}`,
      version: '2021-07-28',
      accept: 'application/json',
      'x-threadlink-outside': '1',
    },
    body: Buffer.alloc(0),
  });
  const { customValues } = JSON.parse(answer.body.toString()) as {
    customValues: { id: string; name: string; value: string }[];
  };
  return customValues.find(({ name }) => name === NAME(first))?.value;
}

function putClaim(value: string | undefined): void {
  const { locationId, token } = first.crm;
  const headers = {
    authorization: `Bearer ${token}`,
    version: '2021-07-28',
    accept: 'application/json',
    'content-type': 'application/json',
    'x-threadlink-outside': '1',
  };
  const base = `/locations/${locationId}/customValues`;
  const host = 'services.leadconnectorhq.com';
  const list = world.request({ method: 'GET', host, path: base, headers, body: Buffer.alloc(0) });
  const { customValues } = JSON.parse(list.body.toString()) as { customValues: { id: string; name: string }[] };
  const row = customValues.find(({ name }) => name === NAME(first));
  const body = Buffer.from(value === undefined ? '' : JSON.stringify({ name: NAME(first), value }));
  world.request({
    method: value === undefined ? 'DELETE' : 'PUT',
    host,
    path: `${base}/${row?.id ?? ''}`,
    headers,
    body,
  });
}

/** Both run until nothing changes any more. */
function settle(): void {
  for (const minutes of [11, 11, 30, 70, 70, 250, 11]) {
    first.later(minutes);
    for (const user of [AGENT, SECOND]) expect(world.run(user, 'onSyncTimer').ok).toBe(true);
  }
}

describe('with tokens', () => {
  beforeEach(() => begin('token'), 60_000);

  test('C6: the claim holds number, installation and hash, and no address', () => {
    expect(claimValue()).toMatch(/^1 \w+ [\w-]+ \w+$/);
    expect(claimValue()).not.toContain('@');
    expect(claimValue()).toContain(headOf(AGENT).connection.installation);
  });

  test('C6: taking a live claim asks first, naming that another mailbox is connected, and nothing is done without a yes', () => {
    const before = claimValue();
    expect(() => connect(world, { user: SECOND, address: AGENT })).toThrow(/Another mailbox is connected/);
    expect(claimValue()).toBe(before);
    expect(world.appsScript.properties(SECOND).head).toBeUndefined();
    write('Still the first one’s');
    first.later(1);
    first.pass();
    expect(subjectsIn(first)).toEqual(['Still the first one’s']);
  });

  test('C6: each e-mail belongs to the claim in force when it was added; the former account finishes its part and stops', () => {
    write('Before');
    takeOver();
    expect(claimValue()).toMatch(/^2 /);
    first.later(5);
    write('Within ten minutes');
    first.later(7);
    write('After ten minutes');
    settle();
    expect(subjectsIn(first)).toEqual(['Before', 'Within ten minutes']);
    expect(subjectsIn(second)).toEqual(['After ten minutes']);
    expect(home(AGENT)).toContain('Another mailbox is connected for you in the CRM now');
    // G5: also outside the sidebar, once.
    expect(allIn(first).filter((subject) => subject === NOTICE)).toHaveLength(1);
    expect(allIn(second)).not.toContain(NOTICE);
    const [{ threadId }] = first.messages();
    const cards = shownCards(openSidebar(world, AGENT, { at: 'thread', id: threadId }));
    expect(cards.map(textOf).join()).toContain('no longer syncs here');
  });

  test('C6: later messages of the former account’s threads stop, those of before still go', () => {
    world.switches.set({ replyTo: 'user' });
    write('Before');
    first.later(1);
    first.pass();
    takeOver();
    first.later(5);
    first.contactAnswers('In time');
    first.later(7);
    first.userAnswers('Too late');
    settle();
    expect(first.emails().map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  });

  test('C6: whatever the order of the two accounts’ timers, no mail is doubled or lost between them', () => {
    const start = world.snapshot();
    const runs = fc.array(
      fc.record({ minute: fc.integer({ min: 0, max: 30 }), user: fc.constantFrom(AGENT, SECOND) }),
      {
        maxLength: 8,
      },
    );
    const mails = fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(runs, mails, fc.integer({ min: 0, max: 12 }), (passes, sends, takenAt) => {
        world.restore(start);
        const begun = world.clock.now;
        for (let minute = 0; minute <= 30; minute++) {
          if (minute === takenAt) takeOver();
          sends.filter((at) => at === minute).forEach((_, index) => write(`At ${minute}, ${index}`));
          for (const { user } of passes.filter((run) => run.minute === minute)) world.run(user, 'onSyncTimer');
          world.advance(Math.max(0, begun + (minute + 1) * MINUTE - world.clock.now), false);
        }
        settle();
        const all = [...subjectsIn(first), ...subjectsIn(second)].sort();
        // Together they have each once, whoever has it.
        expect(all).toEqual(
          first
            .emails()
            .map(({ subject }) => subject)
            .sort(),
        );
      }),
      { numRuns: 10, seed: 5 },
    );
  }, 300_000);

  test('C6: wherever taking over is killed, and however it goes on, no mail is doubled or lost', () => {
    write('Before');
    const start = world.snapshot();
    let cuts = 0;
    for (let nth = 1; ; nth += 3) {
      world.restore(start);
      world.appsScript.setFaults([{ nth, kill: 'after' }]);
      attempt(() => takeOver());
      const met = world.appsScript.faults().met.length > 0;
      world.appsScript.setFaults([]);
      if (!met) break;
      cuts = nth;
      if (world.appsScript.properties(SECOND).head === undefined) takeOver();
      first.later(5);
      write('Within ten minutes');
      first.later(20);
      write('After');
      settle();
      expect([nth, subjectsIn(first), subjectsIn(second)]).toEqual([nth, ['Before', 'Within ten minutes'], ['After']]);
    }
    expect(cuts).toBeGreaterThan(20);
  }, 300_000);

  test('C6: taken over inside any call of a pass that writes, no mail is doubled or lost', () => {
    write('Under way');
    first.later(1);
    const start = world.snapshot();
    const body = { user: SECOND, address: AGENT, confirm: true };
    let moments = 0;
    for (let nth = 1; ; nth += 2) {
      world.restore(start);
      world.appsScript.setFaults([{ nth, act: { method: 'POST', path: '/emulator/connect', body } }]);
      first.pass();
      const met = world.appsScript.faults().met.length > 0;
      world.appsScript.setFaults([]);
      if (!met) break;
      moments = nth;
      expect([nth, world.failedActs]).toEqual([nth, []]);
      write('Right after');
      first.later(11);
      write('After');
      settle();
      expect([nth, subjectsIn(first), subjectsIn(second)]).toEqual([nth, ['Right after', 'Under way'], ['After']]);
    }
    expect(moments).toBeGreaterThan(8);
  }, 300_000);

  test('C6: the second one’s runs inside any call of the first one’s, around the moment of change', () => {
    takeOver();
    first.later(9);
    write('Just before');
    first.later(2);
    write('Just after');
    first.later(1);
    const start = world.snapshot();
    for (const [outer, inner] of [
      [AGENT, SECOND],
      [SECOND, AGENT],
    ]) {
      for (let nth = 1; ; nth += 3) {
        world.restore(start);
        world.appsScript.setFaults([{ nth, runInside: { user: inner, function: 'onSyncTimer' } }]);
        world.run(outer, 'onSyncTimer');
        const met = world.appsScript.faults().met.length > 0;
        world.appsScript.setFaults([]);
        if (!met) break;
        settle();
        expect([outer, nth, subjectsIn(first), subjectsIn(second)]).toEqual([
          outer,
          nth,
          ['Just before'],
          ['Just after'],
        ]);
      }
    }
  }, 300_000);

  test.each([
    ['lost', 'timeout', 'done', 0],
    ['not done', '503', 'none', 0],
    ['done late', 'timeout', 'late', 8 * MINUTE],
    ['cut', 'truncated', 'done', 0],
  ] as const)(
    'C6: a claim whose writing is answered with nothing and was %s is read back, and asked again',
    (_, answer, effect, lateMs) => {
      world.appsScript.setFaults([
        {
          host: 'services.leadconnectorhq.com',
          method: 'PUT',
          path: `/locations/`,
          answer,
          effect,
          ...(lateMs > 0 ? { lateMs } : {}),
          times: 3,
        },
      ]);
      attempt(() => takeOver());
      world.appsScript.setFaults([]);
      first.later(9);
      write('In between');
      if (world.appsScript.properties(SECOND).head === undefined) takeOver();
      first.later(12);
      write('After');
      settle();
      expect([...subjectsIn(first), ...subjectsIn(second)]).toEqual(['In between', 'After']);
    },
  );

  test('C6: an idle pass does not read the claim; a pass that writes does, once', () => {
    first.later(5);
    let seq = first.lastSeq();
    first.pass();
    expect(first.requestsSince(seq)).toHaveLength(2);
    write('Something');
    first.later(1);
    seq = first.lastSeq();
    first.pass();
    expect(first.requestsSince(seq).filter(({ path = '' }) => path.endsWith('/customValues'))).toHaveLength(1);
  });

  test.each([
    ['deleted', () => putClaim(undefined)],
    ['edited', () => putClaim('free for all')],
    ['put back', (old: string) => putClaim(old)],
  ])('C6: a claim that was %s by hand is laid again, and the sync goes on', (_, edit) => {
    const old = claimValue() ?? '';
    disconnect(world, AGENT);
    first.later(1);
    connect(world, { user: AGENT });
    const claim = claimValue();
    edit(old);
    write('All the same');
    first.later(1);
    first.pass();
    expect(claimValue()).toBe(claim);
    expect(subjectsIn(first)).toEqual(['All the same']);
  });

  test('C6: where the permission is taken back the sync goes on without', () => {
    world.highlevel.changeScopes(first.crm.token, [
      'conversations.readonly',
      'conversations.write',
      'conversations/message.readonly',
      'conversations/message.write',
      'contacts.readonly',
      'users.readonly',
      'locations.readonly',
    ]);
    write('All the same');
    first.later(1);
    first.pass();
    expect(subjectsIn(first)).toEqual(['All the same']);
  });

  test.each([false, true])(
    'C6: releasing keeps the number and frees the user at once (empty values refused: %s)',
    (refused) => {
      world.switches.set({ refuseEmptyCustomValue: refused });
      disconnect(world, AGENT);
      expect(claimValue()).toMatch(/^1 - - /);
      connect(world, { user: SECOND, address: AGENT });
      expect(claimValue()).toMatch(/^2 /);
      write('For the second');
      first.later(1);
      second.pass();
      expect(subjectsIn(second)).toEqual(['For the second']);
    },
  );

  test('C6: the former account that disconnects does not touch the new claim', () => {
    takeOver();
    const claim = claimValue();
    disconnect(world, AGENT);
    expect(claimValue()).toBe(claim);
  });

  const lose = () => {
    for (const key of Object.keys(world.appsScript.properties(AGENT)))
      world.appsScript.setProperty(AGENT, key, undefined);
  };

  test('C6: a lost store of the same mailbox asks nobody, and takes up its own claim', () => {
    lose();
    connect(world, { user: AGENT });
    expect(claimValue()).toMatch(/^2 /);
    write('At once');
    first.later(1);
    first.pass();
    expect(subjectsIn(first)).toEqual(['At once']);
  });

  test('C6, X11: a store that is lost twice has been connected since the first time', () => {
    write('Before both');
    for (let loss = 0; loss < 2; loss++) {
      first.later(1);
      lose();
      connect(world, { user: AGENT });
    }
    first.pass();
    expect(subjectsIn(first)).toEqual(['Before both']);
  });

  test('C6, X11: cut at any call, and pressed again on the same card, a connect after a loss takes up what was sent before', () => {
    write('Before the loss');
    lose();
    const { token, locationId: location } = first.crm;
    const home = shownCards(openSidebar(world, AGENT, { at: 'home' }));
    const choices = shownCards(press(world, AGENT, home, 'connect.check', { token, location }));
    const at = world.snapshot();
    let nth = 0;
    /** Gives whether there was such a call. One that the platform refuses ends nothing. */
    const cut = (): boolean => {
      world.restore(at);
      world.appsScript.setFaults([{ nth: ++nth, kill: 'after' }]);
      try {
        press(world, AGENT, choices, 'connect.finish', {});
      } catch {
        // As a person sees it: an error, and the same card.
      }
      return world.appsScript.faults().met.length > 0;
    };
    while (cut()) {
      press(world, AGENT, choices, 'connect.finish', {});
      first.later(1);
      first.pass();
      expect([nth, subjectsIn(first)]).toEqual([nth, ['Before the loss']]);
    }
    expect(nth).toBeGreaterThan(30);
  });

  test('C6: taken back by the first account, nothing of the time in between is doubled or lost', () => {
    takeOver();
    first.later(12);
    write('The second one’s');
    connect(world, { user: AGENT, confirm: true });
    first.later(5);
    write('Still the second one’s');
    first.later(7);
    write('The first one’s again');
    settle();
    expect(subjectsIn(second)).toEqual(['Still the second one’s', 'The second one’s']);
    expect(subjectsIn(first)).toEqual(['The first one’s again']);
  });

  test('C1: a colleague who is another CRM user is not asked, and nothing of this one changes', () => {
    const before = claimValue();
    connect(world, { user: 'colleague@example.com' });
    expect(claimValue()).toBe(before);
    write('Mine');
    first.later(1);
    first.pass();
    expect(subjectsIn(first)).toEqual(['Mine']);
  });
});

describe('with the app, whose mails are sent once', () => {
  beforeEach(() => begin('oauth'), 60_000);
  const received = () => (world.network.received(first.contact.email) ?? []).length;

  test('C6, X3: pending mails are sent once, by whoever’s they are, with kills of either pass anywhere', () => {
    write('Before', 'gmail');
    takeOver('oauth');
    first.later(5);
    write('Within ten minutes', 'gmail');
    first.later(7);
    write('After', 'gmail');
    first.later(1);
    const start = world.snapshot();
    let cuts = 0;
    for (const killed of [AGENT, SECOND]) {
      for (let nth = 1; ; nth += 4) {
        world.restore(start);
        world.appsScript.setFaults([{ nth, kill: 'after' }]);
        world.run(killed, 'onSyncTimer');
        const met = world.appsScript.faults().met.length > 0;
        world.appsScript.setFaults([]);
        if (!met) break;
        cuts += 1;
        settle();
        expect([killed, nth, received()]).toEqual([killed, nth, 3]);
        expect([killed, nth, subjectsIn(first), subjectsIn(second)]).toEqual([
          killed,
          nth,
          ['Before', 'Within ten minutes'],
          ['After'],
        ]);
      }
    }
    expect(cuts).toBeGreaterThan(10);
  }, 300_000);

  test('C6: what the former account has sent is not offered to the new one', () => {
    takeOver('oauth');
    first.later(5);
    write('The first one sends it', 'gmail');
    second.later(1);
    second.pass();
    settle();
    expect(received()).toBe(1);
    const cards = shownCards(chooseFromMenu(world, SECOND, 'onActivity'));
    expect(clickThatDoes(cards, 'item.retry')).toBeUndefined();
  });

  test('C6: the part of an account that is gone is offered to the new one, and goes when the user says so', () => {
    takeOver('oauth');
    first.later(5);
    write('Nobody sends it', 'gmail');
    for (const minutes of [10, 50, 30]) {
      second.later(minutes);
      second.pass();
    }
    expect(received()).toBe(0);
    const cards = shownCards(chooseFromMenu(world, SECOND, 'onActivity'));
    expect(cards.map(textOf).join()).toContain('belongs to the mailbox that was connected before');
    const retry = clickThatDoes(cards, 'item.retry');
    expect(retry).toBeDefined();
    clickInSidebar(world, SECOND, { at: 'home' }, retry!);
    second.later(1);
    second.pass();
    for (const minutes of [11, 11, 70]) {
      second.later(minutes);
      second.pass();
    }
    expect(received()).toBe(1);
  });
});

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // The person sees that it failed.
  }
}

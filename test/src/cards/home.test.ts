/** Homepage, settings, activity and the ways between them (S1, S6, S7, G3). */
import { Stage } from '../../whole/stage';
import { MINUTE, connectedSidebar, newSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';
const GMAIL = 'gmail.googleapis.com';
const HOUR = 60 * MINUTE;

let bar: Sidebar;
beforeEach(() => {
  bar = connectedSidebar();
}, 60_000);

describe('S1: home', () => {
  test('connection, address, sub-account, last and next sync, counts of today, recent threads', () => {
    bar.link({ subject: 'A very special offer' });
    bar.world.advance(7 * MINUTE, false);
    bar.open();
    for (const part of ['Everything is in step', 'Last sync 7 minutes ago', 'next in', '1 mail copied from the CRM']) {
      expect(bar.text).toContain(part);
    }
    for (const part of [
      'agent@example.com',
      'Alex Agent',
      'Example Agency',
      'A very special offer',
      'ana.pereira@lisbon.example',
    ]) {
      expect(bar.text).toContain(part);
    }
    expect(bar.links.some((link) => link.startsWith('https://mail.google.com/mail/u/agent%40example.com/#all/'))).toBe(
      true,
    );
  });

  test('“Sync now” syncs at once and says so', () => {
    bar.send({ subject: 'Now' });
    bar.world.advance(MINUTE, false);
    bar.open().press('sync.now');
    expect(bar.notice).toBe('Everything is in step.');
    expect(bar.text).toContain('1 mail copied from the CRM');
    expect(bar.menu('onSyncNow').text).toContain('Everything is in step');
  });

  test.each([
    [{ host: CRM, answer: '503', times: 50 }, 'The CRM does not answer'],
    [{ host: CRM, answer: '429', times: 50 }, 'The CRM is busy'],
    [
      { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/history', answer: '500', times: 50 },
      'Gmail does not answer',
    ],
  ] as const)('%j: says what is wrong, and is well again by itself', (fault, words) => {
    bar.world.appsScript.setFaults([fault]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    expect(bar.open().text).toContain(words);
    expect(bar.text).not.toContain('Everything is in step');
    bar.timer();
    expect(bar.open().text).toContain('Everything is in step');
  });

  test.each(['before', 'after'] as const)(
    'X7: a run that was killed %s a write is told, until it is made up for',
    (kill) => {
      bar.send({ subject: 'Cut off' });
      bar.world.advance(MINUTE, false);
      bar.world.appsScript.setFaults([{ host: GMAIL, path: '/gmail/v1/users/me/messages', method: 'POST', kill }]);
      bar.timer();
      bar.world.appsScript.setFaults([]);
      bar.open();
      expect(bar.text).toContain('The last sync did not get to its end');
      expect(bar.text).not.toContain('Everything is in step');
      bar.world.advance(15 * MINUTE, false);
      bar.timer();
      expect(bar.open().text).toContain('Everything is in step');
      expect(bar.gmail('GET', 'messages?labelIds=SENT').messages).toHaveLength(1);
    },
  );

  test('a run that is under way is told as that', () => {
    bar.send();
    bar.world.advance(MINUTE, false);
    bar.world.appsScript.setFaults([
      { host: GMAIL, path: '/gmail/v1/users/me/messages', method: 'POST', kill: 'before' },
    ]);
    bar.timer();
    bar.world.appsScript.setFaults([{ service: 'LockService', method: 'tryLock', answer: 'refused' }]);
    expect(bar.open().text).toContain('A sync is running');
    bar.world.appsScript.setFaults([]);
  });

  test('a token that lost a permission: says so, with the form', () => {
    const fault = { host: CRM, path: '/conversations/messages/export', answer: '401', times: 9 } as const;
    bar.world.appsScript.setFaults([fault]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    bar.open();
    expect(bar.has('connect.check')).toBe(true);
    expect(bar.choices('crmUser')).toBeUndefined();
  });

  test('Gmail down while the card is made: the card stands without the names of the threads', () => {
    bar.link({ subject: 'Nameless' });
    bar.world.appsScript.setFaults([{ host: 'gmail.googleapis.com', answer: '503', times: 50 }]);
    bar.open();
    expect(bar.text).toContain('A thread without a subject');
    expect(bar.text).toContain('Everything is in step');
  });

  test('what is stored was damaged by hand: says so, and the form is there', () => {
    bar.world.appsScript.setProperty(bar.user, 'head', 'garbage');
    bar.world.appsScript.setProperty(bar.user, 'head.prev', undefined);
    bar.open();
    expect(bar.text).toContain('cannot be read');
    const { token, locationId } = bar.crm;
    bar.press('connect.check', { token, location: locationId }).press('connect.finish');
    // What may have come meanwhile is taken up by the next run (X11).
    expect(bar.open().text).toContain('The sync is not through yet');
    bar.world.run(bar.user, 'onSyncTimer');
    expect(bar.open().text).toContain('Everything is in step');
  });

  test('R7: mail of the CRM’s own Gmail sync is warned of', () => {
    const me = bar.crm.users.find(({ email }) => email === bar.user)!;
    bar.world.switches.set({ nativeSyncUsers: me.id });
    bar.send({ subject: 'By the CRM itself' });
    bar.world.advance(MINUTE, false);
    bar.timer();
    expect(bar.open().text).toContain('The CRM’s own Gmail sync is on');
  });
});

describe('G3: the regular run', () => {
  test('one that gives no sign of life is started again when the sidebar is opened', () => {
    const [before] = bar.triggers;
    bar.world.advance(4 * HOUR, false);
    bar.open();
    expect(bar.text).toContain('was started again');
    expect(bar.triggers).toHaveLength(1);
    expect(bar.triggers[0].id).not.toBe(before.id);
    bar.open();
    bar.timer();
    expect(bar.open().text).not.toContain('was started again');
  });

  test('one that is there and alive is left alone', () => {
    const [before] = bar.triggers;
    bar.world.advance(3 * HOUR);
    bar.open();
    expect(bar.triggers).toMatchObject([{ id: before.id }]);
  });

  test('X10, G3: what a card has no time for is done by one more run, which leaves nothing behind', () => {
    for (let mail = 0; mail < 3; mail++) bar.send({ subject: `Offer ${mail}` });
    bar.world.advance(MINUTE, false);
    bar.open();
    bar.world.appsScript.setFaults([{ host: GMAIL, answer: 'slow', times: 1 }]);
    // Gmail is so slow that the platform ends the card, which can arm nothing any more.
    expect(() => bar.press('sync.now')).toThrow();
    bar.world.appsScript.setFaults([]);
    expect(bar.triggers.map(({ handler }) => handler).sort()).toEqual(['onSyncSoon', 'onSyncTimer']);
    bar.world.advance(2 * MINUTE);
    expect(bar.open().text).toContain('3 mails copied from the CRM');
    expect(bar.triggers.map(({ handler }) => handler)).toEqual(['onSyncTimer']);
  });

  test('X10: a card that came to its end leaves none, and an idle one makes none', () => {
    const armed = (since: number) =>
      bar.world.appsScript
        .requests(since)
        .filter(({ service, method }) => service === 'ScriptApp' && method === 'create').length;
    bar.send();
    bar.world.advance(MINUTE, false);
    const before = bar.seq;
    bar.menu('onSyncNow');
    expect(armed(before)).toBe(1);
    expect(bar.text).toContain('1 mail copied from the CRM');
    expect(bar.triggers.map(({ handler }) => handler)).toEqual(['onSyncTimer']);
    const { threadId } = bar.gmail('GET', 'messages?labelIds=SENT').messages[0];
    bar.world.advance(MINUTE, false);
    const since = bar.seq;
    bar.open({ at: 'thread', id: threadId });
    expect(armed(since)).toBe(0);
  });

  test('what waits for minutes only goes on by itself after them, although the regular run is hourly', () => {
    bar.world.switches.set({ replyTo: 'crm' });
    bar.send();
    bar.world.advance(MINUTE, false);
    bar.menu('onSyncNow');
    new Stage(bar.world).contactAnswers('Yes.');
    bar.world.advance(MINUTE, false);
    bar.menu('onSyncNow');
    expect(bar.text).toContain('1 mail waits and will go by itself');
    bar.world.advance(5 * MINUTE);
    expect(bar.open().text).toContain('2 mails copied from the CRM');
    expect(bar.triggers.map(({ handler }) => handler)).toEqual(['onSyncTimer']);
  });

  test('a run that nobody is connected for any more takes itself away', () => {
    for (const key of Object.keys(bar.properties)) bar.world.appsScript.setProperty(bar.user, key, undefined);
    bar.world.advance(2 * HOUR);
    expect(bar.triggers).toEqual([]);
  });
});

describe('S7: activity', () => {
  test('nothing yet', () => {
    expect(bar.menu('onActivity').text).toContain('Nothing has been synced yet');
  });

  test('receipts in plain words, newest first', () => {
    bar.send({ subject: 'Mine' });
    bar.send({ subject: 'Automatic', kind: 'workflow' });
    bar.world.advance(MINUTE, false);
    bar.timer();
    bar.menu('onActivity');
    expect(bar.text).toContain('Copied from the CRM');
    expect(bar.text).toContain('Not synced: an automation sent it');
  });

  test('a parked mail: its reason, what helps, “Try again” and “Try all again”', () => {
    bar.send({ subject: 'Refused' });
    bar.world.advance(MINUTE, false);
    bar.world.appsScript.setFaults([
      { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/messages', method: 'POST', answer: '422', times: 3 },
    ]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    bar.open();
    expect(bar.text).toContain('1 mail is set aside');
    bar.press('activity.show');
    expect(bar.text).toContain('Gmail did not accept it');
    bar.press('items.retry');
    expect(bar.notice).toBe('Tried again.');
    expect(bar.text).toContain('Nothing is waiting and nothing is set aside');
    expect(bar.open().text).toContain('1 mail copied from the CRM');
  });

  test('a retry of something that is not set aside', () => {
    bar.forge({ do: 'item.retry', key: 'g:1000000000000001' });
    expect(bar.text).toContain('no longer waiting');
  });
});

describe('S9: buttons are not to be trusted', () => {
  test.each(['', 'nonsense', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])('%p leads home', (name) => {
    expect(bar.forge({ do: name }).text).toContain('Everything is in step');
  });

  test.each([
    'connect.check',
    'connect.finish',
    'connect.cancel',
    'address.change',
    'thread.stop',
    'thread.resume',
    'item.retry',
    'items.retry',
    'settings.show',
    'activity.show',
    'address.show',
    'disconnect.ask',
    'disconnect.do',
    'sync.now',
    'home.show',
    'connect.show',
  ])('%s with nothing filled in, connected or not, is a card', (name) => {
    expect(bar.forge({ do: name }).cards.length).toBe(1);
    bar = newSidebar();
    expect(bar.forge({ do: name }).cards.length).toBe(1);
    expect(bar.text).not.toContain('Something went wrong');
  });
});

test('X14: the log has no token, no address and no subject', () => {
  bar.send({ subject: 'Secret subject' });
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.world.appsScript.setFaults([
    { service: 'PropertiesService', method: 'getProperty', answer: 'refused', times: 3 },
  ]);
  bar.open();
  bar.world.appsScript.setFaults([]);
  expect(bar.text).toContain('Something went wrong here');
  const logged = JSON.stringify(bar.world.appsScript.logs(0).map(({ text }) => text));
  expect(logged).toContain('entry failed');
  for (const secret of [bar.crm.token, bar.user, 'Secret', 'ana.pereira']) expect(logged).not.toContain(secret);
});

test('S10: at most 100 widgets a card, however much there is', () => {
  for (let mail = 0; mail < 120; mail++)
    bar.send({ subject: `Offer ${mail}`, kind: mail % 2 === 0 ? 'workflow' : 'individual' });
  bar.world.advance(MINUTE, false);
  bar.world.appsScript.setFaults([
    { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/messages', method: 'POST', answer: '422', times: 500 },
  ]);
  bar.timer();
  bar.world.appsScript.setFaults([]);
  bar.menu('onActivity');
  const [card] = bar.cards as { sections: { widgets: unknown[] }[] }[];
  const count = card.sections.reduce((sum, { widgets }) => sum + widgets.length, 0);
  expect(count).toBeGreaterThan(40);
  expect(count).toBeLessThanOrEqual(100);
  expect(bar.text).toMatch(/and \d+ more/);
}, 60_000);

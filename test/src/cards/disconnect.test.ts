/** Disconnect (C7): asked twice, at once, and nothing left behind; mail and records stay. */
import { AGENT, MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';

let bar: Sidebar;
beforeEach(() => {
  bar = connectedSidebar();
  bar.link({ subject: 'Kept' });
}, 60_000);

const ask = () => bar.menu('onSettings').press('disconnect.ask');
const labels = () => (bar.gmail('GET', 'labels').labels as { name: string }[]).map(({ name }) => name);

test('C7: the first click only asks, and says what stops, what stays, and how to take back access on both sides', () => {
  ask();
  for (const part of ['stops at once', 'stays', 'Private Integrations', 'Third-party access'])
    expect(bar.text).toContain(part);
  expect(bar.links).toContain('https://myaccount.google.com/permissions');
  expect(bar.head).toBeDefined();
});

test('C7: keeping it leads back', () => {
  ask().press('settings.show');
  expect(bar.head).toBeDefined();
  expect(bar.has('disconnect.ask')).toBe(true);
});

test('C7: properties and timers are gone; mail, labels and CRM records stay', () => {
  const records = JSON.stringify(bar.crm);
  ask().press('disconnect.do');
  expect(bar.notice).toBe('Disconnected.');
  expect(bar.properties).toEqual({});
  expect(bar.triggers).toEqual([]);
  expect(bar.has('connect.check')).toBe(true);
  expect(bar.gmail('GET', 'messages').messages).toHaveLength(1);
  expect(labels()).toContain('CRM');
  expect(JSON.stringify(bar.crm)).toBe(records);
});

test('C7: labels go where that is chosen, and the mail stays', () => {
  ask().press('disconnect.do', { removeLabels: ['yes'] });
  expect(labels().filter((name) => /^(CRM|Threadlink)\b/.test(name))).toEqual([]);
  expect(bar.gmail('GET', 'messages').messages).toHaveLength(1);
});

test('C7: nothing of either side is read or written afterwards', () => {
  ask().press('disconnect.do');
  bar.send({ subject: 'Later' });
  const since = bar.seq;
  bar.world.advance(3 * 60 * MINUTE);
  bar.timer();
  expect(bar.requests(since)).toEqual([]);
});

test('C7: what was waiting is named first', () => {
  expect(ask().text).toContain('Nothing is waiting');
  bar.world.appsScript.setFaults([
    { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/messages', method: 'POST', answer: '422', times: 9 },
  ]);
  bar.send({ subject: 'Stuck' });
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.world.appsScript.setFaults([]);
  ask();
  expect(bar.text).toContain('1 mail is still waiting and will not be synced');
  expect(bar.text).toContain('Gmail did not accept it');
});

test('C7: a CRM that is down does not hold it up', () => {
  bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 500 }]);
  ask().press('disconnect.do');
  expect(bar.properties).toEqual({});
});

describe('while a pass runs', () => {
  const body = { user: AGENT, at: 'home', function: 'onAction', parameters: { do: 'disconnect.do' } };
  const act = { method: 'POST', path: '/emulator/sidebar/action', body };

  test.each([1, 2, 3, 4])('X13: in the CRM’s request number %d, it ends within moments', (nth) => {
    bar.send({ subject: 'Under way' });
    bar.send({ subject: 'Under way as well' });
    bar.world.advance(MINUTE, false);
    const skipped = Array.from({ length: nth - 1 }, () => ({ host: CRM, answer: 'slow', effect: 'done' }) as const);
    bar.world.appsScript.setFaults([...skipped, { host: CRM, act }]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    expect(bar.world.failedActs).toEqual([]);
    bar.world.advance(2 * MINUTE);
    expect(bar.properties).toEqual({});
    expect(bar.triggers).toEqual([]);
  });

  test('X13: also where the pass then fails because the CRM is down', () => {
    bar.world.appsScript.setFaults([
      { host: CRM, answer: '503', act },
      { host: CRM, answer: '503', times: 500 },
    ]);
    bar.timer();
    bar.world.advance(2 * MINUTE);
    expect(bar.properties).toEqual({});
    expect(bar.triggers).toEqual([]);
  });

  test('opening the sidebar ends it too, where the run soon after did not come', () => {
    bar.world.appsScript.setFaults([{ host: CRM, act }]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    bar.open();
    expect(bar.properties).toEqual({});
    expect(bar.has('connect.check')).toBe(true);
  });
});

test('wherever it is killed, the next one makes it whole', () => {
  ask();
  const before = bar.world.snapshot();
  const { cards } = bar;
  for (let nth = 1; ; nth++) {
    bar.world.restore(before);
    bar.cards = cards;
    bar.world.appsScript.setFaults([{ nth, kill: 'after' }]);
    try {
      bar.press('disconnect.do');
    } catch {
      // The person sees that it failed.
    }
    const met = bar.world.appsScript.faults().met.length > 0;
    bar.world.appsScript.setFaults([]);
    if (!met) break;
    bar.menu('onSettings');
    if (bar.has('disconnect.ask')) bar.press('disconnect.ask').press('disconnect.do');
    bar.world.advance(2 * 60 * MINUTE);
    expect([nth, bar.properties, bar.triggers]).toEqual([nth, {}, []]);
  }
});

test('connected again: begins anew, and nothing is doubled', () => {
  ask().press('disconnect.do');
  bar.world.advance(MINUTE);
  bar.connect();
  bar.timer();
  expect(bar.gmail('GET', 'messages').messages).toHaveLength(1);
});

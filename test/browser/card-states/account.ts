/** Cards about the connection itself: connecting, home, settings, disconnecting. */
import {
  AGENT,
  answered,
  connected,
  CRM,
  german,
  GMAIL,
  MINUTE,
  mirrored,
  type CardStates,
  type Sidebar,
} from './scene';

/** Copied, answered and logged: a usual morning. */
function working(bar: Sidebar): Sidebar {
  connected(bar);
  const thread = mirrored(bar);
  answered(bar, thread);
  mirrored(bar, { to: bar.crm.contacts[1].id, subject: 'Angebot für das Dach' });
  bar.world.advance(5 * MINUTE, false);
  bar.timer();
  bar.world.advance(7 * MINUTE, false);
  return bar.open();
}

/** Mail that Gmail refuses, and the CRM's repetition of a mail that was sent. */
function undecided(bar: Sidebar): Sidebar {
  connected(bar, 'oauth');
  const offer = { channel: 'gmail', subject: 'Offer for the showroom', html: '<p>Here it is.</p>' } as const;
  const replyTo = bar.send(offer);
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.send({ ...offer, replyTo });
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.send({ subject: 'Price list' });
  bar.world.advance(MINUTE, false);
  bar.world.appsScript.setFaults([
    { host: GMAIL, path: '/gmail/v1/users/me/messages', method: 'POST', answer: '422', times: 3 },
  ]);
  bar.timer();
  bar.world.appsScript.setFaults([]);
  return bar;
}

function failing(bar: Sidebar, host: string): Sidebar {
  connected(bar);
  mirrored(bar);
  bar.world.appsScript.setFaults([{ host, answer: '503', times: 500 }]);
  bar.timer();
  bar.open();
  return bar;
}

function warned(bar: Sidebar): Sidebar {
  connected(bar, 'oauth');
  const me = bar.crm.users.find(({ email }) => email === bar.user)!;
  bar.world.switches.set({ nativeSyncUsers: me.id });
  bar.send({ subject: 'By the CRM itself' });
  bar.send({ subject: 'Automatic', kind: 'workflow', channel: 'gmail' });
  bar.world.advance(MINUTE, false);
  bar.timer();
  return bar.open();
}

export const ACCOUNT_STATES: CardStates = {
  connect: (bar) => bar.open(),
  'connect-de': (bar) => german(bar).open(),
  'connect-choose': (bar) => bar.check(),
  'connect-refused': (bar) => bar.check('pit-0000000000'),
  'connect-own-sync': (bar) => {
    const me = bar.crm.users.find(({ email }) => email === bar.user)!;
    bar.world.switches.set({ nativeSyncUsers: me.id });
    return bar.check().press('connect.finish');
  },
  'connect-own-sync-asked': (bar) => {
    bar.world.switches.set({ enabled2waySyncFilter: 'refused' });
    return bar.check();
  },
  'connect-taken': (bar) => {
    connected(bar);
    const email = 'second@example.com';
    bar.world.gmail.addAccount({ email, name: 'Second', aliases: [{ email: AGENT, name: 'Agent', verified: true }] });
    const crmUser = bar.crm.users.find((user) => user.email === AGENT)!.id;
    return bar
      .as(email)
      .check()
      .press('connect.finish', { crmUser: [crmUser], address: [AGENT] });
  },
  'connect-sign-in': (bar) => bar.open().press('connect.oauth'),
  'home-new': (bar) => connected(bar).open(),
  'home-working': working,
  'home-working-de': (bar) => working(german(bar)),
  'home-undecided': (bar) => undecided(bar).open(),
  'home-warnings': warned,
  'home-cut-short': (bar) => {
    connected(bar);
    bar.send({ subject: 'Offer for the showroom' });
    bar.world.advance(MINUTE, false);
    bar.world.appsScript.setFaults([{ host: GMAIL, method: 'POST', kill: 'after' }]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    bar.world.advance(2 * MINUTE, false);
    return bar.open();
  },
  'home-crm-down': (bar) => failing(bar, CRM),
  'home-token-ended': (bar) => {
    connected(bar);
    mirrored(bar);
    bar.world.highlevel.revokeToken(bar.crm.token);
    bar.timer();
    return bar.open();
  },
  'home-damaged': (bar) => {
    connected(bar);
    bar.world.appsScript.setProperty(bar.user, 'head', 'garbage');
    bar.world.appsScript.setProperty(bar.user, 'head.prev', undefined);
    return bar.open();
  },
  'home-revived': (bar) => {
    connected(bar);
    bar.world.advance(240 * MINUTE, false);
    return bar.open();
  },
  'access-needed': (bar) => {
    connected(bar);
    bar.world.switches.set({ cardWithoutScope: 'runs' });
    bar.world.appsScript.setGrant(AGENT, { withdrawn: ['https://www.googleapis.com/auth/gmail.modify'] });
    return bar.open();
  },
  unexpected: (bar) => {
    connected(bar);
    bar.world.appsScript.setFaults([
      { service: 'PropertiesService', method: 'getProperty', answer: 'refused', times: 3 },
    ]);
    return bar.open();
  },
  settings: (bar) => connected(bar).menu('onSettings'),
  'settings-de': (bar) => connected(german(bar)).menu('onSettings'),
  address: (bar) => {
    working(bar);
    return bar.menu('onSettings').press('address.show');
  },
  'address-only': (bar) => {
    const email = 'lone@example.com';
    bar.world.gmail.addAccount({ email, name: 'Lone' });
    bar.world.highlevel.addUser({ name: 'Lone', email });
    return connected(bar.as(email)).menu('onSettings').press('address.show');
  },
  disconnect: (bar) => connected(bar).menu('onSettings').press('disconnect.ask'),
  'disconnect-waiting': (bar) => undecided(bar).menu('onSettings').press('disconnect.ask'),
};

export { undecided, working };

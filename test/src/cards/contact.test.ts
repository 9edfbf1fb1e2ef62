/** Who somebody is in the CRM (S3): found, created once, chosen among several, looked up for everybody on a thread. */
import { MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';
const NEWCOMER = 'nina@new.example';

let bar: Sidebar;
beforeEach(() => {
  bar = connectedSidebar();
}, 60_000);

function mailFrom(address: string, headers: readonly string[] = []) {
  const { id } = bar.mailFrom(address, ['Subject: Hello', `Message-ID: <h-${address}>`, ...headers]);
  return bar.open({ at: 'message', id });
}

const contactsOf = (email: string) => bar.crm.contacts.filter((contact) => contact.email === email);

describe('S3: an unknown sender', () => {
  test('is offered as a new contact, prefilled with what the mail says', () => {
    mailFrom(`Nina Newcomer <${NEWCOMER}>`);
    expect(bar.text).toContain(`${NEWCOMER} is not a contact in the CRM`);
    bar.press('contact.new').press('contact.create', { contactPhone: '+351 1', contactCompany: 'New Lda' });
    expect(bar.notice).toBe('Contact created.');
    for (const part of ['Nina Newcomer', 'New Lda', '+351 1']) expect(bar.text).toContain(part);
    expect(contactsOf(NEWCOMER)).toHaveLength(1);
  });

  test('X13: two clicks make one contact, also where duplicates are allowed', () => {
    bar.world.switches.set({ allowDuplicateContact: true });
    mailFrom(NEWCOMER).press('contact.new');
    const { parameters } = bar.clickOf('contact.create');
    const form = { contactName: 'Nina', contactEmail: NEWCOMER };
    bar.forge(parameters, form);
    bar.forge(parameters, form);
    expect(contactsOf(NEWCOMER)).toHaveLength(1);
  });

  test('X6: a lost answer is looked up, and the contact is shown', () => {
    mailFrom(NEWCOMER).press('contact.new');
    bar.world.appsScript.setFaults([
      { host: CRM, path: '/contacts/', method: 'POST', answer: '502', effect: 'done', times: 1 },
    ]);
    bar.press('contact.create', { contactName: 'Nina', contactEmail: NEWCOMER });
    bar.world.appsScript.setFaults([]);
    expect(bar.text).toContain('Nina');
    expect(contactsOf(NEWCOMER)).toHaveLength(1);
  });

  test('one that somebody else created meanwhile is shown, not made again', () => {
    mailFrom(NEWCOMER).press('contact.new');
    bar.world.highlevel.addContact({ name: 'Nina N.', email: NEWCOMER });
    bar.press('contact.create', { contactName: 'Nina' });
    expect(bar.notice).toContain('in the CRM already');
    expect(bar.text).toContain('Nina N.');
    expect(contactsOf(NEWCOMER)).toHaveLength(1);
  });

  test('a form without a name or with something else than an address is asked for again', () => {
    mailFrom(NEWCOMER).press('contact.new');
    bar.press('contact.create', { contactName: 'Nina', contactEmail: 'not an address' });
    expect(bar.notice).toContain('fill in');
    expect(contactsOf(NEWCOMER)).toEqual([]);
  });
});

test('S3: several contacts for one address: one is chosen', () => {
  bar.world.switches.set({ allowDuplicateContact: true });
  for (const companyName of ['First GmbH', 'Second GmbH'])
    bar.world.highlevel.addContact({ name: 'Sam Same', email: 'sam@same.example', companyName });
  bar.world.advance(MINUTE, false);
  mailFrom('sam@same.example');
  expect(bar.text).toContain('2 contacts have this address');
  const second = bar.clicks.filter(({ parameters }) => parameters.do === 'contact.show')[1];
  bar.forge(second.parameters);
  expect(bar.text).toContain('Sam Same');
  expect(bar.text.includes('First GmbH')).not.toBe(bar.text.includes('Second GmbH'));
});

test('S3: everybody else on a thread can be looked up', () => {
  mailFrom('Ana Pereira <ana.pereira@lisbon.example>', ['Cc: Bruno Keller <bruno.keller@zurich.example>']);
  expect(bar.text).toContain('Others on this thread');
  const bruno = bar.clicks.find(({ parameters }) => parameters.email === 'bruno.keller@zurich.example')!;
  bar.forge(bruno.parameters);
  expect(bar.text).toContain('Keller AG');
});

test.each<Readonly<Record<string, string>>>([
  { contact: '../users' },
  { contact: 'AAAAAAAAAAAAAAAAAAAA' },
  { email: 'nobody' },
  {},
])('S9: %j names no contact, and the card says so', (parameters) => {
  bar.open().forge({ do: 'contact.show', ...parameters });
  expect(bar.text).toMatch(/cannot be shown|no longer in the CRM/);
});

test('S9: users and pipelines are asked for once in ten minutes', () => {
  mailFrom('ana.pereira@lisbon.example');
  const since = bar.seq;
  bar.world.advance(MINUTE, false);
  mailFrom('bruno.keller@zurich.example');
  expect(bar.requests(since).some(({ path }) => path?.startsWith('/users'))).toBe(false);
  bar.world.advance(15 * MINUTE, false);
  mailFrom('chloe.martin@lyon.example');
  expect(bar.requests(since).some(({ path }) => path?.startsWith('/users'))).toBe(true);
});

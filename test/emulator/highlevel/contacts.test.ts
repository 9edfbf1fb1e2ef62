/** Contacts (facts, highlevel 3 and 4). */
import { TestCrm } from './world';

function search(world: TestCrm, body: object = {}) {
  return world.post('/contacts/search', { locationId: world.locationId, pageLimit: 20, ...body });
}

function emails(answer: { body: { contacts: { email: string }[] } }): string[] {
  return answer.body.contacts.map(({ email }) => email);
}

const duplicate = (world: TestCrm, query: string) =>
  world.get(`/contacts/search/duplicate?locationId=${world.locationId}&${query}`);

test('highlevel 3: duplicate search finds by e-mail without case, by phone, or answers null', () => {
  const world = new TestCrm();
  expect(duplicate(world, 'email=BOB%40outside.example').body.contact.id).toBe(world.bob.id);
  expect(duplicate(world, 'number=%2B1-555-0101').body.contact.id).toBe(world.ann.id);
  expect(duplicate(world, 'email=nobody%40outside.example').body.contact).toBeNull();
  expect(duplicate(world, 'x=1').status).toBe(422);
});

test('highlevel 4.1: create, and a second one with the same e-mail is 400 and names the first', () => {
  const world = new TestCrm();
  const give = {
    locationId: world.locationId,
    name: 'Dora Van Dyke',
    email: 'dora@outside.example',
    tags: ['VIP'],
    city: 'Gent',
  };
  const made = world.post('/contacts/', give);
  expect(made.status).toBe(201);
  expect(made.body.contact).toMatchObject({
    firstName: 'Dora',
    lastName: 'Van Dyke',
    tags: ['vip'],
    city: 'Gent',
    dnd: false,
  });
  const again = world.post('/contacts/', { ...give, email: 'DORA@outside.example' });
  expect(again).toMatchObject({
    status: 400,
    body: {
      statusCode: 400,
      message: 'This location does not allow duplicated contacts.',
      meta: { contactId: made.body.contact.id, contactName: 'Dora Van Dyke', matchingField: 'email' },
    },
  });
  world.switches.allowDuplicateContact = true;
  expect(world.post('/contacts/', give).status).toBe(201);
  expect(world.get(`/locations/${world.locationId}`).body.location.settings.allowDuplicateContact).toBe(true);
});

test('create needs a location and an address that is one', () => {
  const world = new TestCrm();
  expect(world.post('/contacts/', { name: 'X' }).status).toBe(422);
  expect(world.post('/contacts/', { locationId: world.locationId, email: 'no address' }).body.message).toEqual([
    'email must be an email',
  ]);
  expect(world.post('/contacts/', { locationId: world.locationId, name: 'X', assignedTo: 'nobody' }).status).toBe(400);
});

test('highlevel 3: upsert changes the one that is there, or makes it', () => {
  const world = new TestCrm();
  const upsert = (more: object) => world.post('/contacts/upsert', { locationId: world.locationId, ...more });
  expect(upsert({ email: 'ann@outside.example', companyName: 'Acme' }).body).toMatchObject({
    new: false,
    contact: { id: world.ann.id, companyName: 'Acme' },
  });
  expect(upsert({ email: 'eve@outside.example' }).body.new).toBe(true);
  world.switches.upsertHttpStatus = 201;
  expect(upsert({ email: 'eve@outside.example' }).status).toBe(201);
});

test('highlevel 4.1: update overwrites what is given and keeps the rest; tags have endpoints of their own', () => {
  const world = new TestCrm();
  world.post(`/contacts/${world.ann.id}/tags`, { tags: ['a', 'B'] });
  expect(world.ask('DELETE', `/contacts/${world.ann.id}/tags`, { body: { tags: ['a'] } }).body.tags).toEqual(['b']);
  world.clock.advance(1000);
  const changed = world.put(`/contacts/${world.ann.id}`, { lastName: 'Changed', assignedTo: world.agent.id });
  expect(changed.body).toMatchObject({
    succeded: true,
    contact: { firstName: 'Ann', lastName: 'Changed', tags: ['b'], assignedTo: world.agent.id },
  });
  expect(changed.body.contact.dateUpdated).toBe('2026-03-02T08:00:01.000Z');
  expect(world.put(`/contacts/${world.ann.id}`, { tags: ['only'] }).body.contact.tags).toEqual(['only']);
  expect(world.put(`/contacts/${world.ann.id}`, { email: 'bob@outside.example' }).body.meta.contactId).toBe(
    world.bob.id,
  );
});

test('highlevel 1: a contact that is unknown or deleted is 400', () => {
  const world = new TestCrm();
  expect(world.ask('DELETE', `/contacts/${world.ann.id}`).body).toMatchObject({ succeded: true });
  for (const path of ['', '/tasks', '/notes', '/appointments']) {
    expect(world.get(`/contacts/${world.ann.id}${path}`)).toMatchObject({
      status: 400,
      body: { message: 'Contact not found' },
    });
  }
  expect(() => world.write()).toThrow(/contact/);
});

test('highlevel 4.1: v3 writes the keys of dndSettings in lower case', () => {
  const world = new TestCrm();
  const dndSettings = { Email: { status: 'active' } };
  world.put(`/contacts/${world.ann.id}`, { dndSettings });
  expect(world.get(`/contacts/${world.ann.id}`).body.contact.dndSettings).toEqual(dndSettings);
  expect(world.get(`/contacts/${world.ann.id}`, { version: 'v3' }).body.contact.dndSettings).toEqual({
    email: { status: 'active' },
  });
});

describe('highlevel 4.1: POST /contacts/search', () => {
  const email = (operator: string, value?: string) => ({ filters: [{ field: 'email', operator, value }] });

  test('email eq finds exactly one, without case; items have no cased names', () => {
    const world = new TestCrm();
    const answer = search(world, email('eq', 'bob@OUTSIDE.example'));
    expect(answer.body.total).toBe(1);
    expect(answer.body.contacts[0]).toMatchObject({
      id: world.bob.id,
      firstNameLowerCase: 'bob',
      additionalEmails: [],
    });
    expect(answer.body.contacts[0]).not.toHaveProperty('firstName');
    expect(emails(search(world, email('not_eq', 'bob@outside.example')))).toHaveLength(2);
  });

  test.each([
    ['contains on email', email('contains', 'bob'), 400],
    ['an unknown operator', email('like', 'bob'), 400],
    ['an unknown field', { filters: [{ field: 'shoe', operator: 'eq', value: '1' }] }, 400],
    ['a value of 76 characters', email('eq', 'x'.repeat(76)), 422],
    ['a query of 76 characters', { query: 'x'.repeat(76) }, 422],
    ['no page limit', { pageLimit: undefined }, 422],
    ['page and searchAfter', { page: 1, searchAfter: [1, 'x'] }, 400],
    ['three sort keys', { sort: [1, 2, 3].map(() => ({ field: 'email', direction: 'asc' })) }, 400],
    ['a page beyond 10,000', { page: 501 }, 400],
  ])('%s is refused', (_name, body, status) => {
    expect(search(new TestCrm(), body).status).toBe(status);
  });

  test('groups, existence, tags, text, sorting', () => {
    const world = new TestCrm();
    world.put(`/contacts/${world.cem.id}`, { tags: ['gold'], phone: '' });
    world.clock.advance(3000);
    const or = {
      group: 'OR',
      filters: [...email('eq', 'ann@outside.example').filters, { field: 'tags', operator: 'contains', value: 'gold' }],
    };
    const sort = [{ field: 'email', direction: 'desc' }];
    expect(emails(search(world, { filters: [or], sort }))).toEqual(['cem@outside.example', 'ann@outside.example']);
    expect(emails(search(world, { filters: [{ field: 'phone', operator: 'exists' }] }))).toEqual([
      'ann@outside.example',
    ]);
    expect(emails(search(world, { query: 'buyer' }))).toEqual(['Bob@Outside.example']);
  });

  test('both kinds of paging reach all', () => {
    const world = new TestCrm();
    const sort = [{ field: 'email', direction: 'asc' }];
    const first = search(world, { pageLimit: 2, sort });
    const rest = search(world, { pageLimit: 2, sort, searchAfter: first.body.contacts[1].searchAfter });
    expect([...emails(first), ...emails(rest)]).toHaveLength(3);
    expect(emails(search(world, { pageLimit: 2, page: 2, sort }))).toEqual(emails(rest));
  });

  test('the index lags behind writes over the API, the record does not', () => {
    const world = new TestCrm();
    const made = world.post('/contacts/', { locationId: world.locationId, email: 'new@outside.example' }).body.contact;
    world.ask('DELETE', `/contacts/${world.bob.id}`);
    const found = () => emails(search(world, email('eq', 'new@outside.example'))).length;
    expect(found()).toBe(0);
    expect(emails(search(world))).toContain('Bob@Outside.example');
    expect(world.get(`/contacts/${made.id}`).status).toBe(200);
    world.clock.advance(3000);
    expect(found()).toBe(1);
    expect(emails(search(world))).not.toContain('Bob@Outside.example');
  });

  test('highlevel 10 V8: additional e-mails match only where the switch says so', () => {
    const world = new TestCrm();
    world.crm.addContact({ name: 'Two', email: 'two@outside.example', additionalEmails: ['second@outside.example'] });
    const byEq = () => emails(search(world, email('eq', 'second@outside.example'))).length;
    const byDuplicate = () => duplicate(world, 'email=second%40outside.example').body.contact !== null;
    expect([byEq(), byDuplicate()]).toEqual([0, false]);
    world.switches.additionalEmailsMatch = true;
    expect([byEq(), byDuplicate()]).toEqual([1, true]);
  });
});

test('the old list pages by the last id', () => {
  const world = new TestCrm();
  const page = (more = '') => world.get(`/contacts/?locationId=${world.locationId}&limit=2${more}`).body;
  const first = page();
  const second = page(`&startAfterId=${first.meta.startAfterId}`);
  expect(new Set([...first.contacts, ...second.contacts].map(({ id }: { id: string }) => id)).size).toBe(3);
});

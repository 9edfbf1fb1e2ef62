/** Contacts, users, tokens and the sidebar's records, on the samples of the documents and on what practice gives. */
import { listAppointments } from '../../../src/crm/appointments';
import { distinct, findByEmail, getContact } from '../../../src/crm/contacts';
import { createConversation, searchByContact } from '../../../src/crm/conversations';
import { createCustomValue, listCustomValues } from '../../../src/crm/custom-values';
import { contactLink, opportunityLink } from '../../../src/crm/links';
import { getLocation } from '../../../src/crm/locations';
import { uploadMedia } from '../../../src/crm/medias';
import { createNote } from '../../../src/crm/notes';
import { authorizeUrl, exchangeCode } from '../../../src/crm/oauth';
import { listOpportunities } from '../../../src/crm/opportunities';
import { readPace } from '../../../src/crm/pace';
import { listPipelines } from '../../../src/crm/pipelines';
import { scopeVerdict } from '../../../src/crm/probes';
import { listTasks } from '../../../src/crm/tasks';
import { listTemplates } from '../../../src/crm/templates';
import { UPLOAD_LIMIT, uploadFile, uploadName, uploadRefusal } from '../../../src/crm/uploads';
import { listUsers, ownSyncOf } from '../../../src/crm/users';
import { Unreadable, type Exchange, type Outcome } from '../../../src/platform/exchange';
import { answer, blobOf } from './answers';

describe('contacts (highlevel 4.1)', () => {
  const CONTACT = {
    ...{
      id: 'seD4PfOuKoVMLkEZqohJ',
      name: 'rubika deo',
      firstName: 'rubika',
      lastName: 'Deo',
      email: 'rubika@deos.com',
    },
    ...{ companyName: 'DGS VolMAX', phone: '+18832327657', assignedTo: 've9EPM428h8vShlRW1KT', tags: ['nisi', 'quis'] },
  };
  const contactOf = (change: Record<string, unknown> = {}) =>
    read(getContact('c'), { contact: { ...CONTACT, ...change } });

  test('the documents’ sample', () => {
    expect(contactOf()).toEqual({
      ...{ id: CONTACT.id, name: 'rubika deo', email: CONTACT.email, phone: CONTACT.phone, company: 'DGS VolMAX' },
      ...{ tags: ['nisi', 'quis'], assignedTo: CONTACT.assignedTo, doNotEmail: false, additionalEmails: [] },
    });
  });

  test.each([
    [{ name: undefined }, 'rubika Deo'],
    [{ name: '', firstName: null, lastName: null, contactName: 'R. Deo' }, 'R. Deo'],
    [
      { name: '', firstName: '', lastName: '', firstNameLowerCase: 'rubika', lastNameLowerCase: 'deo-lee' },
      'Rubika Deo-Lee',
    ],
    [{ name: null, firstName: null, lastName: null, fullNameLowerCase: 'åsa öberg' }, 'Åsa Öberg'],
    [{ name: null, firstName: null, lastName: null }, ''],
  ])('the name of %j', (change, name) => expect(contactOf(change).name).toBe(name));

  test.each([
    [{ dnd: true }, true],
    [{ dnd: false, dndSettings: { Email: { status: 'active' } } }, true],
    [{ dndSettings: { email: { status: 'active' } } }, true],
    [{ dndSettings: { Email: { status: 'permanent' } } }, true],
    [{ dndSettings: { Email: { status: 'inactive' }, SMS: { status: 'active' } } }, false],
    [{ dndSettings: null }, false],
    [{ dnd: 'yes' }, false],
  ])('do not disturb by e-mail: %j', (change, on) => expect(contactOf(change).doNotEmail).toBe(on));

  test('fields that are missing or something else', () => {
    const bare = { phone: null, companyName: undefined, tags: 'vip', assignedTo: '', email: undefined };
    expect(contactOf({ ...bare, emailLowerCase: 'r@deos.com' })).toMatchObject({
      ...{ phone: '', company: '', tags: ['vip'], assignedTo: undefined, email: 'r@deos.com' },
    });
    expect(contactOf({ additionalEmails: ['x@y.z', { email: 'a@b.c' }, {}] }).additionalEmails).toEqual([
      'x@y.z',
      'a@b.c',
    ]);
    expect(() => contactOf({ id: undefined })).toThrow(Unreadable);
  });

  test('by address: what the duplicate look-up and the search say, each contact once', () => {
    const [duplicate, search] = findByEmail('L', 'rubika@deos.com');
    for (const none of [{ contact: null }, {}]) expect(read(duplicate, none)).toEqual([]);
    const one = read(duplicate, { contact: CONTACT, traceId: 't' });
    const two = read(search, { contacts: [CONTACT, { ...CONTACT, id: 'c2' }, { id: '' }, 'x'], total: 2 });
    expect(distinct([...one, ...two]).map(({ id }) => id)).toEqual([CONTACT.id, 'c2']);
    expect(() => read(search, {})).toThrow(Unreadable);
  });
});

describe('conversations (highlevel 5.1)', () => {
  test('the contact’s own, not a neighbour’s', () => {
    const rows = [
      { id: 'v1', contactId: 'other' },
      { id: 'v2', contactId: 'c' },
      { id: null, contactId: 'c' },
    ];
    expect(read(searchByContact('L', 'c'), { conversations: rows, total: 3 })).toEqual([{ id: 'v2', contactId: 'c' }]);
  });
  test('created, with its id or not at all', () => {
    const exchange = createConversation('L', 'c');
    expect(read(exchange, { success: true, conversation: { id: 'v1' } })).toEqual({ id: 'v1', contactId: 'c' });
    expect(() => read(exchange, { success: true, conversation: {} })).toThrow(Unreadable);
  });
});

describe('users and the CRM’s own sync (highlevel 0.10, 2.6; C3, C10)', () => {
  const ANN = { id: 'u1', name: 'Ann', email: 'ann@example.test' };
  const BOB = { id: 'u2', name: 'Bob', email: 'bob@example.test' };

  test('a list without the deleted', () => {
    const users = [ANN, { ...BOB, deleted: true }, { name: 'no id' }, null];
    expect(read(listUsers('L'), { users })).toEqual([{ ...ANN, assignedDataOnly: false }]);
    expect(() => read(listUsers('L'), {})).toThrow(Unreadable);
  });

  test('who sees only what is assigned to them', () => {
    const row = { ...ANN, name: undefined, firstName: 'Ann', lastName: 'Lee', permissions: { assignedDataOnly: true } };
    expect(read(listUsers('L'), { users: [row] })).toEqual([{ ...ANN, name: 'Ann Lee', assignedDataOnly: true }]);
  });

  const done = (value: readonly (typeof ANN)[]): Outcome<readonly (typeof ANN)[]> => ({ kind: 'done', value });
  const failure = { code: 'crm.auth-class', status: 401, detail: '' };

  test.each([
    ['off where the user is not among them', done([BOB]), 'off'],
    ['off where nobody is', done([]), 'off'],
    ['on where somebody else is not', done([ANN]), 'on'],
    ['to be asked where all are: the filter may have been ignored', done([ANN, BOB]), 'unknown'],
    ['to be asked where the token is refused', { kind: 'denied', failure } as const, 'unknown'],
  ])('%s', (_, synced, verdict) => expect(ownSyncOf('u1', synced, [ANN, BOB])).toBe(verdict));
});

describe('the location and its custom values', () => {
  test('wrapped or flat, with what is missing empty', () => {
    const row = { id: 'L', companyId: 'co', name: 'Dentist', timezone: 'America/Chicago' };
    const wanted = { id: 'L', companyId: 'co', name: 'Dentist', timeZone: 'America/Chicago' };
    expect(read(getLocation('L'), { location: row })).toEqual(wanted);
    expect(read(getLocation('L'), row)).toEqual(wanted);
    expect(read(getLocation('L'), { location: { id: 'L' } })).toEqual({
      id: 'L',
      companyId: '',
      name: '',
      timeZone: '',
    });
    expect(() => read(getLocation('L'), {})).toThrow(Unreadable);
  });

  test('C6: a list that is missing is not an empty one', () => {
    const rows = [{ id: 'v1', name: 'Threadlink mailbox u1', value: '1 x y', fieldKey: '{{ x }}' }, { name: 'no id' }];
    expect(read(listCustomValues('L'), { customValues: rows })).toEqual([
      { id: 'v1', name: 'Threadlink mailbox u1', value: '1 x y' },
    ]);
    expect(read(listCustomValues('L'), { customValues: [] })).toEqual([]);
    expect(() => read(listCustomValues('L'), {})).toThrow(Unreadable);
    expect(() => read(createCustomValue('L', 'n', 'v'), { customValue: { name: 'n' } })).toThrow(Unreadable);
  });
});

describe('the sidebar’s records (highlevel 6; S4, S5)', () => {
  test('opportunities', () => {
    const row = {
      ...{ id: 'o1', name: 'testing', monetaryValue: 500, pipelineId: 'p1', status: 'open', assignedTo: null },
      ...{ pipelineStageId: 'e93ba61a-53b3-45e7-985a-c7732dbcdb69', updatedAt: '2021-08-03T04:55:17.355Z' },
    };
    expect(read(listOpportunities('L', 'c'), { opportunities: [row, {}], meta: { nextPageUrl: 'http://x/' } })).toEqual(
      [
        {
          ...{ id: 'o1', name: 'testing', value: 500, pipelineId: 'p1', stageId: row.pipelineStageId, status: 'open' },
          ...{ assignedTo: undefined, updatedAt: Date.UTC(2021, 7, 3, 4, 55, 17, 355) },
        },
      ],
    );
    const [other] = read(listOpportunities('L', 'c'), { opportunities: [{ id: 'o', monetaryValue: 'much' }] });
    expect(other.value).toBe(0);
  });

  test('pipelines, their stages in order', () => {
    const stages = [{ id: 's2', name: 'Won', position: 1 }, { id: 's1', name: 'New', position: 0 }, { name: 'no id' }];
    expect(
      read(listPipelines('L'), {
        pipelines: [
          { id: 'p1', name: 'Sales', stages },
          { id: 'p2', name: 'X' },
        ],
      }),
    ).toEqual([
      {
        id: 'p1',
        name: 'Sales',
        stages: [
          { id: 's1', name: 'New' },
          { id: 's2', name: 'Won' },
        ],
      },
      { id: 'p2', name: 'X', stages: [] },
    ]);
  });

  test('tasks and notes', () => {
    const task = { id: 't1', title: 'test', body: 'testing', dueDate: '2021-07-08T02:30:00.000Z', completed: true };
    expect(read(listTasks('c'), { tasks: [task, { title: 'no id' }] })).toEqual([
      {
        ...{ id: 't1', title: 'test', body: 'testing', completed: true, assignedTo: undefined },
        dueAt: Date.UTC(2021, 6, 8, 2, 30),
      },
    ]);
    expect(read(createNote('c', 'x'), { note: { id: 'n1', body: '<p>x</p>', dateAdded: 'never' } })).toEqual({
      ...{ id: 'n1', body: '<p>x</p>', title: '', userId: undefined, dateAdded: undefined },
    });
  });

  test('appointments: a time without a zone is not taken for an instant', () => {
    const row = {
      id: 'a1',
      title: 'Test',
      startTime: '2021-07-16 11:00:00',
      endTime: '2021-07-16 11:30:00',
      status: 'booked',
    };
    const zoned = { ...row, id: 'a2', startTime: '2021-07-16T11:00:00-05:00', appointmentStatus: 'confirmed' };
    const [local, instant] = read(listAppointments('c'), { events: [row, zoned] });
    expect(local).toMatchObject({ startTime: '2021-07-16 11:00:00', startsAt: undefined, status: 'booked' });
    expect(instant).toMatchObject({ startsAt: Date.UTC(2021, 6, 16, 16), status: 'confirmed' });
  });

  test('templates: those that have a body', () => {
    const mail = {
      id: 'x1',
      name: 'Welcome',
      type: 'email',
      template: { subject: 'Hi', html: '<p>Hi</p>', attachments: [] },
    };
    const templates = [mail, { id: 'x2', type: 'sms', template: { body: 'sms' } }, { id: 'x3' }];
    expect(read(listTemplates('L'), { templates, totalCount: 3 })).toEqual([
      { id: 'x1', name: 'Welcome', subject: 'Hi', html: '<p>Hi</p>' },
    ]);
  });

  test('links escape what stands in them', () => {
    expect(contactLink('L', 'c/1')).toBe('https://app.gohighlevel.com/v2/location/L/contacts/detail/c%2F1');
    expect(opportunityLink('L', 'o&1')).toBe(
      'https://app.gohighlevel.com/v2/location/L/opportunities/list?opportunity=o%261',
    );
  });
});

describe('uploads (highlevel 5.7)', () => {
  test.each([
    ['a.pdf', 'application/pdf', 10, undefined],
    ['A.PDF', '', 10, undefined],
    ['a.pdf', 'application/pdf', UPLOAD_LIMIT, undefined],
    ['a.pdf', 'application/pdf', UPLOAD_LIMIT + 1, 'too-large'],
    ['a.exe', 'application/pdf', 10, 'type-refused'],
    ['a.pdf.exe', 'application/pdf', 10, 'type-refused'],
    ['', 'image/png', 10, undefined],
    ['image001', 'image/png; name=x', 10, undefined],
    ['message.eml', 'message/rfc822', 10, 'type-refused'],
    ['invite.ics', 'text/calendar', 10, undefined],
    ['noending', 'application/x-unknown', 10, 'type-refused'],
  ])('%p of %p with %d bytes: %p', (name, type, size, refusal) => {
    expect(uploadRefusal(name, type, size)).toBe(refusal);
  });

  test('a file without an ending gets that of its type', () => {
    expect(uploadName('', 'image/png')).toBe('file.png');
    expect(uploadName('image001', 'image/jpeg')).toBe('image001.jpg');
    expect(uploadName('a.exe', 'image/png')).toBe('a.exe');
    expect(uploadName('x', 'application/x-unknown')).toBe('x');
  });

  const blob = blobOf(Buffer.from('x'), 'image/png', 'x.png');
  const target = { locationId: 'L', conversationId: 'v', contactId: 'c' };

  test('the address that comes back, whatever name it comes under', () => {
    const url = 'https://storage.leadconnectorhq.com/files/d/s';
    expect(read(uploadFile(target, blob), { uploadedFiles: { 'x_renamed.png': url } })).toBe(url);
    expect(read(uploadMedia(blob, 'x.png'), { fileId: 'f', url })).toBe(url);
    for (const body of [{}, { uploadedFiles: {} }, { uploadedFiles: { x: 'javascript:x' } }, { uploadedFiles: [] }]) {
      expect(() => read(uploadFile(target, blob), body)).toThrow(Unreadable);
    }
  });
});

describe('OAuth (highlevel 2.1, 2.2)', () => {
  const consent = {
    clientId: 'id-1',
    redirectUri: 'https://script.google.com/macros/d/x/usercallback',
    scopes: ['a.b', 'c/d.e'],
    state: 's+1',
  };

  test('the consent page’s address', () => {
    const url = new URL(authorizeUrl(consent));
    expect(url.origin + url.pathname).toBe('https://marketplace.gohighlevel.com/v2/oauth/chooselocation');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{
        response_type: 'code',
        client_id: 'id-1',
        redirect_uri: consent.redirectUri,
        scope: 'a.b c/d.e',
        state: 's+1',
      },
    });
  });

  test('an installation address of the app’s own keeps what it has', () => {
    const own = 'https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation?client_id=other&version_id=v9&scope=x';
    const { searchParams } = new URL(authorizeUrl({ ...consent, url: own }));
    expect(searchParams.getAll('client_id')).toEqual(['other']);
    expect(searchParams.get('scope')).toBe('x');
    expect([searchParams.get('version_id'), searchParams.get('state')]).toEqual(['v9', 's+1']);
  });

  const code = exchangeCode({ clientId: 'id-1', clientSecret: 's' }, 'code', consent.redirectUri);
  const wanted = {
    ...{ accessToken: 'access-12345', refreshToken: 'refresh-12345', expiresInMs: 86_399_000, scopes: ['a.b', 'c.d'] },
    ...{ userType: 'Location', locationId: 'L', companyId: 'co', userId: 'u1' },
  };

  test('the pair in snake case, and in camel case', () => {
    const ids = { userType: 'Location', locationId: 'L', companyId: 'co', userId: 'u1', scope: 'a.b c.d' };
    const snake = { ...ids, access_token: 'access-12345', refresh_token: 'refresh-12345', expires_in: 86399 };
    const camel = { ...ids, accessToken: 'access-12345', refreshToken: 'refresh-12345', expiresIn: 86399 };
    expect(read(code, snake)).toEqual(wanted);
    expect(read(code, camel)).toEqual(wanted);
    expect(read(code, { ...snake, expires_in: undefined }).expiresInMs).toBe(86_399_000);
    expect(read(code, { ...snake, locationId: undefined, userType: 'Company' })).toMatchObject({
      locationId: '',
      userType: 'Company',
    });
    for (const hole of [{ access_token: '' }, { refresh_token: undefined }, { access_token: 'a b c d e f g h' }]) {
      expect(() => read(code, { ...snake, ...hole })).toThrow(Unreadable);
    }
  });
});

test('the CRM’s pace, as far as it says it (highlevel 1)', () => {
  const headers = {
    ...{ 'x-ratelimit-max': '100', 'x-ratelimit-remaining': '99', 'x-ratelimit-interval-milliseconds': '10000' },
    ...{ 'x-ratelimit-limit-daily': '200000', 'x-ratelimit-daily-remaining': '199999' },
    date: 'Mon, 23 Nov 2026 12:00:00 GMT',
  };
  expect(readPace(answer(200, {}, headers))).toEqual({
    ...{ max: 100, remaining: 99, intervalMs: 10_000, dailyLimit: 200_000, dailyRemaining: 199_999 },
    now: Date.UTC(2026, 10, 23, 12),
  });
  expect(readPace(answer(200, {}, { 'x-ratelimit-remaining': 'many', date: 'today' }))).toEqual({});
});

test.each([
  [{ kind: 'done', value: 1 }, 'granted'],
  [refused('crm.not-found'), 'granted'],
  [refused('crm.bad-request'), 'granted'],
  [refused('crm.refused'), 'unknown'],
  [{ kind: 'denied', failure: { code: 'crm.scope-missing', status: 401, detail: '' } }, 'missing'],
  [{ kind: 'denied', failure: { code: 'crm.auth-class', status: 401, detail: '' } }, 'unknown'],
  [{ kind: 'unknown', failure: { code: 'crm.unavailable', status: 503, detail: '' } }, 'unknown'],
] as const)('C2: %j says of a scope: %s', (outcome, verdict) => expect(scopeVerdict(outcome)).toBe(verdict));

function refused(code: string) {
  return { kind: 'refused', failure: { code, status: 400, detail: '' } } as const;
}

function read<T>(exchange: Exchange<T>, body: unknown): T {
  return exchange.read(answer(200, body));
}

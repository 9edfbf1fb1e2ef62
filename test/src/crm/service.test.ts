/** The client against the emulated CRM: each exchange does there what it is for, in every form that the CRM may answer in. */
import { listAppointments } from '../../../src/crm/appointments';
import { createContact, distinct, findByEmail, getContact } from '../../../src/crm/contacts';
import { createConversation, searchByContact } from '../../../src/crm/conversations';
import { createCustomValue, listCustomValues, updateCustomValue } from '../../../src/crm/custom-values';
import { getEmail } from '../../../src/crm/emails';
import { fetchFile } from '../../../src/crm/files';
import { getLocation } from '../../../src/crm/locations';
import { MEDIA_LIMIT, uploadMedia } from '../../../src/crm/medias';
import { exportEmails, getThread, listEmailThreads, listMessages } from '../../../src/crm/messages';
import { createNote, listNotes } from '../../../src/crm/notes';
import { authorizeUrl, exchangeCode, refreshTokens } from '../../../src/crm/oauth';
import {
  createOpportunity,
  listOpportunities,
  moveOpportunity,
  setOpportunityStatus,
} from '../../../src/crm/opportunities';
import { listPipelines } from '../../../src/crm/pipelines';
import { SCOPES, scopeProbes, scopeVerdict } from '../../../src/crm/probes';
import { logMessage } from '../../../src/crm/push';
import { setEmailStatus } from '../../../src/crm/status';
import { completeTask, createTask, listTasks } from '../../../src/crm/tasks';
import { listTemplates } from '../../../src/crm/templates';
import type { Push } from '../../../src/crm/types';
import { UPLOAD_LIMIT, UPLOAD_TYPES, uploadFile } from '../../../src/crm/uploads';
import { listOwnSyncUsers, listUsers, ownSyncOf, searchUsers } from '../../../src/crm/users';
import { blobOf } from './answers';
import { Service, valueOf } from './service';

const HOUR = 3_600_000;
let service: Service;
let L: string;

beforeEach(() => {
  service = new Service();
  L = service.world.locationId;
});

const set = (switches: Partial<Service['world']['switches']>) => Object.assign(service.world.switches, switches);

describe('threads and e-mails', () => {
  test.each([
    {},
    { listMessagesShape: 'flat', emailShape: 'flat' },
    { metaShape: 'email.email' },
    { exportDateUpdated: false, omitSource: true, omitUserId: true, altIdInEmail: false },
    { timePrecision: 's', fromForm: 'upper', acceptRequired: true },
    { bulkAsCampaign: true },
  ])('highlevel 5: what was sent is exported, listed and read, with %j', (switches) => {
    set(switches);
    const { world } = service;
    const kind = world.switches.bulkAsCampaign ? 'bulk' : 'individual';
    const sent = world.write({ kind, html: '<p>Dear Ann, <b>hello</b></p>' });
    const page = service.get(exportEmails({ locationId: L }));
    expect(page).toMatchObject({ unreadable: 0, now: world.clock.now });
    expect(page.threads.map(({ id, emailIds }) => [id, emailIds])).toEqual([[sent.threadId, [sent.emailMessageId]]]);
    expect(page.threads[0]).toMatchObject({
      contactId: world.ann.id,
      conversationId: sent.conversationId,
      locationId: L,
    });
    expect(service.get(getThread(sent.threadId))).toEqual(page.threads[0]);
    expect(service.get(listEmailThreads(sent.conversationId))).toEqual(page.threads);
    const email = service.get(getEmail(sent.emailMessageId));
    expect(email).toMatchObject({
      ...{ id: sent.emailMessageId, threadId: sent.threadId, direction: 'outbound', subject: 'Offer' },
      ...{ body: '<p>Dear Ann, <b>hello</b></p>', to: ['ann@outside.example'], locationId: L },
    });
    expect(email.from.toLowerCase()).toContain('agent@example.com');
  });

  test('pages of the export: each thread once, and a cursor that died says so', () => {
    for (let i = 0; i < 25; i++) service.world.write({ subject: `Offer ${i}` });
    const ids = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = service.get(exportEmails({ locationId: L, limit: 10, cursor }));
      for (const { id } of page.threads) ids.add(id);
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect([ids.size, pages]).toEqual([25, 3]);

    const first = service.get(exportEmails({ locationId: L, limit: 10 }));
    service.world.clock.advance(121_000);
    const late = service.ask(exportEmails({ locationId: L, limit: 10, cursor: first.nextCursor }));
    expect(late).toMatchObject({ kind: 'refused', failure: { code: 'crm.cursor-expired' } });
  });

  test('pages of a conversation', () => {
    const sent = Array.from({ length: 103 }, () => service.world.write());
    const first = service.get(listMessages(sent[0].conversationId));
    const second = service.get(listMessages(sent[0].conversationId, first.lastMessageId));
    expect([first.threads.length, second.threads.length, second.lastMessageId]).toEqual([100, 3, undefined]);
  });

  test('what is not there, and a container’s id where an e-mail’s belongs', () => {
    const { threadId } = service.world.write();
    for (const exchange of [getEmail(threadId), getEmail('nothere'), getThread('nothere')]) {
      expect(service.ask<unknown>(exchange)).toMatchObject({ kind: 'refused', failure: { code: 'crm.not-found' } });
    }
    expect(service.ask(listMessages('nothere'))).toMatchObject({ kind: 'refused', failure: { code: 'crm.not-found' } });
  });
});

describe('pushes (highlevel 5.5; X5)', () => {
  const push = (more: Partial<Push> = {}): Push => {
    const sent = service.world.write();
    return {
      ...{ conversationId: sent.conversationId, contactId: service.world.ann.id, direction: 'inbound' },
      ...{
        inReplyToEmailId: sent.emailMessageId,
        altId: '<reply-1@outside.example>',
        subject: 'Re: Offer',
        html: '<p>Yes</p>',
      },
      ...{ from: 'ann@outside.example', to: 'agent@example.com', cc: ['cem@outside.example'], bcc: [] },
      ...{ date: service.world.clock.now - HOUR, attachments: [] },
      ...more,
    };
  };

  test.each([{}, { inboundHttpStatus: 200 }, { timePrecision: 's' }])(
    'logged in its thread, and nothing is sent: %j',
    (switches) => {
      set(switches);
      const given = push();
      const before = service.world.sent.length;
      const pushed = service.get(logMessage(given));
      expect(service.world.sent).toHaveLength(before);
      expect(service.get(getThread(pushed.threadId)).emailIds).toEqual([given.inReplyToEmailId, pushed.emailId]);
      expect(service.get(getEmail(pushed.emailId))).toMatchObject({
        ...{
          threadId: pushed.threadId,
          conversationId: given.conversationId,
          direction: 'inbound',
          altId: given.altId,
        },
        ...{ subject: 'Re: Offer', body: '<p>Yes</p>', from: 'ann@outside.example', to: ['agent@example.com'] },
        ...{ cc: ['cem@outside.example'], dateAdded: given.date, source: 'api' },
      });
    },
  );

  test('outbound, from the connected address', () => {
    const given = push({
      direction: 'outbound',
      from: 'agent@example.com',
      to: 'ann@outside.example',
      bcc: ['boss@example.com'],
    });
    const { emailId } = service.get(logMessage(given));
    expect(service.get(getEmail(emailId))).toMatchObject({
      ...{ direction: 'outbound', from: 'agent@example.com', to: ['ann@outside.example'], bcc: ['boss@example.com'] },
    });
  });

  test.each([
    [{ inboundNeedsProvider: true }, 'crm.provider-needed'],
    [{ refuseDuplicateAltId: true }, 'crm.duplicate-message'],
  ])('refused by a stricter CRM: %j', (switches, code) => {
    service.get(logMessage(push()));
    set(switches);
    expect(service.ask(logMessage(push()))).toMatchObject({ kind: 'refused', failure: { code } });
  });

  test('to a contact that is gone', () => {
    const given = push({ contactId: 'gone', conversationId: 'gone' });
    expect(service.ask(logMessage(given))).toMatchObject({ kind: 'refused', failure: { code: 'crm.not-found' } });
  });
});

describe('files (highlevel 5.7, 0.11)', () => {
  const file = { name: 'plan.pdf', type: 'application/pdf', base64: Buffer.from([1, 200, 3]).toString('base64') };
  const attached = () => {
    const { emailMessageId } = service.world.write({ attachments: [file] });
    return service.get(getEmail(emailMessageId)).attachments[0];
  };

  test.each([
    ['at once', 0, 1],
    ['after its hour, through the CRM', 2 * HOUR, 3],
  ])('an attachment is read %s, and the token goes to the API alone', (_, wait, requests) => {
    const url = attached();
    service.world.clock.advance(wait);
    service.log.length = 0;
    expect(valueOf(service.run(fetchFile(url)))).toMatchObject({ bytes: [1, -56, 3], name: 'plan.pdf' });
    expect(service.log).toHaveLength(requests);
    for (const { url: asked, authorization } of service.log) {
      expect(authorization !== undefined).toBe(asked.startsWith('https://services.leadconnectorhq.com/'));
    }
  });

  test('without files.readonly the old file is denied, not gone', () => {
    const url = attached();
    service.world.clock.advance(2 * HOUR);
    service.token = service.world.crm.createPrivateToken(['conversations/message.readonly']);
    expect(service.run(fetchFile(url))).toMatchObject({ kind: 'denied', failure: { code: 'crm.scope-missing' } });
  });

  const target = () => {
    const { conversationId } = service.world.write();
    return { locationId: L, conversationId, contactId: service.world.ann.id };
  };

  test('an upload can be read again', () => {
    const url = service.get(uploadFile(target(), blobOf(Buffer.from([9, 255]), 'image/png', 'a b.png')));
    expect(valueOf(service.run(fetchFile(url))).bytes).toEqual([9, -1]);
  });

  test('every type that is said to be taken is taken, the limit is the limit, and the rest is refused', () => {
    const where = target();
    for (const ending of UPLOAD_TYPES) {
      expect(service.ask(uploadFile(where, blobOf(Buffer.from('x'), undefined, `f.${ending}`))).kind).toBe('done');
    }
    const exe = service.ask(uploadFile(where, blobOf(Buffer.from('x'), undefined, 'f.exe')));
    expect(exe).toMatchObject({ kind: 'refused', failure: { code: 'crm.type-refused' } });
    const largest = Buffer.alloc(UPLOAD_LIMIT);
    expect(service.ask(uploadFile(where, blobOf(largest, 'image/png', 'f.png'))).kind).toBe('done');
    const larger = service.ask(uploadFile(where, blobOf(Buffer.alloc(UPLOAD_LIMIT + 1), 'image/png', 'f.png')));
    expect(larger).toMatchObject({ kind: 'refused', failure: { code: 'crm.too-large' } });
  });

  test('M3: media storage takes what the upload does not, up to its own limit', () => {
    const url = service.get(uploadMedia(blobOf(Buffer.from([7]), 'application/x-msdownload', 'f.exe'), 'f.exe'));
    expect(valueOf(service.run(fetchFile(url))).bytes).toEqual([7]);
    const larger = service.ask(uploadMedia(blobOf(Buffer.alloc(MEDIA_LIMIT + 1), 'text/plain', 'f'), 'f'));
    expect(larger).toMatchObject({ kind: 'refused', failure: { code: 'crm.too-large' } });
  });
});

describe('contacts and conversations', () => {
  const find = (email: string) => distinct(findByEmail(L, email).flatMap((exchange) => service.get(exchange)));

  test('found by address, whatever its case; nobody for an unknown one', () => {
    service.world.clock.advance(HOUR);
    expect(find('ann@outside.example').map(({ id, name }) => [id, name])).toEqual([
      [service.world.ann.id, 'Ann Other'],
    ]);
    expect(find('bob@outside.example').map(({ id }) => id)).toEqual([service.world.bob.id]);
    expect(find('nobody+x@outside.example')).toEqual([]);
  });

  test('highlevel 4.1: a new contact is found at once, though the search lags behind', () => {
    const made = service.get(createContact(L, { name: 'Dee Lee', email: 'dee@outside.example', companyName: 'Acme' }));
    expect(find('dee@outside.example').map(({ id }) => id)).toEqual([made.id]);
    expect(service.get(getContact(made.id))).toMatchObject({ name: 'Dee Lee', company: 'Acme', doNotEmail: false });
  });

  test('a second one is refused with the first one’s id', () => {
    const again = service.ask(createContact(L, { email: 'ann@outside.example' }));
    expect(again).toMatchObject({
      kind: 'refused',
      failure: { code: 'crm.duplicate-contact', existingId: service.world.ann.id },
    });
  });

  test('one conversation a contact', () => {
    const { ann } = service.world;
    expect(service.get(searchByContact(L, ann.id))).toEqual([]);
    const made = service.get(createConversation(L, ann.id));
    expect(service.get(searchByContact(L, ann.id))).toEqual([{ id: made.id, contactId: ann.id }]);
    const again = service.ask(createConversation(L, ann.id));
    expect(again).toMatchObject({ failure: { code: 'crm.conversation-exists', existingId: made.id } });
  });
});

describe('who is who', () => {
  test('the location, and another one', () => {
    expect(service.get(getLocation(L))).toMatchObject({ id: L, name: 'Acme', timeZone: 'Europe/Berlin' });
    expect(service.ask(getLocation('other'))).toMatchObject({
      kind: 'denied',
      failure: { code: 'crm.location-refused' },
    });
  });

  test('users: searched, and listed where the search is refused', () => {
    const { companyId } = service.get(getLocation(L));
    const { agent, colleague } = service.world;
    const search = searchUsers({ companyId, locationId: L, text: 'agent@example.com' });
    expect(service.get(search).map(({ id }) => id)).toEqual([agent.id]);
    set({ usersSearch: 'E-102' });
    expect(service.ask(search)).toMatchObject({ kind: 'denied', failure: { code: 'crm.auth-class' } });
    expect(service.get(listUsers(L)).map(({ id }) => id)).toEqual([agent.id, colleague.id]);
    expect(service.get(listUsers(L)).map(({ assignedDataOnly }) => assignedDataOnly)).toEqual([false, true]);
  });

  test.each([
    ['works', 'agent', 'on'],
    ['works', 'nobody', 'off'],
    ['works', 'colleague', 'off'],
    ['works', 'both', 'unknown'],
    ['ignored', 'agent', 'unknown'],
    ['refused', 'agent', 'unknown'],
  ])('C3: the CRM’s own sync, where the filter %s and it is on for %s: %s', (enabled2waySyncFilter, who, verdict) => {
    const { agent, colleague } = service.world;
    const on = { agent: [agent], colleague: [colleague], both: [agent, colleague], nobody: [] }[who] ?? [];
    set({ enabled2waySyncFilter, nativeSyncUsers: on.map(({ id }) => id).join(',') });
    const { companyId } = service.get(getLocation(L));
    const synced = service.ask(listOwnSyncUsers(companyId, L));
    expect(ownSyncOf(agent.id, synced, service.get(listUsers(L)))).toBe(verdict);
  });

  test('C6: a claim laid, read back and changed', () => {
    const made = service.get(createCustomValue(L, 'Threadlink mailbox u1', '1 abc hash'));
    service.get(updateCustomValue(L, { ...made, value: '2 def hash' }));
    expect(service.get(listCustomValues(L))).toEqual([{ ...made, value: '2 def hash' }]);
  });
});

describe('the token (C2, C5)', () => {
  test('all scopes that are asked for are granted, and each that is missing is found', () => {
    const verdicts = () => scopeProbes(L).map(({ scope, exchange }) => [scope, scopeVerdict(service.ask(exchange))]);
    expect(verdicts().filter(([, verdict]) => verdict !== 'granted')).toEqual([]);
    for (const { scope } of scopeProbes(L)) {
      service.token = service.world.crm.createPrivateToken(SCOPES.filter((other) => other !== scope));
      expect(verdicts().filter(([, verdict]) => verdict !== 'granted')).toEqual([[scope, 'missing']]);
    }
  });

  test('probing changes nothing', () => {
    const before = JSON.stringify(plain(service.world.crm.snapshot()));
    for (const { exchange } of scopeProbes(L)) service.ask(exchange);
    expect(JSON.stringify(plain(service.world.crm.snapshot()))).toBe(before);
  });

  test('a token that is none, and one that was taken back', () => {
    service.token = 'pit-wrong';
    expect(service.ask(getLocation(L))).toMatchObject({ kind: 'denied', failure: { code: 'crm.token-invalid' } });
    service.token = service.world.token;
    service.world.crm.revokeToken(service.token);
    expect(service.ask(getLocation(L))).toMatchObject({ kind: 'denied', failure: { code: 'crm.token-invalid' } });
  });

  test('highlevel 1: too many requests, and how long to wait', () => {
    set({ rateLimitBurst: 3 });
    for (let i = 0; i < 3; i++) service.get(getLocation(L));
    const outcome = service.ask(getLocation(L));
    expect(outcome).toMatchObject({ kind: 'later', failure: { code: 'crm.rate-limited' } });
    if (outcome.kind === 'later') service.world.clock.advance(outcome.retryAfterMs);
    expect(service.ask(getLocation(L)).kind).toBe('done');
  });
});

describe('OAuth (highlevel 2.2; C5)', () => {
  const redirectUri = 'https://script.google.com/macros/d/x/usercallback';

  function authorize(): string {
    const { clientId } = service.world.crm.app();
    const scopes = ['conversations/message.readonly', 'conversations/message.write'];
    const url = new URL(authorizeUrl({ clientId, redirectUri, scopes, state: 'st' }));
    const approve = `${url.pathname}/approve${url.search}&user_id=${service.world.agent.id}`;
    const { headers } = service.world.ask('GET', approve, { host: url.host, token: '' });
    return new URL(headers.location).searchParams.get('code') ?? '';
  }

  test.each(['message', 'error_description'])(
    'a code gives a pair, a refresh token the next one, once (%s)',
    (form) => {
      set({ oauthErrorForm: form });
      service.token = '';
      const client = service.world.crm.app();
      const pair = service.get(exchangeCode(client, authorize(), redirectUri));
      expect(pair).toMatchObject({
        locationId: L,
        userId: service.world.agent.id,
        userType: 'Location',
        expiresInMs: 86_399_000,
      });
      expect(pair.scopes).toEqual(['conversations/message.readonly', 'conversations/message.write']);
      const next = service.get(refreshTokens(client, pair.refreshToken));
      expect(next.refreshToken).not.toBe(pair.refreshToken);
      const used = service.ask(refreshTokens(client, pair.refreshToken));
      expect(used).toMatchObject({ kind: 'denied', failure: { code: 'crm.grant-invalid' } });

      set({ locationActive: false });
      const paused = service.ask(refreshTokens(client, next.refreshToken));
      expect(paused).toMatchObject({ kind: 'later', failure: { code: 'crm.location-inactive' } });
      set({ locationActive: true });
      service.token = service.get(refreshTokens(client, next.refreshToken)).accessToken;
      expect(service.ask(exportEmails({ locationId: L })).kind).toBe('done');
      service.world.clock.advance(25 * HOUR);
      expect(service.ask(exportEmails({ locationId: L }))).toMatchObject({ failure: { code: 'crm.token-expired' } });
    },
  );

  test('wrong app', () => {
    const client = { ...service.world.crm.app(), clientSecret: 'wrong' };
    const outcome = service.ask(refreshTokens(client, 'x'));
    expect(outcome).toMatchObject({ kind: 'denied', failure: { code: 'crm.client-invalid' } });
  });

  test('highlevel 5.8: the status of a mail that the add-on’s provider has to send', () => {
    const pair = service.get(exchangeCode(service.world.crm.app(), authorize(), redirectUri));
    const { threadId, emailMessageId: emailId } = service.world.write({ channel: 'gmail' });
    const failed = setEmailStatus({ threadId, emailId, status: 'failed', reason: 'no such user' });
    expect(service.get(getEmail(emailId))).toMatchObject({ status: 'pending', provider: 'custom' });
    expect(service.ask(failed)).toMatchObject({ kind: 'refused', failure: { code: 'crm.not-provider' } });
    service.token = pair.accessToken;
    expect(service.ask(failed)).toMatchObject({ kind: 'later', failure: { code: 'crm.status-not-ready' } });
    service.world.clock.advance(10_000);
    service.get(failed);
    expect(service.get(getEmail(emailId))).toMatchObject({ status: 'failed', error: 'no such user' });
    service.get(setEmailStatus({ threadId, emailId, status: 'delivered' }));
    expect(service.get(getEmail(emailId)).status).toBe('delivered');
  });
});

describe('the sidebar’s records (S4, S5)', () => {
  test('opportunities are seen, added and moved', () => {
    const { ann, crm } = service.world;
    crm.addRecord('pipeline', { name: 'Sales', stages: ['New', 'Won'] });
    const [pipeline] = service.get(listPipelines(L));
    const [first, second] = pipeline.stages;
    const made = service.get(
      createOpportunity({
        locationId: L,
        contactId: ann.id,
        pipelineId: pipeline.id,
        stageId: first.id,
        name: 'Deal',
        value: 20,
      }),
    );
    expect(service.get(moveOpportunity(made.id, pipeline.id, second.id)).stageId).toBe(second.id);
    service.get(setOpportunityStatus(made.id, 'won'));
    const wanted = { id: made.id, name: 'Deal', value: 20, status: 'won', stageId: second.id };
    expect(service.get(listOpportunities(L, ann.id))).toMatchObject([wanted]);
    expect(service.get(listOpportunities(L, service.world.bob.id))).toEqual([]);
  });

  test.each(['plain', 'html'])('tasks, notes (%s) and appointments', (noteBody) => {
    set({ noteBody });
    const { ann, crm, agent, clock } = service.world;
    const task = service.get(createTask(ann.id, { title: 'Call', dueAt: clock.now + HOUR, assignedTo: agent.id }));
    service.get(completeTask(ann.id, task.id));
    expect(service.get(listTasks(ann.id))).toEqual([{ ...task, completed: true }]);
    const note = service.get(createNote(ann.id, 'Likes tea', agent.id));
    expect(service.get(listNotes(ann.id))).toEqual([note]);
    expect(note.body).toContain('Likes tea');
    crm.addRecord('appointment', {
      contactId: ann.id,
      title: 'Demo',
      startTime: '2026-03-05T10:00:00Z',
      endTime: '2026-03-05T11:00:00Z',
    });
    expect(service.get(listAppointments(ann.id))).toMatchObject([{ title: 'Demo' }]);
  });

  test('templates with their bodies', () => {
    service.world.crm.addRecord('template', {
      name: 'Welcome',
      subject: 'Hi',
      html: '<p>Hi {{contact.first_name}}</p>',
    });
    expect(service.get(listTemplates(L))).toMatchObject([
      { name: 'Welcome', subject: 'Hi', html: '<p>Hi {{contact.first_name}}</p>' },
    ]);
  });
});

/** Maps as entries, without what counts requests. */
function plain(value: unknown, name = ''): unknown {
  if (name === 'requests' || name === 'rates' || name === 'exportCursors') return undefined;
  if (value instanceof Map) return [...value].map((entry) => plain(entry));
  if (value instanceof Set) return [...value];
  if (Array.isArray(value)) return value.map((entry) => plain(entry));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, key)]));
}

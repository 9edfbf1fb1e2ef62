/**
 * The emulated HighLevel CRM: its REST API, its consent page, the host of its attachments, its mailboxes, and what
 * its screens do. Everything it knows of the real one is cited where it is done.
 */
import type { Clock } from '../core/clock';
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../core/http';
import type { Ids } from '../core/ids';
import type { Delivered, Envelope, SendMail } from '../core/network';
import type {
  CrmContactRecord,
  CrmEmailRecord,
  CrmSend,
  CrmSent,
  CrmUserRecord,
  HighLevelService,
} from '../core/services';
import { ALL_SCOPES } from './api/scopes';
import { serveApi } from './api/serve';
import { copyOf } from './copy';
import { CrmRefusal, keep, keepJson, locationOf, newId, type Crm, type LeaveInSent } from './crm';
import { serveStorage } from './files/storage-host';
import { API_HOST, MAIL_DOMAIN, MARKETPLACE_HOSTS, STORAGE_HOST } from './hosts';
import { accepts, receive } from './mail/receive';
import { retryFailed, sendFromScreens } from './mail/screens';
import { changeStatus } from './mail/store';
import { settle } from './mail/transport';
import { newPrivateToken, registerApp } from './oauth/apps';
import { uninstallApp } from './oauth/installations';
import { serveMarketplace } from './oauth/consent';
import { newAppointment } from './records/calendars';
import { nameOf } from './records/contact-fields';
import { createContact } from './records/contact-store';
import { mergeContacts } from './records/merge';
import { newOpportunity } from './records/opportunities';
import { newTemplate } from './records/templates';
import { ROUTER } from './routes';
import { emptyState, type Contact, type Json, type State, type User } from './state';
import type { HighLevelSwitches } from './switches';

export class HighLevel implements HighLevelService {
  readonly hosts: readonly string[] = [API_HOST, ...MARKETPLACE_HOSTS, STORAGE_HOST];
  private readonly crm: Crm & { state: State };

  constructor(parts: {
    clock: Clock;
    ids: Ids;
    switches: () => HighLevelSwitches;
    send: SendMail;
    leaveInSent?: LeaveInSent;
  }) {
    const { clock, ids, switches, send, leaveInSent } = parts;
    this.crm = {
      state: emptyState(),
      clock,
      ids,
      get switches() {
        return switches();
      },
      send,
      ...(leaveInSent === undefined ? {} : { leaveInSent }),
    };
  }

  readonly handle = (request: EmulatedRequest): EmulatedResponse => {
    try {
      settle(this.crm);
      if (request.host === API_HOST) return serveApi(this.crm, ROUTER, request);
      if (request.host === STORAGE_HOST) return serveStorage(this.crm, request);
      if ((MARKETPLACE_HOSTS as readonly string[]).includes(request.host)) return serveMarketplace(this.crm, request);
      return jsonResponse(404, { statusCode: 404, message: `no such host: ${request.host}`, error: 'Not Found' });
    } catch {
      return jsonResponse(500, { statusCode: 500, message: 'Internal server error' });
    }
  };

  accepts(address: string): boolean {
    return accepts(this.crm, address);
  }

  receive(to: string, envelope: Envelope): Delivered {
    settle(this.crm);
    const email = receive(this.crm, to, envelope.raw);
    return { account: to, ...(email === undefined ? {} : { id: email.id, threadId: email.threadId }) };
  }

  send(send: CrmSend): CrmSent {
    settle(this.crm);
    return sendFromScreens(this.crm, send);
  }

  /** "Retry" on a failed mail: a new mail with a new id; the failed one is gone (facts, reliability S15). */
  retry(emailMessageId: string): CrmSent {
    settle(this.crm);
    return retryFailed(this.crm, emailMessageId);
  }

  /** Merges one contact into another: its threads move over, and it is gone (facts, highlevel 10 R6). */
  mergeContacts(keptId: string, goneId: string): void {
    mergeContacts(this.crm, keptId, goneId);
  }

  /** What the CRM notices of a mail that it sent: `opened`, `clicked`, `failed`, … (facts, highlevel 6, tracking). */
  track(emailMessageId: string, status: string, error?: string): void {
    if (changeStatus(this.crm, emailMessageId, status, error) === undefined) {
      throw new CrmRefusal(`there is no e-mail ${emailMessageId}`);
    }
  }

  createLocation({ name, timezone }: { name: string; timezone: string }): string {
    const { crm } = this;
    if (crm.state.location !== undefined) throw new CrmRefusal('this world has its location already');
    const local = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    const email = `${local === '' ? 'office' : local}@${MAIL_DOMAIN}`;
    crm.state.location = Object.freeze({ id: newId(crm), companyId: newId(crm), name, timezone, email });
    registerApp(crm);
    newPrivateToken(crm, ALL_SCOPES);
    return crm.state.location.id;
  }

  addUser(user: { name: string; email: string; phone?: string; assignedDataOnly?: boolean }): CrmUserRecord {
    const { crm } = this;
    const [firstName, ...rest] = user.name.split(' ');
    const row = keep<User>(crm.state.users, {
      id: newId(crm),
      firstName,
      lastName: rest.join(' '),
      name: user.name,
      email: user.email,
      phone: user.phone ?? '',
      assignedDataOnly: user.assignedDataOnly ?? false,
      role: crm.state.users.size === 0 ? 'admin' : 'user',
    });
    return { id: row.id, name: row.name, email: row.email };
  }

  addContact(contact: Readonly<Record<string, unknown>> & { name: string; email: string }): CrmContactRecord {
    const { crm } = this;
    const row = createContact(crm, contact);
    // It was there before the story begins: no index lags behind it.
    crm.state.contactIndex.rows.set(row.id, row);
    return brief(row);
  }

  addRecord(
    kind: 'pipeline' | 'opportunity' | 'task' | 'note' | 'appointment' | 'calendar' | 'template',
    record: Json,
  ): { id: string } {
    const { crm } = this;
    return { id: String(added(crm, kind, record)['id']) };
  }

  describe(): ReturnType<HighLevelService['describe']> {
    const { state } = this.crm;
    const token = [...state.tokens.values()].find(({ kind }) => kind === 'private');
    return {
      locationId: locationOf(this.crm).id,
      token: token?.token ?? '',
      providerId: state.app?.providerId ?? '',
      users: [...state.users.values()].map(({ id, name, email }) => ({ id, name, email })),
      contacts: [...state.contacts.values()].map(brief),
    };
  }

  emails(): CrmEmailRecord[] {
    return [...this.crm.state.emails.values()];
  }

  /** The add-on's marketplace app, for the script properties of the add-on. */
  app(): { appId: string; clientId: string; clientSecret: string; providerId: string; authorizeUrl: string } {
    const { app } = this.crm.state;
    if (app === undefined) throw new CrmRefusal('this world has no location yet');
    const { id, clientId, clientSecret, providerId } = app;
    const authorizeUrl = `https://${MARKETPLACE_HOSTS[0]}/v2/oauth/chooselocation`;
    return { appId: id, clientId, clientSecret, providerId, authorizeUrl };
  }

  createPrivateToken(scopes: readonly string[] = ALL_SCOPES): string {
    return newPrivateToken(this.crm, scopes);
  }

  /** Edits the scopes of a private token, which keeps its text (facts, highlevel 2.4). */
  changeScopes(token: string, scopes: readonly string[]): void {
    const known = this.crm.state.tokens.get(token);
    if (known === undefined) throw new CrmRefusal('there is no such token');
    this.crm.state.tokens.set(token, Object.freeze({ ...known, scopes: Object.freeze([...scopes]) }));
  }

  /** Deletes or expires a token, as somebody in the CRM's settings would. */
  revokeToken(token: string): void {
    this.crm.state.tokens.delete(token);
  }

  /** Somebody uninstalls the app in the CRM: every token pair of it ends, for all users (facts, highlevel 2.5). */
  uninstallApp(): void {
    uninstallApp(this.crm);
  }

  snapshot(): State {
    return copyOf(this.crm.state);
  }

  restore(state: unknown): void {
    this.crm.state = copyOf(state as State);
  }
}

function brief(contact: Contact): CrmContactRecord {
  return { id: contact.id, name: nameOf(contact), email: contact.email };
}

function added(crm: Crm, kind: Parameters<HighLevelService['addRecord']>[0], record: Json): Json {
  const locationId = locationOf(crm).id;
  const now = new Date(crm.clock.now).toISOString();
  switch (kind) {
    case 'opportunity':
      return newOpportunity(crm, record);
    case 'appointment':
      return newAppointment(crm, record);
    case 'template':
      return newTemplate(crm, record);
    case 'pipeline':
      return keepJson(crm.state.pipelines, { id: newId(crm), locationId, ...record, stages: stages(crm, record) });
    case 'calendar':
      return keepJson(crm.state.calendars, { id: newId(crm), locationId, isActive: true, ...record });
    case 'task':
      return keepJson(crm.state.tasks, {
        id: newId(crm),
        body: '',
        assignedTo: null,
        completed: false,
        dueDate: now,
        ...record,
      });
    case 'note':
      return keepJson(crm.state.notes, { id: newId(crm), userId: null, dateAdded: now, ...record });
  }
}

/** Stages are untyped in the specification; practice is `{id, name, position}` (facts, highlevel 6). */
function stages(crm: Crm, record: Json): Json[] {
  const given = Array.isArray(record['stages']) ? (record['stages'] as unknown[]) : [];
  return given.map((stage, position) => {
    const own = typeof stage === 'string' ? { name: stage } : (stage as Json);
    return { id: newId(crm), position, ...own };
  });
}

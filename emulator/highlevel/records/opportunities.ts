/** Opportunities and pipelines (facts, highlevel 6). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import { iso, keepJson, locationOf, newId, stamp, type Crm } from '../crm';
import type { Contact, Json } from '../state';
import { nameOf } from './contact-fields';

const READ = 'opportunities.readonly';
const WRITE = 'opportunities.write';
const STATUSES = ['open', 'won', 'lost', 'abandoned', 'all'] as const;

export const OPPORTUNITY_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/opportunities/search', scope: READ, handle: search },
  { method: 'GET', path: '/opportunities/pipelines', scope: READ, handle: pipelines },
  { method: 'POST', path: '/opportunities', scope: WRITE, handle: create },
  { method: 'GET', path: '/opportunities/:id', scope: READ, handle: (call) => answer(call, opportunityIn(call)) },
  { method: 'PUT', path: '/opportunities/:id', scope: WRITE, handle: update },
  { method: 'PUT', path: '/opportunities/:id/status', scope: WRITE, handle: updateStatus },
  { method: 'DELETE', path: '/opportunities/:id', scope: WRITE, handle: remove },
];

/** Names are snake_case in the dated versions and camelCase in v3 (facts, highlevel 6). */
function search(call: Call): Reply {
  const { crm, query } = call;
  const name = (snake: string) =>
    call.v3 ? snake.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : snake;
  const fields = call.queryFields();
  fields.text(name('location_id'));
  const limit = fields.count('limit', 20, 1, 100);
  const page = fields.count('page', 1, 1, 1_000_000);
  const status = fields.oneOf('status', STATUSES) ?? 'all';
  fields.done();
  const text = (query.get('q') ?? '').toLowerCase();
  if (text.length > 75) throw badRequest('q must be shorter than or equal to 75 characters');
  const same = (row: Json, field: string, parameter: string) => {
    const wanted = query.get(name(parameter));
    return wanted === null || wanted === row[field];
  };
  const all = [...crm.state.opportunities.values()]
    .filter(
      (row) =>
        same(row, 'contactId', 'contact_id') &&
        same(row, 'pipelineId', 'pipeline_id') &&
        same(row, 'pipelineStageId', 'pipeline_stage_id') &&
        same(row, 'assignedTo', 'assigned_to') &&
        (status === 'all' || row['status'] === status) &&
        String(row['name']).toLowerCase().includes(text),
    )
    .sort((a, b) => (String(a['createdAt']) < String(b['createdAt']) ? 1 : -1));
  const afterId = query.get('startAfterId');
  const from = afterId === null ? (page - 1) * limit : all.findIndex((row) => row['id'] === afterId) + 1;
  const rows = all.slice(from, from + limit);
  const last = rows[rows.length - 1] as Json | undefined;
  const more = from + limit < all.length;
  return ok({
    opportunities: rows.map((row) => view(crm, row)),
    meta: {
      total: all.length,
      // May point to a host that cannot be reached from outside (facts, highlevel 6).
      nextPageUrl: more ? `http://opportunities.internal/opportunities/search?page=${page + 1}` : null,
      startAfterId: last?.['id'] ?? null,
      startAfter: last === undefined ? null : Date.parse(String(last['createdAt'])),
      currentPage: page,
      nextPage: more ? page + 1 : null,
      prevPage: page > 1 ? page - 1 : null,
    },
    aggregations: {},
    traceId: call.traceId,
  });
}

function pipelines(call: Call): Reply {
  const fields = call.queryFields();
  fields.text('locationId');
  fields.done();
  return ok({ pipelines: [...call.crm.state.pipelines.values()], traceId: call.traceId });
}

function create(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  fields.text('locationId');
  const name = fields.text('name');
  const status = fields.requiredOneOf('status', STATUSES);
  const contactId = fields.text('contactId');
  const pipelineId = fields.text('pipelineId');
  const changes = changesIn(call);
  if (!crm.state.contacts.has(contactId)) throw badRequest('Contact not found');
  const stage = changes['pipelineStageId'] ?? stagesOf(call, pipelineId)[0]?.['id'];
  checkStage(call, pipelineId, stage);
  const row = newOpportunity(crm, { ...changes, name, status, contactId, pipelineId, pipelineStageId: stage });
  return created({ opportunity: view(crm, row), traceId: call.traceId });
}

/** A row with the fields that the CRM itself fills in. */
export function newOpportunity(crm: Crm, given: Json): Json {
  const now = iso(stamp(crm));
  return keepJson(crm.state.opportunities, {
    id: newId(crm),
    locationId: locationOf(crm).id,
    monetaryValue: 0,
    assignedTo: null,
    status: 'open',
    source: null,
    customFields: [],
    followers: [],
    lastStatusChangeAt: now,
    lastStageChangeAt: now,
    lastActionDate: now,
    createdAt: now,
    updatedAt: now,
    ...given,
  });
}

function update(call: Call): Reply {
  const before = opportunityIn(call);
  const fields = call.fields();
  fields.only('pipelineId', 'name', 'pipelineStageId', 'status', 'monetaryValue', 'assignedTo', 'customFields');
  fields.done();
  const changes = changesIn(call);
  const after = { ...before, ...changes };
  checkStage(call, String(after['pipelineId']), after['pipelineStageId']);
  return answer(call, changed(call, before, changes));
}

function updateStatus(call: Call): Reply {
  const before = opportunityIn(call);
  const fields = call.fields();
  const status = fields.requiredOneOf('status', STATUSES);
  const lostReasonId = fields.string('lostReasonId');
  fields.done();
  changed(call, before, { status, ...(lostReasonId === undefined ? {} : { lostReasonId }) });
  return ok({ succeded: true, traceId: call.traceId });
}

function remove(call: Call): Reply {
  call.crm.state.opportunities.delete(String(opportunityIn(call)['id']));
  return ok({ succeded: true, traceId: call.traceId });
}

function changesIn(call: Call): Json {
  const fields = call.fields();
  const changes: Record<string, unknown> = {
    name: fields.string('name'),
    pipelineId: fields.string('pipelineId'),
    pipelineStageId: fields.string('pipelineStageId'),
    status: fields.oneOf('status', STATUSES),
    monetaryValue: fields.number('monetaryValue'),
    assignedTo: fields.string('assignedTo'),
    customFields: call.json()['customFields'],
  };
  fields.done();
  for (const [field, value] of Object.entries(changes)) if (value === undefined) delete changes[field];
  return changes;
}

function changed(call: Call, before: Json, changes: Json): Json {
  const now = iso(stamp(call.crm));
  const moved = changes['pipelineStageId'] !== undefined && changes['pipelineStageId'] !== before['pipelineStageId'];
  const decided = changes['status'] !== undefined && changes['status'] !== before['status'];
  return keepJson(call.crm.state.opportunities, {
    ...before,
    ...changes,
    updatedAt: now,
    lastActionDate: now,
    ...(moved ? { lastStageChangeAt: now } : {}),
    ...(decided ? { lastStatusChangeAt: now } : {}),
  });
}

function opportunityIn(call: Call): Json {
  const row = call.crm.state.opportunities.get(call.params['id']);
  if (row === undefined) throw badRequest(`The opportunity with id ${call.params['id']} not found`);
  return row;
}

function stagesOf(call: Call, pipelineId: string): readonly Json[] {
  const pipeline = call.crm.state.pipelines.get(pipelineId);
  if (pipeline === undefined) throw badRequest('The pipeline id is invalid.');
  return pipeline['stages'] as readonly Json[];
}

function checkStage(call: Call, pipelineId: string, stage: unknown): void {
  if (!stagesOf(call, pipelineId).some(({ id }) => id === stage)) throw badRequest('The pipeline stage id is invalid.');
}

function answer(call: Call, row: Json): Reply {
  return ok({ opportunity: view(call.crm, row), traceId: call.traceId });
}

function view(crm: Crm, row: Json): Json {
  const contact = crm.state.contacts.get(String(row['contactId']));
  return { ...row, ...(contact === undefined ? {} : { contact: brief(contact) }) };
}

function brief(contact: Contact): Json {
  const { id, email, phone, companyName, tags } = contact;
  return { id, name: nameOf(contact), companyName, email, phone, tags };
}

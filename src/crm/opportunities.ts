/** Opportunities of a contact: seen, added, moved to another stage, won and lost (facts, highlevel 6; S4). */
import type { Exchange } from '../platform/exchange';
import type { Answer } from '../platform/http';
import { crmExchange } from './api';
import { asId, objects, optionalId, readDone, readObject, text, time, unwrap, type Fields } from './shapes';

export const OPPORTUNITY_STATUSES = ['open', 'won', 'lost', 'abandoned'] as const;
export type OpportunityStatus = (typeof OPPORTUNITY_STATUSES)[number];

const PAGE = 100;

export interface Opportunity {
  readonly id: string;
  readonly name: string;
  readonly pipelineId: string;
  /** Empty where it is in no stage. */
  readonly stageId: string;
  /** Open: one of `OPPORTUNITY_STATUSES`, as far as is known. */
  readonly status: string;
  /** In the location's currency, which the API does not name. */
  readonly value: number;
  readonly assignedTo?: string;
  readonly updatedAt?: number;
}

export interface NewOpportunity {
  readonly locationId: string;
  readonly contactId: string;
  readonly pipelineId: string;
  readonly stageId?: string;
  readonly name: string;
  readonly value?: number;
  readonly assignedTo?: string;
}

/** Of all statuses. The names of the query are in snake case in v2 alone (facts, highlevel 10.7). */
export function listOpportunities(locationId: string, contactId: string): Exchange<readonly Opportunity[]> {
  return crmExchange({
    call: 'opportunities',
    effect: 'read',
    path: ['opportunities', 'search'],
    query: { location_id: locationId, contact_id: contactId, status: 'all', limit: PAGE },
    read: (answer) =>
      objects(readObject(answer).opportunities, 'opportunities')
        .filter((row) => optionalId(row.id) !== undefined)
        .map(readOpportunity),
  });
}

export function createOpportunity(opportunity: NewOpportunity): Exchange<Opportunity> {
  const { locationId, contactId, pipelineId, stageId, name, value, assignedTo } = opportunity;
  return crmExchange({
    call: 'opportunities',
    effect: 'create',
    method: 'post',
    path: ['opportunities'],
    slash: true,
    body: {
      locationId,
      contactId,
      pipelineId,
      pipelineStageId: stageId,
      name,
      status: 'open',
      monetaryValue: value,
      assignedTo,
    },
    read: readOne,
  });
}

export function moveOpportunity(id: string, pipelineId: string, stageId: string): Exchange<Opportunity> {
  return crmExchange({
    call: 'opportunities',
    effect: 'idempotent',
    method: 'put',
    path: ['opportunities', id],
    body: { pipelineId, pipelineStageId: stageId },
    read: readOne,
  });
}

export function setOpportunityStatus(id: string, status: OpportunityStatus): Exchange<void> {
  return crmExchange({
    call: 'opportunities',
    effect: 'idempotent',
    method: 'put',
    path: ['opportunities', id, 'status'],
    body: { status },
    read: readDone,
  });
}

function readOne(answer: Answer): Opportunity {
  return readOpportunity(unwrap(readObject(answer), 'opportunity'));
}

function readOpportunity(row: Fields): Opportunity {
  const value = Number(row.monetaryValue ?? 0);
  return {
    id: asId(row.id, 'opportunity id'),
    name: text(row.name),
    pipelineId: optionalId(row.pipelineId) ?? '',
    stageId: optionalId(row.pipelineStageId) ?? '',
    status: text(row.status),
    value: Number.isFinite(value) ? value : 0,
    assignedTo: optionalId(row.assignedTo),
    updatedAt: time(row.updatedAt),
  };
}

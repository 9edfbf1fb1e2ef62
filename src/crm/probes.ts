/**
 * Which scopes a token has, asked before it is stored (C2): a Private Integration Token does not say it. Reads are asked
 * as they are; writes as a change of a record that does not exist, which a token without the scope is refused first.
 */
import type { Exchange, Outcome } from '../platform/exchange';
import { crmExchange } from './api';
import { listCustomValues } from './custom-values';
import { exportEmails } from './messages';
import { listPipelines } from './pipelines';
import { readDone } from './shapes';
import { listTemplates } from './templates';
import { listUsers } from './users';
import type { Call } from './versions';

export interface ScopeProbe {
  readonly scope: string;
  /** Without it nothing syncs; without the others a part of the sidebar is missing. */
  readonly needed: boolean;
  readonly exchange: Exchange<unknown>;
}

/** An id that no record has: the CRM's have 20 characters and more. */
const NOBODY = 'no-such-record';

/** All scopes that the add-on makes use of, for the consent page. `locations.readonly` is proven by `getLocation`. */
export const SCOPES: readonly string[] = [
  'locations.readonly',
  'locations/customValues.readonly',
  'locations/customValues.write',
  'locations/templates.readonly',
  'users.readonly',
  'conversations.readonly',
  'conversations.write',
  'conversations/message.readonly',
  'conversations/message.write',
  'contacts.readonly',
  'contacts.write',
  'opportunities.readonly',
  'opportunities.write',
  'files.readonly',
  'medias.write',
];

export function scopeProbes(locationId: string): readonly ScopeProbe[] {
  const write = (call: Call, path: readonly string[], body: Readonly<Record<string, unknown>>) =>
    crmExchange({ call, effect: 'idempotent', method: 'put', path, body, read: readDone });
  const read = (call: Call, path: readonly string[], query = {}) =>
    crmExchange({ call, effect: 'read', path, query, read: readDone });
  return [
    { scope: 'conversations/message.readonly', needed: true, exchange: exportEmails({ locationId, limit: 10 }) },
    {
      scope: 'conversations/message.write',
      needed: true,
      exchange: write('messageStatus', ['conversations', 'messages', NOBODY, 'status'], { status: 'pending' }),
    },
    {
      scope: 'conversations.readonly',
      needed: true,
      exchange: read('searchConversations', ['conversations', 'search'], { locationId, limit: 1 }),
    },
    {
      scope: 'conversations.write',
      needed: false,
      exchange: write('createConversation', ['conversations', NOBODY], { locationId }),
    },
    { scope: 'contacts.readonly', needed: true, exchange: read('contacts', ['contacts', NOBODY]) },
    { scope: 'users.readonly', needed: true, exchange: listUsers(locationId) },
    { scope: 'locations/customValues.readonly', needed: false, exchange: listCustomValues(locationId) },
    {
      scope: 'locations/customValues.write',
      needed: false,
      exchange: write('customValues', ['locations', locationId, 'customValues', NOBODY], { name: NOBODY, value: '-' }),
    },
    { scope: 'contacts.write', needed: false, exchange: write('contacts', ['contacts', NOBODY], {}) },
    { scope: 'opportunities.readonly', needed: false, exchange: listPipelines(locationId) },
    {
      scope: 'opportunities.write',
      needed: false,
      exchange: write('opportunities', ['opportunities', NOBODY, 'status'], { status: 'open' }),
    },
    { scope: 'locations/templates.readonly', needed: false, exchange: listTemplates(locationId) },
    { scope: 'files.readonly', needed: false, exchange: read('getSecureFile', ['files', 'd', NOBODY]) },
  ];
}

/** `unknown` where the CRM gave no answer to go by; a refusal of the record itself proves the scope. */
export function scopeVerdict(outcome: Outcome<unknown>): 'granted' | 'missing' | 'unknown' {
  if (outcome.kind === 'done') return 'granted';
  if (outcome.kind === 'denied') return outcome.failure.code === 'crm.scope-missing' ? 'missing' : 'unknown';
  return outcome.kind === 'refused' && outcome.failure.code !== 'crm.refused' ? 'granted' : 'unknown';
}

/** Drafts: the one single-use token that Gmail has. Sending one consumes it (facts, reliability 0.3). */
import type { Exchange } from '../platform/exchange';
import {
  asId,
  asList,
  asObject,
  asOptionalText,
  gmailExchange,
  gmailMessageExchange,
  readNothing,
  readObject,
  UNITS,
} from './api';
import { readHeaders, readRef } from './messages';
import type { Draft, GmailHeaders, GmailRef } from './types';

const FIELDS = 'id,message(id,threadId)';

export interface DraftList {
  readonly drafts: readonly Draft[];
  readonly nextPageToken?: string;
}

/** Makes a draft in a thread. For a thread of others it needs References and the thread's subject too (facts, platform 3.6). */
export function createDraft(raw: string, threadId?: string): Exchange<Draft> {
  return gmailMessageExchange(
    {
      effect: 'create',
      units: UNITS.draftsCreate,
      path: ['drafts'],
      query: { fields: FIELDS },
      read: (answer) => readDraft(readObject(answer)),
    },
    raw,
    (encoded) => ({ message: { raw: encoded, threadId } }),
  );
}

export function listDrafts(pageToken?: string): Exchange<DraftList> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.draftsList,
    path: ['drafts'],
    query: { maxResults: 500, pageToken, fields: `drafts(${FIELDS}),nextPageToken` },
    read: (answer) => {
      const body = readObject(answer);
      const nextPageToken = asOptionalText(body.nextPageToken);
      const drafts = asList(body.drafts, 'drafts').map((entry) => readDraft(asObject(entry, 'draft')));
      return nextPageToken === undefined ? { drafts } : { drafts, nextPageToken };
    },
  });
}

/** With all headers of its message. */
export function getDraft(id: string): Exchange<{ readonly id: string; readonly message: GmailHeaders }> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.draftsGet,
    path: ['drafts', id],
    query: { format: 'metadata', fields: 'id,message(id,threadId,labelIds,internalDate,payload/headers)' },
    read: (answer) => {
      const body = readObject(answer);
      return { id: asId(body.id, 'draft id'), message: readHeaders(asObject(body.message, 'message')) };
    },
  });
}

/** Sends a draft. The sent message has a new id, and Gmail's own Message-ID and date (facts, platform 3.6). */
export function sendDraft(id: string): Exchange<GmailRef> {
  return gmailExchange({
    effect: 'create',
    units: UNITS.draftsSend,
    method: 'post',
    path: ['drafts', 'send'],
    query: { fields: 'id,threadId' },
    body: { id },
    read: (answer) => readRef(readObject(answer)),
  });
}

export function deleteDraft(id: string): Exchange<void> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.draftsDelete,
    method: 'delete',
    path: ['drafts', id],
    read: readNothing,
  });
}

function readDraft(body: Record<string, unknown>): Draft {
  return { id: asId(body.id, 'draft id'), message: readRef(asObject(body.message, 'message')) };
}

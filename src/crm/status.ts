/** What became of a mail that the add-on's own provider had to send (facts, highlevel 5.8). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { readDone } from './shapes';

export interface EmailStatus {
  readonly threadId: string;
  readonly emailId: string;
  readonly status: 'delivered' | 'failed' | 'pending' | 'read';
  /** Why it failed, for the CRM's screen. */
  readonly reason?: string;
}

const LONGEST_REASON = 300;

/**
 * Only the token of the app that owns the provider may (`crm.not-provider` otherwise), and only some seconds after the CRM
 * handed the mail out: until then 403, earlier 401, which comes out as later with `crm.status-not-ready`.
 */
export function setEmailStatus({ threadId, emailId, status, reason }: EmailStatus): Exchange<void> {
  const error = { code: '1', type: 'mail', message: (reason ?? 'not delivered').slice(0, LONGEST_REASON) };
  return crmExchange({
    call: 'messageStatus',
    effect: 'idempotent',
    method: 'put',
    path: ['conversations', 'messages', threadId, 'status'],
    body: { status, emailMessageId: emailId, ...(status === 'failed' ? { error } : {}) },
    read: readDone,
    codes: { 401: 'crm.status-not-ready', 403: 'crm.status-not-ready' },
  });
}

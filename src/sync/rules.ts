/**
 * Who sends what: the table R1 to R11 of the contract as one pure function. It decides one outbound CRM e-mail that the
 * add-on did not log itself.
 */
import type { CrmEmail } from '../crm/types';

/** What the table looks at beside the e-mail. */
export interface SenderFacts {
  /** The bare address of the e-mail's From, in lower case; empty where there is none. */
  readonly from: string;
  /** The connected address, in lower case. */
  readonly connected: string;
  /** The connected CRM user. */
  readonly crmUser: string;
  /** `userId` of the e-mail's container, which changes with every mail in it. */
  readonly containerUser?: string;
  /** From is the address of some CRM user, as far as that is known. */
  readonly fromIsCrmUser: boolean;
  /** It is the only new outbound e-mail of its container. */
  readonly alone: boolean;
  /** The add-on's own extra provider, with an OAuth connection; undefined with a token. */
  readonly provider?: string;
}

export type Rule = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10';

export interface Verdict {
  readonly rule: Rule;
  /**
   * `mirror` a copy, `deliver` it through Gmail, `leave` it, `wait` and read it again, or leave it and `warn` in the health
   * panel. `known`: Gmail has sent it already, and has it in Sent.
   */
  readonly does: 'mirror' | 'deliver' | 'known' | 'leave' | 'wait' | 'warn';
}

/** How the CRM's own Gmail sync names itself (facts, highlevel 5.3). */
const OWN_SYNC = 'leadconnector gmail';
const NOT_YET = ['scheduled', 'queued'];
const NEVER = ['failed', 'undelivered'];

export function decideSender(email: CrmEmail, facts: SenderFacts): Verdict {
  const mine = isMine(email, facts);
  const pending = email.status === 'pending';
  // A pending e-mail of a custom provider waits for an app: with an OAuth connection it is known whether for this one.
  const handedToUs = facts.provider !== undefined && email.conversationProviderId === facts.provider;
  const ours = pending && handedToUs;

  if ((email.provider ?? '').toLowerCase() === OWN_SYNC) return mine ? { rule: 'R7', does: 'warn' } : leave('R9');
  if (email.source === 'workflow') return ours ? { rule: 'R10', does: 'warn' } : leave('R5');
  if (isBulk(email)) {
    if (!mine) return ours ? { rule: 'R10', does: 'warn' } : leave('R4');
  } else if (!mine) {
    return ours ? { rule: 'R10', does: 'warn' } : leave('R9');
  }

  if (NEVER.includes(email.status)) return leave('R8');
  if (NOT_YET.includes(email.status)) return { rule: 'R8', does: 'wait' };
  if (ours) return { rule: ruleOf(email, 'R1'), does: 'deliver' };
  if (pending) {
    // With a token nobody can tell this provider from another: it is shown as unsent while it stays pending (R10).
    return { rule: facts.provider === undefined && isCustom(email) ? 'R10' : 'R8', does: 'wait' };
  }
  if (handedToUs) return { rule: ruleOf(email, 'R1'), does: 'known' };
  return { rule: ruleOf(email, 'R2'), does: 'mirror' };
}

/**
 * The e-mail's own From decides. The container's user decides only where From is no CRM user's address and no other new
 * e-mail can have changed it; for bulk sends never, since their user is whoever pressed the button.
 */
function isMine(email: CrmEmail, facts: SenderFacts): boolean {
  if (facts.from === facts.connected) return true;
  if (email.source !== 'app' || facts.fromIsCrmUser) return false;
  return facts.alone && facts.containerUser !== undefined && facts.containerUser === facts.crmUser;
}

function isBulk(email: CrmEmail): boolean {
  return email.source === 'bulk_actions' || email.source === 'campaign';
}

function isCustom(email: CrmEmail): boolean {
  return email.conversationProviderId !== undefined || (email.provider ?? '').toLowerCase() === 'custom';
}

function ruleOf(email: CrmEmail, individual: 'R1' | 'R2'): Rule {
  if (isBulk(email)) return 'R3';
  return email.source === 'api' ? 'R6' : individual;
}

function leave(rule: Rule): Verdict {
  return { rule, does: 'leave' };
}

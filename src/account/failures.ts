/** What failed requests mean for somebody who is connecting: each its own problem, so that each has its own advice (C2). */
import type { Failure, Outcome } from '../platform/exchange';
import { problem, type Problem } from './problems';

type Failed = Exclude<Outcome<unknown>, { kind: 'done' }>;

export function crmProblem(outcome: Failed): { ok: false; problem: Problem } {
  const { code } = outcome.failure;
  switch (code) {
    case 'crm.auth-class':
      return problem('token-kind');
    case 'crm.location-refused':
      return problem('location-refused');
    case 'crm.location-inactive':
      return problem('location-inactive');
    case 'crm.scope-missing':
      return problem('scope-missing');
    case 'crm.rate-limited':
      return problem('crm-busy');
  }
  if (outcome.kind === 'denied') return problem('token-refused');
  return problem('crm-down');
}

export function gmailProblem(outcome: Failed): { ok: false; problem: Problem } {
  return problem(outcome.kind === 'denied' ? 'gmail-refused' : 'gmail-down');
}

/** A name that does not resolve takes the whole round with it, so neither side is to blame (facts, platform 2.4). */
export function nobodyAnswered(outcomes: readonly Outcome<unknown>[]): boolean {
  return outcomes.every((outcome) => outcome.kind !== 'done' && isNoAnswer(outcome.failure));
}

function isNoAnswer({ code }: Failure): boolean {
  return code === 'http.no-answer' || code === 'run.out-of-time';
}

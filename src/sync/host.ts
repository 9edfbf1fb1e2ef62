/** A failure that is the host's or the credentials', not one message's: the pass ends, the cursors stay (X7). */
import type { Failure, Outcome } from '../platform/exchange';

export class HostFailed extends Error {
  constructor(
    readonly service: 'gmail' | 'crm',
    readonly failure: Failure,
  ) {
    super(failure.code);
    this.name = 'HostFailed';
  }
}

export function expect<T>(service: 'gmail' | 'crm', outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw new HostFailed(service, outcome.failure);
}

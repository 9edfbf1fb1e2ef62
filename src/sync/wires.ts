/** How each service is spoken to: its credentials, its errors, its batches. */
import { googleToken } from '../platform/session';
import type { Answer } from '../platform/http';
import type { Limits } from '../platform/pace';
import type { Wires } from '../platform/rounds';
import { crmOutcome } from '../crm/api';
import { readPace } from '../crm/pace';
import { fileOutcome } from '../crm/files';
import { composeBatch, isBatchable, parseBatch } from '../gmail/batch';
import { gmailOutcome } from '../gmail/outcome';

/** `crmToken` is asked for at each round, since it may be refreshed within a run; empty where there is none yet. */
export function wiresFor(crmToken: () => string): Wires {
  const bearer = (token: string): Record<string, string> => (token === '' ? {} : { Authorization: `Bearer ${token}` });
  return {
    gmail: {
      authorization: () => ({ Authorization: `Bearer ${googleToken()}` }),
      outcome: gmailOutcome,
      batch: { fits: isBatchable, compose: composeBatch, parse: parseBatch },
    },
    crm: { authorization: () => bearer(crmToken()), outcome: crmOutcome, limits: crmLimits },
    // Files come from addresses that anybody can put into an e-mail: our token never goes there.
    file: { authorization: () => ({}), outcome: fileOutcome },
  };
}

function crmLimits(answer: Answer): Limits {
  const { dailyRemaining, dailyLimit, ...limits } = readPace(answer);
  if (dailyRemaining === undefined || dailyLimit === undefined || dailyLimit <= 0) return limits;
  return { ...limits, dayLeft: Math.floor((100 * dailyRemaining) / dailyLimit) };
}

/** Whose mailbox it is, and which addresses may be its From. */
import { Unreadable, type Exchange } from '../platform/exchange';
import { asHistoryId, asList, asObject, gmailExchange, readObject, UNITS } from './api';
import type { SendAs } from './types';

export interface Profile {
  readonly emailAddress: string;
  /** The mailbox as of now: pinned before a listing, it loses nothing that comes during it (facts, platform 3.3). */
  readonly historyId: string;
}

export function getProfile(): Exchange<Profile> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.profile,
    path: ['profile'],
    query: { fields: 'emailAddress,historyId' },
    read: (answer) => {
      const body = readObject(answer);
      return { emailAddress: asAddress(body.emailAddress), historyId: asHistoryId(body.historyId) };
    },
  });
}

/** The primary address first. */
export function listSendAs(): Exchange<readonly SendAs[]> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.sendAs,
    path: ['settings', 'sendAs'],
    query: { fields: 'sendAs(sendAsEmail,displayName,isPrimary,verificationStatus)' },
    read: (answer) =>
      asList(readObject(answer).sendAs, 'sendAs')
        .map((entry) => {
          const alias = asObject(entry, 'alias');
          const primary = alias.isPrimary === true;
          return {
            email: asAddress(alias.sendAsEmail),
            name: typeof alias.displayName === 'string' ? alias.displayName : '',
            primary,
            usable: primary || alias.verificationStatus === 'accepted',
          };
        })
        .sort((a, b) => Number(b.primary) - Number(a.primary)),
  });
}

function asAddress(value: unknown): string {
  if (typeof value !== 'string' || !/^\S+@\S+$/.test(value)) throw new Unreadable('an address is missing');
  return value;
}

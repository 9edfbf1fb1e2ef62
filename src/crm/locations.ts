/** The sub-account: the first call of every connection, since a token tells neither its location nor its company (facts, highlevel 2.4). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, optionalId, readObject, text, unwrap } from './shapes';
import type { Location } from './types';

export function getLocation(id: string): Exchange<Location> {
  return crmExchange({
    call: 'getLocation',
    effect: 'read',
    path: ['locations', id],
    read: (answer) => {
      const row = unwrap(readObject(answer), 'location');
      return {
        id: asId(row.id, 'location id'),
        companyId: optionalId(row.companyId) ?? '',
        name: text(row.name),
        timeZone: text(row.timezone),
      };
    },
  });
}

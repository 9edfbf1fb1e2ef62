/** Custom values of the location: named texts that all of its users share, where a mailbox lays its claim (C6). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { crmExchange, type Request } from './api';
import { readPace } from './pace';
import { asId, objects, optionalId, readObject, text, unwrap, type Fields } from './shapes';

export interface CustomValue {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

/** All of them; the list has no pages. */
export function listCustomValues(locationId: string): Exchange<readonly CustomValue[]> {
  return exchange(locationId, undefined, {
    effect: 'read',
    read: (answer) =>
      objects(readObject(answer).customValues, 'custom values')
        .filter((row) => optionalId(row.id) !== undefined)
        .map(readValue),
  });
}

export interface CustomValuesNow {
  readonly values: readonly CustomValue[];
  /** The CRM's own clock when it answered (its Date header), to the second. */
  readonly now: number;
}

export function readCustomValues(locationId: string): Exchange<CustomValuesNow> {
  const list = listCustomValues(locationId);
  return {
    ...list,
    read: (answer) => {
      const { now } = readPace(answer);
      if (now === undefined) throw new Unreadable('the answer has no date');
      return { values: list.read(answer), now };
    },
  };
}

export function createCustomValue(locationId: string, name: string, value: string): Exchange<CustomValue> {
  return exchange(locationId, undefined, { effect: 'create', method: 'post', body: { name, value }, read: readOne });
}

/** The specification wants the name again. */
export function updateCustomValue(locationId: string, { id, name, value }: CustomValue): Exchange<CustomValue> {
  return exchange(locationId, id, { effect: 'idempotent', method: 'put', body: { name, value }, read: readOne });
}

function exchange<T>(
  locationId: string,
  id: string | undefined,
  request: Omit<Request<T>, 'call' | 'path'>,
): Exchange<T> {
  const path = ['locations', locationId, 'customValues', ...(id === undefined ? [] : [id])];
  return crmExchange({ ...request, call: 'customValues', path });
}

const readOne: Request<CustomValue>['read'] = (answer) => readValue(unwrap(readObject(answer), 'customValue'));

function readValue(row: Fields): CustomValue {
  return { id: asId(row.id, 'custom value id'), name: text(row.name), value: text(row.value) };
}

/** Labels: one for what is shown, one hidden on the add-on's own messages; never one a contact (facts, platform 3.8). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { asId, asList, asObject, gmailExchange, readNothing, readObject, UNITS } from './api';

export interface Label {
  readonly id: string;
  readonly name: string;
  /** Gmail's own (`INBOX`, `SENT`, …): cannot be renamed or deleted. */
  readonly system: boolean;
}

const FIELDS = 'id,name,type';

export function listLabels(): Exchange<readonly Label[]> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.labelsList,
    path: ['labels'],
    query: { fields: `labels(${FIELDS})` },
    read: (answer) => asList(readObject(answer).labels, 'labels').map((entry) => readLabel(asObject(entry, 'label'))),
  });
}

/** A `/` in the name nests it. A name that is taken is refused with the code `gmail.label-exists`. */
export function createLabel(label: { readonly name: string; readonly hidden: boolean }): Exchange<Label> {
  return gmailExchange({
    effect: 'create',
    units: UNITS.labelsWrite,
    method: 'post',
    path: ['labels'],
    query: { fields: FIELDS },
    body: {
      name: label.name,
      labelListVisibility: label.hidden ? 'labelHide' : 'labelShow',
      messageListVisibility: label.hidden ? 'hide' : 'show',
    },
    read: (answer) => readLabel(readObject(answer)),
    codes: { 409: 'gmail.label-exists' },
  });
}

export function renameLabel(id: string, name: string): Exchange<Label> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.labelsWrite,
    method: 'patch',
    path: ['labels', id],
    query: { fields: FIELDS },
    body: { name },
    read: (answer) => readLabel(readObject(answer)),
    codes: { 409: 'gmail.label-exists' },
  });
}

/** Takes the label off all messages; the messages stay. */
export function deleteLabel(id: string): Exchange<void> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.labelsWrite,
    method: 'delete',
    path: ['labels', id],
    read: readNothing,
  });
}

function readLabel(body: Record<string, unknown>): Label {
  if (typeof body.name !== 'string') throw new Unreadable('the label has no name');
  return { id: asId(body.id, 'label id'), name: body.name, system: body.type === 'system' };
}

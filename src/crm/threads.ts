/** Reads message rows: the containers that are e-mail threads (facts, highlevel 5.2). */
import { asId, isObject, optionalId, optionalText, texts, time, type Fields } from './shapes';
import type { CrmThread } from './types';

/** `type` of e-mail rows (facts, highlevel 5.2). */
const EMAIL_TYPE = 3;

/** Rows in the CRM's order, and how many of them could not be understood. */
export interface ThreadRows {
  readonly threads: readonly CrmThread[];
  readonly unreadable: number;
}

/** The e-mail rows among message rows. One that has no usable id is counted, so that one bad row stops no other. */
export function readThreadRows(rows: readonly Fields[], locationId = ''): ThreadRows {
  const threads: CrmThread[] = [];
  let unreadable = 0;
  for (const row of rows.filter(isEmailRow)) {
    if (optionalId(row.id) === undefined) unreadable += 1;
    else threads.push(readThread(row, locationId));
  }
  return { threads, unreadable };
}

/** Throws `Unreadable` where the row has no id. */
export function readThread(row: Fields, locationId = ''): CrmThread {
  const dateUpdated = time(row.dateUpdated) ?? time(row.updatedAt);
  return {
    id: asId(row.id, 'message id'),
    conversationId: optionalId(row.conversationId) ?? '',
    contactId: optionalId(row.contactId) ?? '',
    locationId: optionalId(row.locationId) ?? locationId,
    emailIds: emailIdsOf(row),
    userId: optionalId(row.userId),
    source: optionalText(row.source),
    status: optionalText(row.status)?.toLowerCase(),
    dateAdded: time(row.dateAdded) ?? dateUpdated ?? 0,
    dateUpdated,
  };
}

function isEmailRow(row: Fields): boolean {
  const type = optionalText(row.messageType);
  // TYPE_EMAIL, TYPE_CAMPAIGN_EMAIL, TYPE_CUSTOM_EMAIL, TYPE_CUSTOM_PROVIDER_EMAIL.
  if (type !== undefined) return /(^|_)EMAIL$/i.test(type);
  return row.type === EMAIL_TYPE || emailIdsOf(row).length > 0;
}

/** Both `meta.email.messageIds` and `meta.email.email.messageIds` are in the documents (facts, highlevel 5.2). */
function emailIdsOf({ meta }: Fields): readonly string[] {
  const outer = isObject(meta) && isObject(meta.email) ? meta.email : {};
  const ids = outer.messageIds ?? (isObject(outer.email) ? outer.email.messageIds : undefined);
  return [...new Set(texts(ids).filter((id) => optionalId(id) !== undefined))];
}

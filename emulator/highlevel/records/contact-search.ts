/** POST /contacts/search: filters, groups, sorting, both kinds of paging, over an index that lags (facts, highlevel 4.1). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, unprocessable } from '../api/errors';
import { textOf } from '../crm';
import { indexed } from '../lagging-index';
import type { Contact, Json } from '../state';
import { nameOf, searchItem } from './contact-fields';

/** `query` and filter values may be so long (facts, highlevel 4.1). */
const LONGEST_VALUE = 75;
/** Beyond so many records a page number does not reach. */
const DEEPEST_PAGE = 10_000;

const SORTABLE = [
  ...['dateAdded', 'dateUpdated', 'email', 'firstNameLowerCase', 'lastNameLowerCase', 'businessName', 'dnd', 'source'],
];

export const CONTACT_SEARCH_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/contacts/search', scope: 'contacts.readonly', handle: search },
];

function search(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  fields.text('locationId');
  const pageLimit = fields.number('pageLimit');
  if (pageLimit === undefined || pageLimit < 1 || pageLimit > 500)
    fields.problem('pageLimit must be between 1 and 500');
  const page = fields.number('page');
  const query = fields.string('query') ?? '';
  if (query.length > LONGEST_VALUE)
    fields.problem(`query must be shorter than or equal to ${LONGEST_VALUE} characters`);
  fields.done();
  const body = call.json();
  const after = body['searchAfter'];
  if (after !== undefined && page !== undefined) throw badRequest('page and searchAfter cannot be used together');
  const limit = pageLimit ?? 20;
  if (page !== undefined && page * limit > DEEPEST_PAGE) throw badRequest('Use searchAfter beyond 10000 records');
  const filters = Array.isArray(body['filters']) ? (body['filters'] as unknown[]) : [];
  const needle = query.toLowerCase();
  const additional = crm.switches.additionalEmailsMatch;
  const rows = [...indexed(crm.state.contactIndex, crm.clock.now, crm.switches.contactIndexLagMs).values()].filter(
    (contact) =>
      `${nameOf(contact)} ${contact.email} ${contact.phone} ${contact.companyName}`.toLowerCase().includes(needle) &&
      filters.every((filter) => passes(contact, filter, additional)),
  );
  rows.sort(comparison(body['sort']));
  let from = page === undefined ? 0 : (page - 1) * limit;
  if (Array.isArray(after)) from = rows.findIndex(({ id }) => id === after[1]) + 1;
  return ok({
    contacts: rows.slice(from, from + limit).map((contact) => searchItem(crm, contact)),
    total: rows.length,
    traceId: call.traceId,
  });
}

function passes(contact: Contact, filter: unknown, additional: boolean): boolean {
  if (typeof filter !== 'object' || filter === null) throw unprocessable(['filters must be an array of objects']);
  const { group, filters, field, operator, value } = filter as Json;
  if (group !== undefined) {
    const inner = Array.isArray(filters) ? (filters as unknown[]) : [];
    const hits = inner.map((entry) => passes(contact, entry, additional));
    return group === 'OR' ? hits.some(Boolean) : hits.every(Boolean);
  }
  if (typeof value === 'string' && value.length > LONGEST_VALUE) {
    throw unprocessable([`value must be shorter than or equal to ${LONGEST_VALUE} characters`]);
  }
  const values = valuesOf(contact, String(field), additional);
  const wanted = (Array.isArray(value) ? value : [value]).map((entry) => String(entry).toLowerCase());
  switch (operator) {
    case 'eq':
      return values.some((own) => wanted.includes(own));
    case 'not_eq':
      return !values.some((own) => wanted.includes(own));
    case 'exists':
      return values.some((own) => own !== '');
    case 'not_exists':
      return values.every((own) => own === '');
    case 'contains':
    case 'not_contains':
      // E-mail knows equality and existence only (facts, highlevel 4.1).
      if (field === 'email') throw badRequest(`Operator ${operator} is not supported for field email`);
      return values.some((own) => own.includes(wanted[0])) === (operator === 'contains');
    case 'range':
      return inRange(values[0], value);
    default:
      throw badRequest(`Invalid operator ${String(operator)}`);
  }
}

function valuesOf(contact: Contact, field: string, additional: boolean): string[] {
  const lower = (value: unknown) => textOf(value).toLowerCase();
  switch (field) {
    case 'email':
      return [contact.email, ...(additional ? contact.additionalEmails : [])].map(lower);
    case 'firstNameLowerCase':
      return [lower(contact.firstName)];
    case 'lastNameLowerCase':
      return [lower(contact.lastName)];
    case 'tags':
      return contact.tags.map(lower);
    case 'companyName':
    case 'businessName':
      return [lower(contact.companyName)];
    case 'id':
      return [contact.id.toLowerCase()];
    case 'phone':
    case 'assignedTo':
    case 'dnd':
    case 'dateAdded':
    case 'dateUpdated':
      return [lower(contact[field])];
    case 'source':
    case 'city':
    case 'country':
    case 'state':
    case 'website':
      return [lower(contact.more[field])];
    default:
      throw badRequest(`Invalid field ${field}`);
  }
}

function inRange(own: string, range: unknown): boolean {
  const { gt, gte, lt, lte } = (range ?? {}) as Json;
  const bound = (value: unknown) => (typeof value === 'number' ? value : Date.parse(String(value)));
  const at = Number(own);
  return (
    (gt === undefined || at > bound(gt)) &&
    (gte === undefined || at >= bound(gte)) &&
    (lt === undefined || at < bound(lt)) &&
    (lte === undefined || at <= bound(lte))
  );
}

function comparison(sort: unknown): (a: Contact, b: Contact) => number {
  const keys = Array.isArray(sort) ? (sort as Json[]) : [{ field: 'dateAdded', direction: 'desc' }];
  if (keys.length > 2) throw badRequest('Maximum 2 sort fields are allowed');
  for (const { field } of keys)
    if (!SORTABLE.includes(String(field))) throw badRequest(`Invalid sort field ${String(field)}`);
  return (a, b) => {
    for (const { field, direction } of keys) {
      const [left] = valuesOf(a, String(field), false);
      const [right] = valuesOf(b, String(field), false);
      const order = left < right ? -1 : left > right ? 1 : 0;
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return a.id < b.id ? -1 : 1;
  };
}

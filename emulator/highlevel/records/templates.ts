/** E-mail templates: the location's list with bodies, and the builder's list without (specifications of both). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { iso, keepJson, locationOf, newId, stamp, type Crm } from '../crm';
import type { Json } from '../state';

export const TEMPLATE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/locations/:locationId/templates',
    scope: 'locations/templates.readonly',
    handle: ofLocation,
  },
  { method: 'GET', path: '/emails/builder', scope: 'emails/builder.readonly', handle: ofBuilder },
];

/** A row `{id, name, type: "email", template: {subject, html, attachments}, …}`. */
export function newTemplate(crm: Crm, given: Json): Json {
  const { subject = '', html = '', body = '', ...rest } = given;
  return keepJson(crm.state.templates, {
    id: newId(crm),
    name: 'Template',
    type: 'email',
    template: { subject, html: html === '' ? body : html, attachments: [] },
    dateAdded: iso(stamp(crm)),
    locationId: locationOf(crm).id,
    urlAttachments: [],
    ...rest,
  });
}

function ofLocation(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('originId');
  const skip = fields.count('skip', 0, 0, 1_000_000);
  const limit = fields.count('limit', 25, 1, 100);
  const type = fields.oneOf('type', ['sms', 'email', 'whatsapp']);
  fields.done();
  const deleted = query.get('deleted') === 'true';
  const all = [...crm.state.templates.values()].filter(
    (row) => !deleted && (type === undefined || row['type'] === type),
  );
  return ok({ templates: all.slice(skip, skip + limit), totalCount: all.length, traceId: call.traceId });
}

function ofBuilder(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  const offset = fields.count('offset', 0, 0, 1_000_000);
  const limit = fields.count('limit', 10, 1, 100);
  fields.done();
  const text = (query.get('search') ?? query.get('name') ?? '').toLowerCase();
  const all = [...crm.state.templates.values()].filter((row) => String(row['name']).toLowerCase().includes(text));
  return ok({
    builders: all.slice(offset, offset + limit).map((row) => ({
      id: row['id'],
      name: row['name'],
      templateType: 'html',
      isPlainText: false,
      dateAdded: row['dateAdded'],
      lastUpdated: row['dateAdded'],
      version: '1',
    })),
    total: [{ total: all.length }],
    traceId: call.traceId,
  });
}

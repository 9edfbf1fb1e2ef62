/** CRM users: search, list, get (facts, highlevel 2.6). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { authClassNotSupported, badRequest } from '../api/errors';
import { locationOf, type Crm } from '../crm';
import { nativeSyncUsers } from '../mail/provider';
import type { Json, User } from '../state';

const READ = 'users.readonly';

export const USER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/users/search', scope: READ, handle: search },
  { method: 'POST', path: '/users/search/filter-by-email', scope: READ, access: 'agency', handle: search },
  // Deprecated, documented in the dated versions only (facts, highlevel 2.6).
  { method: 'GET', path: '/users', scope: READ, version: 'dated', handle: list },
  { method: 'GET', path: '/users/:userId', scope: READ, handle: get },
];

function search(call: Call): Reply {
  const { crm, query } = call;
  if (crm.switches.usersSearch === 'E-102') throw authClassNotSupported();
  const fields = call.queryFields();
  const companyId = fields.text('companyId');
  const skip = fields.count('skip', 0, 0, 1_000_000);
  const limit = fields.count('limit', 25, 1, 100);
  fields.done();
  if (companyId !== locationOf(crm).companyId) throw badRequest('Invalid companyId');
  const syncOn = query.get('enabled2waySync') === 'true';
  if (query.has('enabled2waySync') && crm.switches.enabled2waySyncFilter === 'refused') throw authClassNotSupported();
  const filters = syncOn && crm.switches.enabled2waySyncFilter === 'works';
  const ids = query.get('ids')?.split(',');
  const text = (query.get('query') ?? '').toLowerCase();
  const users = [...crm.state.users.values()].filter(
    (user) =>
      (ids === undefined || ids.includes(user.id)) &&
      `${user.name} ${user.email} ${user.phone}`.toLowerCase().includes(text) &&
      (!filters || nativeSyncUsers(crm).includes(user.id)),
  );
  return ok({
    users: users.slice(skip, skip + limit).map((user) => view(crm, user)),
    count: users.length,
    traceId: call.traceId,
  });
}

function list(call: Call): Reply {
  const { crm } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  fields.done();
  return ok({ users: [...crm.state.users.values()].map((user) => view(crm, user)), traceId: call.traceId });
}

function get(call: Call): Reply {
  const user = call.crm.state.users.get(call.params['userId']);
  if (user === undefined) throw badRequest('User not found');
  return ok({ ...view(call.crm, user), traceId: call.traceId });
}

function view(crm: Crm, user: User): Json {
  return {
    id: user.id,
    name: user.name,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: user.phone,
    extension: '',
    permissions: {
      campaignsEnabled: true,
      contactsEnabled: true,
      workflowsEnabled: true,
      opportunitiesEnabled: true,
      appointmentsEnabled: true,
      conversationsEnabled: true,
      assignedDataOnly: user.assignedDataOnly,
      settingsEnabled: user.role === 'admin',
    },
    roles: { type: 'account', role: user.role, locationIds: [locationOf(crm).id], restrictSubAccount: false },
    deleted: false,
    platformLanguage: 'en_US',
  };
}

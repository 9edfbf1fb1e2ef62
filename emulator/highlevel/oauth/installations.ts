/** Uninstalling the app, and what only agencies may do (facts, highlevel 2.3, 2.5). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, wrongAuthClass } from '../api/errors';
import { locationOf, type Crm } from '../crm';
import type { App } from '../state';
import { endTokens } from './apps';

const PATH = '/marketplace/app/:appId/installations';

export const INSTALLATION_ROUTES: readonly Route[] = [
  { method: 'DELETE', path: PATH, scope: 'oauth.write', access: 'app', handle: uninstall },
  { method: 'GET', path: PATH, scope: 'marketplace-installer-details.readonly', access: 'app', handle: details },
  { method: 'POST', path: '/oauth/locationToken', access: 'agency', handle: agencyOnly },
  { method: 'POST', path: '/oauth/location-token', access: 'agency', version: 'v3', handle: agencyOnly },
  { method: 'GET', path: '/oauth/installedLocations', access: 'agency', handle: agencyOnly },
];

/** For every user of the location: all tokens of the app end. */
function uninstall(call: Call): Reply {
  const { crm } = call;
  const app = appIn(call);
  const fields = call.fields();
  fields.text('locationId');
  fields.done();
  if (crm.state.app === app) uninstallApp(crm);
  return ok({ success: true, traceId: call.traceId });
}

export function uninstallApp(crm: Crm): void {
  if (crm.state.app === undefined) return;
  const { installedBy: _by, installedAt: _at, ...rest } = crm.state.app;
  crm.state.app = Object.freeze(rest);
  endTokens(crm);
}

function details(call: Call): Reply {
  const { id, companyId, name } = locationOf(call.crm);
  const { installedBy } = appIn(call);
  return ok({
    installationDetails: {
      companyId,
      locationId: id,
      companyName: name,
      userId: installedBy ?? null,
      isWhitelabelCompany: false,
    },
    traceId: call.traceId,
  });
}

function appIn(call: Call): App {
  const { app } = call.crm.state;
  if (app === undefined || call.params['appId'] !== app.id) throw badRequest('App not found');
  return app;
}

/** Not reached: the access check refuses every token of this world before. */
function agencyOnly(): Reply {
  throw wrongAuthClass();
}

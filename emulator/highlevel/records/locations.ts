/** The location, and its default e-mail channel in v3 (facts, highlevel 2.4, 3). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { locationOf } from '../crm';

export const LOCATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/locations/:locationId', scope: 'locations.readonly', handle: get },
  { method: 'PUT', path: '/locations/:locationId', scope: 'locations.write', access: 'agency', handle: get },
  {
    method: 'GET',
    path: '/locations/:locationId/conversationChannels/Email',
    scope: 'locations.readonly',
    version: 'v3',
    handle: emailChannels,
  },
];

function get(call: Call): Reply {
  const { crm } = call;
  const { id, companyId, name, timezone, email } = locationOf(crm);
  return ok({
    location: {
      id,
      companyId,
      name,
      timezone,
      email,
      phone: '+1 555 0100',
      address: '',
      city: '',
      state: '',
      country: 'US',
      postalCode: '',
      website: '',
      business: { name, timezone },
      social: {},
      settings: {
        allowDuplicateContact: crm.switches.allowDuplicateContact,
        allowDuplicateOpportunity: false,
        allowFacebookNameMerge: false,
        disableContactTimezone: false,
      },
    },
    traceId: call.traceId,
  });
}

function emailChannels(call: Call): Reply {
  const { crm } = call;
  const { app } = crm.state;
  const ours = crm.switches.addOnProviderIsDefault;
  const own = { _id: locationOf(crm).id, name: crm.switches.ownProvider, type: 'Email', default: !ours };
  const custom =
    app?.installedBy === undefined
      ? []
      : [{ _id: app.providerId, name: app.providerName, type: 'Email', default: ours }];
  const Email = [own, ...custom].map((conversationProvider) => ({ conversationProvider }));
  return ok({ conversationChannel: { Email }, traceId: call.traceId });
}

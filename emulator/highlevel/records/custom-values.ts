/** Custom values of the location (specification of `/locations/{locationId}/customValues`). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import { keepJson, locationOf, newId } from '../crm';
import type { Json } from '../state';

const READ = 'locations/customValues.readonly';
const WRITE = 'locations/customValues.write';
const PATH = '/locations/:locationId/customValues';

export const CUSTOM_VALUE_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: READ, handle: list },
  { method: 'POST', path: PATH, scope: WRITE, handle: create },
  { method: 'GET', path: `${PATH}/:id`, scope: READ, handle: (call) => answer(call, valueIn(call)) },
  { method: 'PUT', path: `${PATH}/:id`, scope: WRITE, handle: update },
  { method: 'DELETE', path: `${PATH}/:id`, scope: WRITE, handle: remove },
];

function list(call: Call): Reply {
  return ok({ customValues: [...call.crm.state.customValues.values()], traceId: call.traceId });
}

function create(call: Call): Reply {
  const { crm } = call;
  const { name, value } = checked(call);
  const row = { id: newId(crm), name, fieldKey: fieldKey(name), value, locationId: locationOf(crm).id };
  return created({ customValue: keepJson(crm.state.customValues, row), traceId: call.traceId });
}

function update(call: Call): Reply {
  const { name, value } = checked(call);
  return answer(call, keepJson(call.crm.state.customValues, { ...valueIn(call), name, value }));
}

function remove(call: Call): Reply {
  call.crm.state.customValues.delete(String(valueIn(call)['id']));
  return ok({ succeded: true, traceId: call.traceId });
}

function checked(call: Call): { name: string; value: string } {
  const fields = call.fields();
  const name = fields.text('name');
  const value = fields.text('value', !call.crm.switches.refuseEmptyCustomValue);
  fields.done();
  return { name, value };
}

function valueIn(call: Call): Json {
  const row = call.crm.state.customValues.get(call.params['id']);
  if (row === undefined) throw badRequest(`Custom value with id ${call.params['id']} not found`);
  return row;
}

function answer(call: Call, customValue: Json): Reply {
  return ok({ customValue, traceId: call.traceId });
}

function fieldKey(name: string): string {
  return `{{ custom_values.${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')} }}`;
}

/** What a person does in the add-on's sidebar. */
import type { FormInputs, Place } from '../world/events';
import { connect, disconnect, updateAddress } from '../world/person';
import { clickInSidebar, openSidebar } from '../world/sidebar';
import { isRecord, isTexts, type ControlCalls, type Fields } from './call';

export const PERSON_CALLS: ControlCalls = [
  [
    'POST connect',
    (world, call) => {
      const fields = call.body();
      const connecting = {
        user: fields.text('user'),
        address: fields.optionalText('address'),
        method: fields.optionalChoice('method', ['token', 'oauth']),
        token: fields.optionalText('token'),
        location: fields.optionalText('location'),
        confirm: fields.optionalBoolean('confirm'),
      };
      world.changes++;
      return connect(world, connecting);
    },
  ],
  [
    'POST update-address',
    (world, call) => {
      const fields = call.body();
      world.changes++;
      return updateAddress(world, fields.text('user'), fields.text('address'));
    },
  ],
  [
    'POST disconnect',
    (world, call) => {
      world.changes++;
      return disconnect(world, call.body().text('user'));
    },
  ],
  [
    'GET sidebar',
    (world, call) => {
      const fields = call.parameters();
      return openSidebar(world, fields.text('user'), placeOf(fields));
    },
  ],
  [
    'POST sidebar/action',
    (world, call) => {
      const fields = call.body();
      world.changes++;
      return clickInSidebar(world, fields.text('user'), placeOf(fields), {
        function: fields.text('function'),
        parameters: fields.optional<Record<string, string>>(
          'parameters',
          'an object of texts',
          (value) => isRecord(value) && isTexts(Object.values(value)),
        ),
        formInputs: fields.optional<FormInputs>(
          'formInputs',
          'an object of texts, lists of texts, numbers, or dates and times',
          (value) => isRecord(value) && Object.values(value).every(isFormValue),
        ),
      });
    },
  ],
  [
    'PUT grant',
    (world, call) => {
      const fields = call.body();
      const user = fields.text('user').toLowerCase();
      world.checkAccount(user);
      const grant = {
        revoked: fields.optionalBoolean('revoked') ?? false,
        withdrawn: fields.optionalTexts('withdrawn') ?? [],
      };
      world.appsScript.setGrant(user, grant);
      // Taking back the access ends the tokens that are out (facts, platform 1.5).
      if (grant.revoked) world.gmail.revoke(user);
      world.changes++;
      return grant;
    },
  ],
];

function placeOf(fields: Fields): Place {
  const at = fields.optionalChoice('at', ['home', 'thread', 'message', 'compose']) ?? 'home';
  if (at === 'home') return { at };
  if (at !== 'compose') return { at, id: fields.text('id') };
  const addresses = (name: string) => (fields.optionalText(name) ?? '').split(',').map((entry) => entry.trim());
  const [to, cc, bcc] = ['to', 'cc', 'bcc'].map((name) => addresses(name).filter((entry) => entry !== ''));
  return { at, to, cc, bcc };
}

function isFormValue(value: unknown): boolean {
  if (['string', 'boolean'].includes(typeof value) || Number.isFinite(value) || isTexts(value)) return true;
  if (!isRecord(value)) return false;
  const { msSinceEpoch, hours, minutes } = value;
  return Number.isFinite(msSinceEpoch) || (Number.isInteger(hours) && Number.isInteger(minutes));
}

/** What people paste into the connect form (C2). */
import fc from 'fast-check';
import { readCredentials } from '../../../src/account/credentials';

const TOKEN = 'pit-38782477-2020-1ef0-267b-55cbc8c6948c';
const LOCATION = '03yhWPSEYjF9lWCMIXIy';
const good = { ok: true, value: { token: TOKEN, location: LOCATION } };

test.each([
  LOCATION,
  ` ${LOCATION}\n`,
  `https://app.gohighlevel.com/v2/location/${LOCATION}`,
  `https://app.gohighlevel.com/v2/location/${LOCATION}/settings/company?tab=1#x`,
  `https://crm.agency.example/location/${LOCATION}/dashboard`,
  `https://agency.example/x?locationId=${LOCATION}&y=1`,
  `\u200b${LOCATION}\u2060`,
])('the location in %j', (pasted) => {
  expect(readCredentials(TOKEN, pasted)).toEqual(good);
});

test.each([TOKEN, `\t${TOKEN} `, `bearer ${TOKEN}`, `Bearer   ${TOKEN}`, `\ufeff${TOKEN}`])(
  'the token in %j',
  (pasted) => {
    expect(readCredentials(pasted, LOCATION)).toEqual(good);
  },
);

test.each([
  ['', LOCATION, 'token-missing'],
  ['   ', LOCATION, 'token-missing'],
  ['Bearer ', LOCATION, 'token-malformed'],
  ['two words', LOCATION, 'token-malformed'],
  ['pit-Ä38782477', LOCATION, 'token-malformed'],
  [`${TOKEN}\r\nX-Evil: 1`, LOCATION, 'token-malformed'],
  [TOKEN, '', 'location-missing'],
  [TOKEN, '../../users', 'location-malformed'],
  [TOKEN, 'a/b', 'location-malformed'],
  [TOKEN, 'x'.repeat(65), 'location-malformed'],
])('%j with %j: %s', (token, location, code) => {
  expect(readCredentials(token, location)).toEqual({ ok: false, problem: { code } });
});

test('whatever is pasted: an answer, and what is taken is safe in a header and in a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (token, location) => {
      const read = readCredentials(token, location);
      if (!read.ok) return;
      expect(read.value.token).toMatch(/^[\x21-\x7e]+$/);
      expect(read.value.location).toMatch(/^[\w-]+$/);
    }),
  );
});

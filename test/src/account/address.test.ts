/** Which threads go on and which stop when the connected address changes (C6). */
import fc from 'fast-check';
import { chosenAddress, withAddress } from '../../../src/account/address';
import { shortHash } from '../../../src/platform/hash';
import { firstState } from '../../../src/sync/begin';
import type { Link, State } from '../../../src/sync/state';

const A = 'a@example.com';
const B = 'b@example.com';

function stateWith(links: readonly Pick<Link, 'crm' | 'address' | 'stopped'>[]): State {
  const connection = {
    kind: 'token' as const,
    token: 'pit-12345678',
    location: 'l',
    locationName: 'L',
    crmUser: 'u',
    crmUserName: 'U',
    mailbox: A,
    address: A,
    ownAddresses: [A],
    since: 0,
    installation: 'i',
  };
  const state = firstState({ connection, labels: { own: 'Label_1' }, historyId: '1', rows: [], now: 1 });
  const plain = {
    conversation: '',
    contact: '',
    gmail: [],
    subject: '',
    people: [],
    since: 0,
    touched: 0,
    lastEmail: '',
    ids: [],
    mirrored: true,
    received: false,
    count: 0,
  };
  return { ...state, links: new Map(links.map((link) => [link.crm, { ...plain, ...link }])) };
}

const stops = (state: State) => [...state.links.values()].map(({ stopped }) => stopped);

test('threads of the former address stop, those of the new one go on, what the user stopped stays stopped', () => {
  const state = stateWith([
    { crm: '1', address: shortHash(A), stopped: '' },
    { crm: '2', address: shortHash(B), stopped: 'former-address' },
    { crm: '3', address: shortHash(A), stopped: 'user' },
    { crm: '4', address: shortHash(B), stopped: 'user' },
  ]);
  const changed = withAddress(state, B, [A, B], 1_000);
  expect(stops(changed)).toEqual(['former-address', '', 'user', 'user']);
  expect(changed.head.connection).toMatchObject({ address: B, ownAddresses: [A, B], mailbox: A });
});

test('there and back is as it was, for any threads', () => {
  const link = fc.record({
    crm: fc.uuid(),
    address: fc.constantFrom(shortHash(A), shortHash(B), shortHash('c@example.com')),
    stopped: fc.constantFrom('' as const, 'user' as const),
  });
  fc.assert(
    fc.property(fc.array(link), (links) => {
      const state = withAddress(stateWith(links), A, [A, B], 1_000);
      const back = withAddress(withAddress(state, B, [A, B], 2_000), A, [A, B], 3_000);
      expect(stops(back)).toEqual(stops(state));
    }),
  );
});

test('addresses compare without case and blanks; others are refused', () => {
  const addresses = [{ email: 'Sales@Example.com', name: '', primary: true, usable: true }];
  expect(chosenAddress(addresses, ' sales@example.COM ')).toEqual({ ok: true, value: 'sales@example.com' });
  expect(chosenAddress(addresses, 'other@example.com')).toMatchObject({ ok: false });
  expect(chosenAddress([], '')).toMatchObject({ ok: false });
});

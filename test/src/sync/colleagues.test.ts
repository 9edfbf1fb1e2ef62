/** T10: whose mailbox logs a message, and when the others may. */
import type { Mail } from '../../../src/gmail/mime/types';
import { claimText, mailboxHash } from '../../../src/sync/claims';
import { connectedOthers, turnAt, turnOf } from '../../../src/sync/colleagues';

const HOUR = 60 * 60_000;
const MINUTE = 60_000;
const LOCATION = 'L1';
const PEOPLE = ['a@firm.example', 'b@firm.example', 'c@elsewhere.example'];
const userOf = (address: string) => `U${PEOPLE.indexOf(address)}`;

const rows = PEOPLE.map((address, index) => ({
  id: `V${index}`,
  name: `Threadlink mailbox ${userOf(address)}`,
  value: claimText({
    number: 1,
    installation: `inst${index}`,
    mailbox: mailboxHash(LOCATION, address),
    starts: [1_772_438_400_000],
  }),
}));

const mail = (from: string, to: string[], cc: string[] = []): Mail => {
  const people = (list: string[]) => list.map((email) => ({ name: '', email }));
  return { from: { name: '', email: from }, to: people(to), cc: people(cc), bcc: [] } as unknown as Mail;
};
const me = (address: string) => ({
  location: LOCATION,
  crmUser: userOf(address),
  mailbox: address,
  ownAddresses: [address],
});
const turn = (address: string, message: Mail) => turnOf(message, me(address), connectedOthers(rows, me(address)), []);

test.each([
  ['the first in To', mail('x@c.test', [PEOPLE[1], PEOPLE[0]], [PEOPLE[2]]), [1, 0, 2]],
  ['the first in Cc where To names none', mail('x@c.test', ['y@c.test'], [PEOPLE[2], PEOPLE[0]]), [1, 2, 0]],
  ['the sender’s own mailbox', mail(PEOPLE[2], ['x@c.test'], [PEOPLE[0], PEOPLE[1]]), [1, 2, 0]],
])('T10: %s goes first, and all see the same order', (_, message, ranks) => {
  expect(PEOPLE.map((address) => turn(address, message).rank)).toEqual(ranks);
});

test('T10: alone there is no turn to wait for', () => {
  expect(turnOf(mail('x@c.test', [PEOPLE[0], 'boss@firm.example']), me(PEOPLE[0]), new Map(), [])).toMatchObject({
    rank: 0,
  });
  expect(connectedOthers([{ ...rows[1], value: 'edited by hand' }], me(PEOPLE[0])).size).toBe(0);
});

test('T10: the first at once; late it waits like the others; nobody in another’s slot', () => {
  const at = 1_772_438_400_000;
  expect(turnAt({ rank: 0, of: 2 }, at, at)).toBe(at);
  expect(turnAt({ rank: 0, of: 2 }, at, at + 39 * MINUTE)).toBe(at + 39 * MINUTE);
  for (let minute = 0; minute < 300; minute++) {
    const now = at + minute * MINUTE;
    const may = [0, 1, 2].filter((rank) => turnAt({ rank, of: 3 }, at, now) === now);
    if (minute < 40) expect(may).toEqual([0]);
    else if (minute < 60) expect(may).toEqual([]);
    else expect(may).toHaveLength(1);
    expect(turnAt({ rank: 1, of: 3 }, at, now)).toBeLessThanOrEqual(Math.max(now, at + HOUR) + 51 * MINUTE);
  }
});

test.each([2, 3, 4, 5, 6])('T10: a mailbox that runs once an hour meets its slot, of %d', (of) => {
  for (let rank = 0; rank < of; rank++) {
    const start = 1_772_438_400_000 + 23 * MINUTE;
    const runs = Array.from({ length: 48 }, (_, hour) => start + (hour + 2) * HOUR);
    expect(runs.some((now) => turnAt({ rank, of }, start, now) === now)).toBe(true);
  }
});

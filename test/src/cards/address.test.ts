/** Update e-mail (C6): another alias of the same mailbox, without disconnecting. */
import { MINUTE, newSidebar, type Sidebar } from './sidebar';

const MAIN = 'sales@example.com';
const ALIAS = 'offers@example.com';

let bar: Sidebar;
let crmUser: string;
beforeEach(() => {
  const first = newSidebar();
  first.world.gmail.addAccount({
    email: MAIN,
    name: 'Sales',
    aliases: [
      { email: ALIAS, name: 'Offers', verified: true },
      { email: 'ceo@example.com', name: 'CEO', verified: false },
    ],
  });
  crmUser = first.world.highlevel.addUser({ name: 'Sam Sales', email: MAIN }).id;
  bar = first.as(MAIN).connect();
  bar.world.advance(MINUTE, false);
}, 60_000);

function sendAs(from: string, subject: string) {
  const sent = bar.send({ user: crmUser, from, subject });
  bar.world.advance(MINUTE, false);
  return sent;
}

const choose = (address: string) => bar.menu('onSettings').press('address.show').press('address.change', { address });

test('C6: only confirmed addresses are offered, the connected one is chosen', () => {
  bar.menu('onSettings').press('address.show');
  expect(bar.choices('address')?.map(({ value, selected }) => [value, selected])).toEqual([
    [MAIN, true],
    [ALIAS, false],
  ]);
});

test('C6: mail for the new address syncs, threads of the former one stop, and the sidebar says so on them', () => {
  sendAs(MAIN, 'Former');
  bar.timer();
  const [{ threadId }] = bar.gmail('GET', 'messages').messages;
  choose(ALIAS);
  expect(bar.notice).toContain(ALIAS);
  expect(bar.head.connection).toMatchObject({ address: ALIAS, mailbox: MAIN });
  sendAs(ALIAS, 'For the new one');
  sendAs(MAIN, 'For the old one');
  bar.timer();
  expect(bar.gmail('GET', 'messages').messages).toHaveLength(2);
  bar.open({ at: 'thread', id: threadId });
  expect(bar.text).toContain('belongs to an address that is no longer connected');
  expect(bar.has('thread.resume')).toBe(false);
  expect(bar.open().text).toContain('1 thread of an earlier address no longer syncs');
});

test('C6: what was sent for the former address before the change still syncs', () => {
  sendAs(MAIN, 'Just before');
  choose(ALIAS);
  expect(bar.gmail('GET', 'messages').messages).toHaveLength(1);
});

test('C6: going back lets its threads go on', () => {
  sendAs(MAIN, 'Former');
  bar.timer();
  choose(ALIAS);
  choose(MAIN);
  const [{ threadId }] = bar.gmail('GET', 'messages').messages;
  expect(bar.open({ at: 'thread', id: threadId }).text).toContain('This thread is synced with the CRM');
});

test('C6, T8: a thread that the user stopped stays stopped over a change and back, and is not resumed for a former address', () => {
  sendAs(MAIN, 'Stopped');
  bar.timer();
  const [{ threadId }] = bar.gmail('GET', 'messages').messages;
  bar.open({ at: 'thread', id: threadId }).press('thread.stop');
  choose(ALIAS);
  expect(bar.open({ at: 'thread', id: threadId }).text).toContain('You stopped syncing this thread');
  bar.press('thread.resume');
  expect(bar.text).toContain('belongs to an address that is no longer connected');
  choose(MAIN);
  expect(bar.open({ at: 'thread', id: threadId }).text).toContain('This thread is synced with the CRM');
});

test.each(['ceo@example.com', 'stranger@else.example', '', 'nonsense'])(
  'an address that cannot send (%p) is refused',
  (address) => {
    bar.menu('onSettings').press('address.show').forge({ do: 'address.change' }, { address });
    expect(bar.text).toContain('cannot send with that address');
    expect(bar.head.connection.address).toBe(MAIN);
  },
);

test('a mailbox with one address is told how to add another', () => {
  const email = 'lone@example.com';
  bar.world.gmail.addAccount({ email, name: 'Lone' });
  bar.world.highlevel.addUser({ name: 'Lone', email });
  bar = bar.as(email).connect();
  bar.menu('onSettings').press('address.show');
  expect(bar.text).toContain('only one address');
  expect(bar.has('address.change')).toBe(false);
});

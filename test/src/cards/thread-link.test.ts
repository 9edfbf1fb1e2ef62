/** T7: a thread that did not start in the CRM is synced from its card, from now on or with the earlier mails, counted first. */
import { MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const ANA = 'ana.pereira@lisbon.example';
let bar: Sidebar;
let threadId: string;

beforeEach(() => {
  bar = connectedSidebar();
  threadId = bar.mailFrom(ANA, ['Subject: A question of mine', 'Message-ID: <q@c.test>'], 'How much?').threadId;
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.world.advance(MINUTE, false);
  bar.open({ at: 'thread', id: threadId });
}, 60_000);

test('T7: with the earlier mails', () => {
  bar.press('link.show');
  expect(bar.text).toContain('With the earlier mails (1)');
  expect(bar.choices('contact')?.map(({ text }) => text)).toEqual(['Ana Pereira, Azulejo Lda']);
  bar.press('link.do', { earlier: 'all' });
  expect(bar.notice).toBe('This thread is synced now.');
  expect(bar.text).toContain('This thread is synced with the CRM');
  expect(bar.text).toContain('Logged in the CRM');
  expect(bar.head.today.pushed).toBe(1);
});

test('T7: from now on, which is proposed', () => {
  bar.press('link.show').press('link.do');
  expect(bar.text).toContain('This thread is synced with the CRM');
  expect(bar.head.today.pushed).toBe(0);
  expect(bar.has('thread.stop')).toBe(true);
});

test('S9: a click with a contact of nobody’s links nothing', () => {
  bar.press('link.show').forge({ do: 'link.do' }, { contact: 'nobody', earlier: 'all' });
  expect(bar.notice).toBe('This thread could not be synced. Please open it again.');
  expect(bar.text).not.toContain('This thread is synced with the CRM');
});

test('T7: a sender who is no contact offers no sync', () => {
  const other = bar.mailFrom('stranger@else.example', ['Subject: Hi', 'Message-ID: <s@c.test>']).threadId;
  bar.open({ at: 'thread', id: other });
  expect(bar.has('link.show')).toBe(false);
});

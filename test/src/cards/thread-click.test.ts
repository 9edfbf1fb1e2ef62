/** T2: a message that a rule left goes with one click. */
import { MINUTE, connectedSidebar, type Sidebar } from './sidebar';

let bar: Sidebar;

beforeEach(() => {
  bar = connectedSidebar();
  bar.world.network.addMailbox('lawyer@law.example', 'Lee Lawyer');
}, 60_000);

test('T2: forwarded to a lawyer: left, shown, and logged with one click', () => {
  const { id, threadId } = bar.link();
  const mirror = bar.gmail('GET', `messages/${id}?format=metadata&metadataHeaders=Message-ID&metadataHeaders=Subject`);
  const header = (name: string) =>
    (mirror.payload.headers as { name: string; value: string }[]).find((each) => each.name === name)?.value ?? '';
  const raw = [
    `From: ${bar.user}`,
    'To: lawyer@law.example',
    `Subject: Fwd: ${header('Subject')}`,
    `References: ${header('Message-ID')}`,
    '',
    'Is it sound?',
  ].join('\r\n');
  bar.gmail('POST', 'messages/send', { threadId, raw: Buffer.from(raw).toString('base64url') });
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.open({ at: 'thread', id: threadId });
  expect(bar.text).toContain('Log in the CRM');
  bar.press('message.push');
  expect(bar.notice).toBe('Logged in the CRM.');
  expect(bar.has('message.push')).toBe(false);
  expect(bar.head.today.pushed).toBe(1);
});

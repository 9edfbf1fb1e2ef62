/** What the states of the cards begin with: a connected mailbox, a thread of the CRM in it, an answer to it. */
import { MINUTE, newSidebar, type Sidebar } from '../../src/cards/sidebar';

/** Brings the sidebar to the card that is drawn. */
export type CardState = (bar: Sidebar) => Sidebar;
export type CardStates = Readonly<Record<string, CardState>>;

export const CRM = 'services.leadconnectorhq.com';
export const GMAIL = 'gmail.googleapis.com';
export const ANA = 'ana.pereira@lisbon.example';
export { AGENT, MINUTE, newSidebar, type Sidebar } from '../../src/cards/sidebar';

export function connected(bar: Sidebar, method: 'token' | 'oauth' = 'token'): Sidebar {
  bar.connect({ method });
  bar.world.advance(MINUTE, false);
  return bar;
}

/** A mail of the CRM that is in Gmail; gives its thread. */
export function mirrored(bar: Sidebar, mail: Parameters<Sidebar['send']>[0] = {}): string {
  const before = ((bar.gmail('GET', 'messages?labelIds=SENT').messages ?? []) as { id: string }[]).map(({ id }) => id);
  bar.send({ subject: 'Offer for the showroom', html: '<p>Dear Ana, here it is.</p>', ...mail });
  bar.world.advance(MINUTE, false);
  bar.timer();
  const { messages } = bar.gmail('GET', 'messages?labelIds=SENT') as { messages: { id: string; threadId: string }[] };
  return messages.find(({ id }) => !before.includes(id))!.threadId;
}

/** The contact answers the newest mail of the thread. */
export function answered(
  bar: Sidebar,
  threadId: string,
  more: { headers?: readonly string[]; text?: string } = {},
): void {
  const thread = bar.gmail('GET', `threads/${threadId}?format=metadata&metadataHeaders=Message-ID`);
  const parent = thread.messages.at(-1).payload.headers[0].value as string;
  const count = thread.messages.length as number;
  bar.mailFrom(
    `Ana Pereira <${ANA}>`,
    [
      'Subject: Re: Offer for the showroom',
      `Message-ID: <a${count}@lisbon.example>`,
      `In-Reply-To: ${parent}`,
      `References: ${parent}`,
      ...(more.headers ?? []),
    ],
    more.text ?? 'Sounds good. When can you start?',
  );
  bar.world.advance(MINUTE, false);
}

export const openThread = (bar: Sidebar, id: string) => bar.open({ at: 'thread', id });

/** Somebody writes who is in no thread of the CRM. */
export function stranger(bar: Sidebar, from: string, headers: readonly string[] = []): Sidebar {
  const { id } = bar.mailFrom(from, ['Subject: A question', 'Message-ID: <s@else.example>', ...headers]);
  return bar.open({ at: 'message', id });
}

export const german: CardState = (bar) => {
  bar.world.switches.set({ userLocale: 'de', userTimeZone: 'Europe/Berlin' });
  return bar;
};

export const fresh = () => newSidebar();

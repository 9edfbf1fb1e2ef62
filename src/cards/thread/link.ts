/** Syncing a thread that did not start in the CRM (T7): with which contact, and from when on. */
import { ask, type Task } from '../../platform/exchange';
import { getThreadHeaders } from '../../gmail/messages';
import { leaveCommand } from '../../sync/commands';
import { HEADERS } from '../../sync/observe';
import { viewOfHeaders } from '../../sync/views';
import { isMail } from '../../sync/threads';
import { linkOfThread, type SyncView } from '../../sync/view';
import { runFromCard } from '../../account/run';
import { deskOf } from '../contact/handlers';
import { readContactOf, type ContactReading, type Desk } from '../contact/read';
import type { Context } from '../context';
import { connected, say, type Handlers } from '../handler';
import type { Card, Choice } from '../model';
import { placeCard } from '../places';
import { partnerOf } from '../recent';
import { problemReply, type Reply } from '../reply';
import type { Words } from '../words';

const CONTACT = 'contact';
const EARLIER = 'earlier';

interface Linkable {
  readonly contact: ContactReading;
  /** Mails that the thread has already; drafts, spam and trash are none. */
  readonly count: number;
}

export const LINK_HANDLERS: Handlers = {
  'link.show': (context) => connected(context, (view) => show(context, view)),
  'link.do': (context) => connected(context, (view) => link(context, view)),
};

function show(context: Context, view: SyncView): Reply {
  const { threadId } = context.event;
  if (threadId === undefined) return problemReply(context, { code: 'thread-unknown' });
  const { contact, count } = context.run(readLinkable(deskOf(context, view), view, threadId));
  const contacts = contact.kind === 'found' ? [contact.contact] : contact.kind === 'several' ? contact.contacts : [];
  if (contacts.length === 0) return say(context.words.linking.nobody);
  const choices = contacts.map(({ id, name, email, company }, index): Choice => {
    const who = name === '' ? email : name;
    return { value: id, text: company === '' ? who : `${who}, ${company}`, selected: index === 0 };
  });
  return { card: linkCard(context.words, choices, count), move: 'push' };
}

/** The engine makes sure that contact and thread are there, and of what the user may see. */
function link(context: Context, view: SyncView): Reply {
  const { event, store, words } = context;
  const { threadId } = event;
  if (threadId === undefined || linkOfThread(view, threadId) !== undefined) {
    return { card: placeCard(context), move: 'root' };
  }
  const contact = event.form(CONTACT)[0] ?? '';
  leaveCommand(store, { do: 'link', gmail: threadId, contact, earlier: event.form(EARLIER)[0] === 'all' });
  const result = runFromCard(true);
  const after = context.view('again');
  const linked = after !== undefined && linkOfThread(after, threadId) !== undefined;
  const notice = linked ? words.linking.done : result === 'done' ? words.linking.not : words.noted;
  return { card: placeCard(context), move: 'root', notice, changed: true };
}

function linkCard({ linking, buttons }: Words, contacts: readonly Choice[], count: number): Card {
  return {
    name: 'link',
    title: linking.title,
    sections: [
      {
        widgets: [
          { kind: 'text', text: linking.what },
          {
            kind: 'choice',
            name: CONTACT,
            title: linking.contact,
            type: contacts.length > 5 ? 'dropdown' : 'radio',
            choices: contacts,
          },
          {
            kind: 'choice',
            name: EARLIER,
            title: linking.from,
            type: 'radio',
            choices: [
              { value: 'new', text: linking.fromNow, selected: true },
              { value: 'all', text: linking.withEarlier(count), selected: false },
            ],
          },
        ],
      },
    ],
    footer: {
      main: { text: buttons.linkThread, do: 'link.do', filled: true },
      other: { text: buttons.cancel, do: 'home.show' },
    },
  };
}

function* readLinkable(desk: Desk, view: SyncView, threadId: string): Task<Linkable> {
  const outcome = yield* ask(getThreadHeaders(threadId, HEADERS));
  const messages = outcome.kind === 'done' ? outcome.value.messages.map(viewOfHeaders) : [];
  const partner = partnerOf(messages, view.connection.ownAddresses);
  const contact: ContactReading = partner === undefined ? { kind: 'unread' } : yield* readContactOf(desk, partner);
  return { contact, count: messages.filter(({ labelIds }) => isMail(labelIds)).length };
}

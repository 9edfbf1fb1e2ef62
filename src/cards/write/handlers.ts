/**
 * What the buttons about writing do. The contact in a button is looked up anew for what this user may see (C10), and an
 * answer goes only into a thread that is synced with that contact.
 */
import type { Contact } from '../../crm/types';
import { parseAddresses, sameAddress } from '../../gmail/mime/addresses';
import { htmlFromText } from '../../gmail/mime/text';
import type { Address } from '../../gmail/mime/types';
import { writableAddress } from '../../gmail/mime/write-address';
import { getThreadHeaders } from '../../gmail/messages';
import { listSendAs } from '../../gmail/profile';
import type { SendAs } from '../../gmail/types';
import { runFromCard } from '../../account/run';
import { leaveCommand } from '../../sync/commands';
import { ask, together, type Outcome, type Task } from '../../platform/exchange';
import { HEADERS } from '../../sync/observe';
import { viewOfHeaders } from '../../sync/views';
import type { MessageView } from '../../sync/observed';
import { isMail, isOutbound, personKey } from '../../sync/threads';
import type { Link } from '../../sync/state';
import { linkOfThread, type SyncView } from '../../sync/view';
import type { Template } from '../../crm/templates';
import { deskOf, isCrmId } from '../contact/handlers';
import { readContactById, type ContactReading } from '../contact/read';
import type { Context } from '../context';
import { connected, say, type Handlers } from '../handler';
import { isOnceId, newOnceId } from '../once';
import { placeCard } from '../places';
import { problemReply, type Reply } from '../reply';
import { MAIL, sendingCard, writeCard } from './card';
import { cappedUntil, lookAgain, sendAgain, sendOnce, type Letter, type Sending } from './send';
import { fillTemplate, openPlaceholder, readTemplates } from './templates';

export const WRITE_HANDLERS: Handlers = {
  'write.new': (context) => withRecipient(context, (to) => begin(context, to)),
  'write.reply': (context) => withRecipient(context, (to) => begin(context, to)),
  'write.template': (context) => withRecipient(context, (to) => choose(context, to)),
  'write.send': (context) => withRecipient(context, (to) => send(context, to)),
  'write.again': (context) => resumed(context, (id, view) => sendAgain(context, view, id)),
  'write.look': (context) => resumed(context, (id) => lookAgain(context, id)),
};

interface Recipient {
  readonly view: SyncView;
  readonly contact: Contact;
  readonly to: string;
  readonly sender: Address;
  readonly templates: readonly Template[];
  /** The thread that is answered in, with its mails, oldest first. */
  readonly answered?: { readonly id: string; readonly messages: readonly MessageView[] };
}

function withRecipient(context: Context, work: (recipient: Recipient) => Reply): Reply {
  return connected(context, (view) => {
    const { contact: id = '', thread } = context.event.parameters;
    const link = thread === undefined ? undefined : linkOfThread(view, thread);
    if (!isCrmId(id)) return problemReply(context, { code: 'contact-unknown' });
    if (thread !== undefined && (link === undefined || link.contact !== id || link.stopped !== '')) {
      return problemReply(context, { code: 'thread-unknown' });
    }
    const desk = deskOf(context, view);
    const [reading, templates, sendAs, messages] = context.run(
      together<unknown>([
        readContactById(desk, id),
        readTemplates(desk),
        ask(listSendAs()),
        thread === undefined ? noMessages() : readMessages(thread),
      ]),
    ) as [ContactReading, readonly Template[], Outcome<readonly SendAs[]>, readonly MessageView[] | undefined];
    if (reading.kind === 'unread') return problemReply(context, { code: 'crm-down' });
    if (reading.kind !== 'found') return problemReply(context, { code: 'contact-unknown' });
    if (messages === undefined || sendAs.kind !== 'done') return problemReply(context, { code: 'gmail-down' });
    const { contact } = reading;
    const to = recipientOf(contact, link, messages);
    if (to === '') return say(context.words.write.noAddress);
    const { address } = view.connection;
    const sender = sendAs.value.find(({ email, usable }) => usable && sameAddress(email, address));
    if (sender === undefined) return problemReply(context, { code: 'address-unknown' });
    return work({
      view,
      contact,
      to,
      sender: { name: sender.name, email: sender.email },
      templates,
      ...(thread === undefined ? {} : { answered: { id: thread, messages } }),
    });
  });
}

function* noMessages(): Task<readonly MessageView[]> {
  return [];
}

function* readMessages(thread: string): Task<readonly MessageView[] | undefined> {
  const outcome = yield* ask(getThreadHeaders(thread, HEADERS));
  if (outcome.kind !== 'done') return undefined;
  return outcome.value.messages
    .map(viewOfHeaders)
    .filter(({ labelIds }) => isMail(labelIds))
    .sort((a, b) => a.date - b.date);
}

/** The address with which the contact wrote last; else the CRM's. */
function recipientOf(contact: Contact, link: Link | undefined, messages: readonly MessageView[]): string {
  const newest = [...messages]
    .reverse()
    .find((view) => !isOutbound(view) && link?.people.includes(personKey(view.mail.from.email)) === true);
  return writableAddress(newest?.mail.from.email ?? contact.email) ?? '';
}

function begin(context: Context, recipient: Recipient): Reply {
  return { card: cardOf(context, recipient, newOnceId(), { subject: subjectOf(recipient) }), move: 'push' };
}

/** The subject stays as the thread has it: another one would split the thread. */
function subjectOf({ answered }: Recipient): string {
  const subject = answered?.messages[0]?.mail.subject ?? '';
  return subject === '' || /^re\s*:/i.test(subject) ? subject : `Re: ${subject}`;
}

function cardOf(
  context: Context,
  { view, contact, to, sender, templates, answered }: Recipient,
  once: string,
  values: Partial<Record<keyof typeof MAIL, string>>,
) {
  const { cc = '', subject = '', text = '', template = '' } = values;
  const until = cappedUntil(context, view);
  return writeCard(context.words, {
    capped: until === undefined ? undefined : context.format.clock(until),
    contact,
    to,
    from: sender.email,
    once,
    thread: answered?.id,
    templates,
    values: { cc, subject, text, template },
  });
}

function written({ event }: Context) {
  const of = (name: string) => event.form(name)[0] ?? '';
  return { cc: of(MAIL.cc), subject: of(MAIL.subject), text: of(MAIL.text), template: of(MAIL.template) };
}

function choose(context: Context, recipient: Recipient): Reply {
  const values = written(context);
  const template = recipient.templates.find(({ id }) => id === values.template);
  const { once } = context.event.parameters;
  if (template === undefined || !isOnceId(once)) return say('');
  const filled = fillTemplate(template, recipient.view.connection, recipient.contact);
  const subject = recipient.answered === undefined ? filled.subject || values.subject : values.subject;
  return { card: cardOf(context, recipient, once, { ...values, subject, text: filled.text }), move: 'update' };
}

function send(context: Context, recipient: Recipient): Reply {
  const { words, event } = context;
  const { once } = event.parameters;
  const values = written(context);
  if (!isOnceId(once) || values.subject.trim() === '' || values.text.trim() === '')
    return say(words.records.incomplete);
  const open = openPlaceholder(values.subject) ?? openPlaceholder(values.text);
  if (open !== undefined) return say(words.write.placeholder(open));
  const cc = parseAddresses(values.cc).filter(({ name, email }) => name !== '' || email !== '');
  const wrong = cc.find(({ email }) => writableAddress(email) === undefined);
  if (wrong !== undefined) return say(words.write.badCc(wrong.email || wrong.name));
  const sending = sendOnce(
    context,
    recipient.view,
    once,
    letterOf(recipient, values, cc),
    linkLater(context, recipient.view, recipient.contact.id),
  );
  return ended(context, recipient.view, once, sending);
}

function letterOf(
  { view, contact, to, sender, templates, answered }: Recipient,
  { subject, text, template: chosen }: ReturnType<typeof written>,
  cc: readonly Address[],
): Letter {
  const template = templates.find(({ id }) => id === chosen);
  const filled = template === undefined ? undefined : fillTemplate(template, view.connection, contact);
  // A template that was left as it is goes with its own looks.
  const html = filled !== undefined && same(filled.text, text) ? filled.html : htmlFromText(text);
  const parent = answered?.messages[answered.messages.length - 1]?.mail;
  const answers = parent?.messageId;
  return {
    mail: {
      from: sender,
      to: [{ name: contact.name, email: to }],
      cc,
      subject: subject.trim(),
      html,
      text,
      ...(parent === undefined || answers === undefined
        ? {}
        : { inReplyTo: answers, references: [...parent.references, answers] }),
    },
    threadId: answered?.id,
  };
}

function same(a: string, b: string): boolean {
  return a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();
}

function resumed(context: Context, work: (id: string, view: SyncView) => Sending): Reply {
  return connected(context, (view) => {
    const { once } = context.event.parameters;
    return isOnceId(once) ? ended(context, view, once, work(once, view)) : say(context.words.records.incomplete);
  });
}

/** A mail in a thread that is linked is logged by the sync; another thread is linked first, by the contact's id (T1). */
function linkLater({ store }: Context, view: SyncView, contact: string): (thread: string) => void {
  return (gmail) => {
    if (linkOfThread(view, gmail) === undefined) leaveCommand(store, { do: 'link', gmail, contact, earlier: true });
  };
}

function ended(context: Context, view: SyncView, once: string, sending: Sending): Reply {
  const { words } = context;
  if (sending.kind === 'not-sent') return say(words.write.notSent);
  if (sending.kind === 'capped') return say(words.write.capped(context.format.clock(sending.until)));
  if (sending.kind !== 'sent') {
    const card = sendingCard(words, view.connection.mailbox, once, sending);
    return { card, move: 'push' };
  }
  if (sending.earlier) return { card: placeCard(context), move: 'root', notice: words.write.earlier, changed: true };
  runFromCard(true);
  const after = context.view('again');
  const logged = after?.receipts.some(({ key, what }) => key === `g:${sending.message}` && what === 'pushed') === true;
  const notice = logged ? words.write.sentLogged : words.write.sent;
  return { card: placeCard(context), move: 'root', notice, changed: true };
}

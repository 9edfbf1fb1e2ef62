/** Answers a query for one message. */
import { labelsBySearchName } from '../mailbox/labels';
import type { GmailContext, Mailbox, StoredMessage } from '../state';
import { searchAge, searchSize, searchTime } from './dates';
import { documentOf } from './document';
import { hasWords, words } from './normalise';
import { parseQuery, type Query } from './query';

type Test = (message: StoredMessage) => boolean;

export interface Search {
  readonly matches: Test;
  /** The query itself asks for spam or trash. */
  readonly wide: boolean;
}

const IN: Readonly<Record<string, string>> = {
  inbox: 'INBOX',
  sent: 'SENT',
  draft: 'DRAFT',
  drafts: 'DRAFT',
  trash: 'TRASH',
  spam: 'SPAM',
  chats: 'CHAT',
  chat: 'CHAT',
};
const never: Test = () => false;
const hasLabel =
  (label: string): Test =>
  (message) =>
    message.labelIds.includes(label);

export function compileSearch(context: GmailContext, mailbox: Mailbox, text: string): Search {
  const query = parseQuery(text);
  const test = compile(context, mailbox, query);
  const lag = context.switches().gmailSearchLagMs;
  const indexedUntil = context.clock.now - lag;
  return {
    matches: lag > 0 ? (message) => message.arrivedAt <= indexedUntil && test(message) : test,
    wide: asksForAll(query),
  };
}

function asksForAll(query: Query): boolean {
  if (query.kind === 'not') return false;
  if (query.kind !== 'term') return query.of.some(asksForAll);
  const where = query.operator === 'in' || query.operator === 'label' || query.operator === 'is';
  return where && /^(anywhere|trash|spam)$/i.test(query.value);
}

function compile(context: GmailContext, mailbox: Mailbox, query: Query): Test {
  if (query.kind === 'not') {
    const test = compile(context, mailbox, query.of);
    return (message) => !test(message);
  }
  if (query.kind === 'term') return compileTerm(context, mailbox, query.operator, query.value);
  const tests = query.of.map((part) => compile(context, mailbox, part));
  return query.kind === 'all'
    ? (message) => tests.every((test) => test(message))
    : (message) => tests.some((test) => test(message));
}

function compileTerm(context: GmailContext, mailbox: Mailbox, operator: string, value: string): Test {
  const wanted = words(value);
  const inHeader =
    (...names: Parameters<ReturnType<typeof documentOf>['header']>[0][]): Test =>
    ({ content }) =>
      names.some((name) => hasWords(documentOf(content).header(name), wanted));
  const person = value.toLowerCase() === 'me' ? words(mailbox.email) : wanted;
  const people =
    (...names: ('from' | 'to' | 'cc' | 'bcc')[]): Test =>
    ({ content }) =>
      names.some((name) => hasWords(documentOf(content).header(name), person));
  switch (operator) {
    case '':
      return ({ content }) => hasWords(documentOf(content).text(), wanted);
    case 'rfc822msgid': {
      const id = `<${value.replace(/^<|>$/g, '')}>`;
      return ({ content }) => documentOf(content).messageId === id;
    }
    case 'from':
      return people('from');
    case 'to':
      return people('to', 'cc', 'bcc');
    case 'cc':
      return people('cc');
    case 'bcc':
      return people('bcc');
    case 'deliveredto':
      return inHeader('delivered-to');
    case 'list':
      return inHeader('list-id');
    case 'subject':
      return ({ content }) => hasWords(documentOf(content).subject, wanted);
    case 'filename': {
      const name = value.toLowerCase();
      return ({ content }) =>
        documentOf(content)
          .files()
          .some((file) => file.toLowerCase().includes(name));
    }
    case 'in':
    case 'label':
      return place(mailbox, value);
    case 'is':
      return state(value.toLowerCase());
    case 'has':
      return having(value.toLowerCase());
    case 'category': {
      const label = `CATEGORY_${value.toLowerCase() === 'primary' ? 'PERSONAL' : value.toUpperCase()}`;
      return hasLabel(label);
    }
    default:
      return compileNumber(context, operator, value) ?? unknownOperator(operator, value);
  }
}

/** What is no operator is text: `foo:bar` looks for these words. */
function unknownOperator(operator: string, value: string): Test {
  const wanted = words(`${operator} ${value}`);
  return ({ content }) => hasWords(documentOf(content).text(), wanted);
}

function compileNumber({ clock }: GmailContext, operator: string, value: string): Test | undefined {
  const limits: Readonly<Record<string, () => Test | undefined>> = {
    after: () => compare(searchTime(value), (time) => (message) => message.internalDate >= time),
    before: () => compare(searchTime(value), (time) => (message) => message.internalDate < time),
    newer_than: () => compare(searchAge(value), (age) => (message) => message.internalDate >= clock.now - age),
    older_than: () => compare(searchAge(value), (age) => (message) => message.internalDate < clock.now - age),
    larger: () => compare(searchSize(value), (size) => (message) => message.content.raw.length > size),
    smaller: () => compare(searchSize(value), (size) => (message) => message.content.raw.length < size),
  };
  const same: Readonly<Record<string, string>> = { newer: 'after', older: 'before', size: 'larger' };
  return limits[same[operator] ?? operator]?.();
}

function compare(limit: number | undefined, test: (limit: number) => Test): Test {
  return limit === undefined ? never : test(limit);
}

function place(mailbox: Mailbox, value: string): Test {
  const name = value.toLowerCase();
  if (name === 'anywhere' || name === 'all') return () => true;
  if (IN[name] !== undefined) return hasLabel(IN[name]);
  const labels = labelsBySearchName(mailbox, value);
  return (message) => labels.some((label) => message.labelIds.includes(label));
}

function state(value: string): Test {
  if (value === 'read') return (message) => !message.labelIds.includes('UNREAD');
  const label = {
    unread: 'UNREAD',
    starred: 'STARRED',
    important: 'IMPORTANT',
    sent: 'SENT',
    draft: 'DRAFT',
    chat: 'CHAT',
  }[value];
  return label === undefined ? never : hasLabel(label);
}

function having(value: string): Test {
  if (value === 'attachment')
    return ({ content }) =>
      documentOf(content)
        .files()
        .some((file) => file !== '');
  if (value === 'userlabels') return (message) => message.labelIds.some((label) => label.startsWith('Label_'));
  if (value === 'nouserlabels') return (message) => !message.labelIds.some((label) => label.startsWith('Label_'));
  return never;
}

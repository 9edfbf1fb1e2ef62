/** users.getProfile and users.settings.sendAs. */
import type { Mailbox } from '../state';
import { notFound } from '../rest/errors';
import type { Call, Json } from '../rest/call';
import { currentHistoryId } from './history';

export function getProfile({ context, mailbox }: Call): Json {
  return {
    emailAddress: mailbox.email,
    messagesTotal: mailbox.messages.size,
    threadsTotal: mailbox.threads.size,
    historyId: String(currentHistoryId(context, mailbox)),
  };
}

/** The primary address has no verificationStatus; an alias is `accepted` once its owner agreed. */
function sendAs({ email, name, aliases }: Mailbox): Json[] {
  const common = { replyToAddress: '', signature: '' };
  return [
    { sendAsEmail: email, displayName: name, ...common, isPrimary: true, isDefault: true },
    ...aliases.map((alias) => ({
      sendAsEmail: alias.email,
      displayName: alias.name,
      ...common,
      treatAsAlias: true,
      verificationStatus: alias.verified ? 'accepted' : 'pending',
    })),
  ];
}

export function listSendAs({ mailbox }: Call): Json {
  return { sendAs: sendAs(mailbox) };
}

export function getSendAs({ mailbox, path }: Call): Json {
  const wanted = path.sendAsEmail.toLowerCase();
  const found = sendAs(mailbox).find(({ sendAsEmail }) => String(sendAsEmail).toLowerCase() === wanted);
  if (found === undefined) throw notFound();
  return found;
}

/** Is it this mailbox's turn to log a message that connected colleagues have too (T10)? Read only where there are any. */
import { connectedOthers, turnAt, turnOf } from '../colleagues';
import type { MessageView } from '../observed';
import type { Link } from '../state';
import { everyone, isOutbound, personKey } from '../threads';
import type { Planning } from './planning';

export interface TurnNow {
  /** When it may be logged; now, or later. */
  readonly at: number;
  /** Somebody else may have logged it: the CRM is read back first. */
  readonly doubt: boolean;
}

const MINE: TurnNow = { at: 0, doubt: false };
/** Nobody waits for a turn of which the others are not told. */
const UNTOLD: TurnNow = { at: 0, doubt: true };

/** Undefined while it is being read. */
export function turnNow(planning: Planning, link: Link, message: MessageView): TurnNow | undefined {
  const { connection, claim } = planning.head;
  // What the user sent is in Sent of this mailbox alone.
  if (isOutbound(message) || !hasThirdParty(planning, link, message)) return MINE;
  if (claim === undefined) return UNTOLD;
  const { location, crmUser } = connection;
  const rows = planning.got<'claim'>({ kind: 'claim', location, crmUser, text: claim.text });
  if (rows === undefined) return undefined;
  if (rows.kind !== 'got' || rows.value === 'forbidden') return UNTOLD;
  const others = connectedOthers(rows.value, connection);
  if (others.size === 0) return MINE;
  const users = planning.got<'crmUsers'>({ kind: 'crmUsers', location });
  if (users === undefined) return undefined;
  const turn = turnOf(message.mail, connection, others, users.kind === 'got' ? users.value : []);
  const at = turnAt(turn, message.date, planning.now);
  return { at, doubt: turn.of > 1 };
}

/** Anybody but the contact and this mailbox: a colleague may be among them. Somebody in blind copy is not told of. */
function hasThirdParty(planning: Planning, link: Link, { mail }: MessageView): boolean {
  const { ownAddresses, mailbox } = planning.head.connection;
  const known = [...link.people, ...[...ownAddresses, mailbox].map(personKey)];
  const people = everyone(mail).filter(({ email }) => email !== '');
  const named = [...mail.to, ...mail.cc].some(({ email }) =>
    [...ownAddresses, mailbox].some((own) => personKey(own) === personKey(email)),
  );
  return !named || people.some(({ email }) => !known.includes(personKey(email)));
}

/**
 * How one user's mailbox and the CRM stand to one another, told from the two sides alone and never from what the add-on
 * remembers: how many mails ought to be on both, how many are, which are not, and which are there twice. A pure function.
 */

export interface GmailSide {
  readonly id: string;
  readonly threadId: string;
  readonly labels: readonly string[];
  readonly at: number;
  readonly subject: string;
  readonly from: string;
  /** Bare addresses of all who wrote it or were written to, in lower case. */
  readonly people: readonly string[];
  /** With angle brackets; empty where there is none. */
  readonly messageId: string;
  /** The CRM e-mail that the add-on says this is, by its marker header; empty in everybody else's mail. */
  readonly marker: string;
}

export interface CrmSide {
  readonly id: string;
  readonly threadId: string;
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: string;
  readonly at: number;
  readonly subject: string;
  readonly from: string;
  /** Bare and in lower case. */
  readonly sender: string;
  readonly source: string;
  readonly altId: string;
  readonly messageId: string;
}

/** A mail in the mailbox of somebody outside. */
export interface OutsideSide {
  readonly address: string;
  readonly subject: string;
  readonly messageId: string;
  readonly marker: string;
}

export interface Sides {
  readonly gmail: readonly GmailSide[];
  readonly crm: readonly CrmSide[];
  readonly outside: readonly OutsideSide[];
  /** The user's own addresses, in lower case. */
  readonly own: readonly string[];
  /** Addresses of each contact, in lower case. */
  readonly contacts: ReadonlyMap<string, readonly string[]>;
  /** When the user connected; undefined where they are not connected. */
  readonly since?: number;
}

export interface LoneMail {
  readonly side: 'gmail' | 'crm';
  readonly id: string;
  readonly threadId: string;
  readonly subject: string;
  readonly from: string;
  readonly at: number;
}

export interface Balance {
  /** Mails that ought to be on both sides. */
  readonly total: number;
  readonly both: number;
  /** The others of `total`, oldest first. */
  readonly lone: readonly LoneMail[];
  /** Each mail that one place has more than once. */
  readonly twice: readonly { readonly where: 'gmail' | 'crm' | 'outside'; readonly subject: string }[];
  /** Mails of synced threads that stay on one side by a rule. */
  readonly left: number;
}

/** One mail, wherever it is. */
interface Mail {
  readonly gmail: GmailSide[];
  readonly crm: CrmSide[];
}

const NOT_MAIL = ['DRAFT', 'SPAM', 'TRASH', 'CHAT'];
const NEVER_SENT = ['failed', 'undelivered', 'scheduled', 'queued'];
/** The label by which a user holds one message back (T8). */
const PRIVATE = /(^|\/)private$/i;

export function compareSides(sides: Sides): Balance {
  const gmail = sides.gmail.filter(({ labels }) => !NOT_MAIL.some((label) => labels.includes(label)));
  const mails = identify(gmail, sides.crm);
  const linked = mails.filter(isLinked);
  const gmailThreads = new Set(linked.flatMap((mail) => mail.gmail.map(({ threadId }) => threadId)));
  const crmThreads = new Set(linked.flatMap((mail) => mail.crm.map(({ threadId }) => threadId)));
  const contacts = new Set(
    linked.flatMap((mail) => mail.crm.flatMap(({ contactId }) => sides.contacts.get(contactId) ?? [])),
  );
  // Nothing from before the sync began is expected anywhere.
  const since = Math.min(sides.since ?? Infinity, ...linked.flatMap((mail) => mail.crm.map(({ at }) => at)));

  const lone: LoneMail[] = [];
  let both = 0;
  let left = 0;
  for (const mail of mails) {
    const [ours] = mail.gmail;
    const [theirs] = mail.crm;
    const inThread =
      mail.gmail.some(({ threadId }) => gmailThreads.has(threadId)) ||
      mail.crm.some(({ threadId }) => crmThreads.has(threadId));
    if (ours !== undefined && theirs !== undefined) {
      if (inThread) both++;
    } else if (ours !== undefined) {
      if (!inThread) continue;
      if (ours.labels.some((label) => PRIVATE.test(label)) || !ours.people.some((person) => contacts.has(person)))
        left++;
      else lone.push(loneOf('gmail', ours));
    } else if (theirs.direction === 'inbound' ? inThread : isTheUsers(theirs, sides.own) && theirs.at >= since) {
      lone.push(loneOf('crm', theirs));
    } else if (inThread) left++;
  }
  lone.sort((a, b) => a.at - b.at);
  return { total: both + lone.length, both, lone, twice: [...doubles(mails), ...doublesOutside(sides.outside)], left };
}

/** Marker, `altId` and Message-ID each say that two of them are the same mail. */
function identify(gmail: readonly GmailSide[], crm: readonly CrmSide[]): Mail[] {
  const mailOf = new Map<string, Mail>();
  const mails: Mail[] = [];
  const known = (keys: readonly string[]): Mail => {
    const found = keys.map((key) => mailOf.get(key)).find((mail) => mail !== undefined) ?? { gmail: [], crm: [] };
    if (found.gmail.length + found.crm.length === 0) mails.push(found);
    for (const key of keys) if (!mailOf.has(key)) mailOf.set(key, found);
    return found;
  };
  const named = (prefix: string, value: string) => (value === '' ? [] : [`${prefix} ${value}`]);
  // A mail without a Message-ID is named by its place in Gmail, at the end of the altId.
  const places = new Map(
    crm
      .filter(({ altId }) => altId.startsWith('gm:'))
      .map(({ altId }) => [altId.slice(altId.lastIndexOf(':') + 1), altId]),
  );
  for (const email of crm) {
    const keys = [`crm ${email.id}`, ...named('id', email.altId), ...named('id', email.messageId)];
    known(keys).crm.push(email);
  }
  for (const message of gmail) {
    const keys = [
      ...named('crm', message.marker),
      ...named('id', message.messageId),
      ...named('id', places.get(message.id) ?? ''),
    ];
    known(keys.length === 0 ? [`gmail ${message.id}`] : keys).gmail.push(message);
  }
  return mails;
}

/** The add-on wrote one of them: that a mail came to both sides by itself makes no synced thread. */
function isLinked({ gmail, crm }: Mail): boolean {
  if (gmail.length === 0 || crm.length === 0) return false;
  return (
    gmail.some(({ marker }) => marker !== '') ||
    crm.some(({ altId, direction }) => altId !== '' || direction === 'outbound')
  );
}

/** To be mirrored or delivered: written in the user's name, by a person or for one (R1 to R6). */
function isTheUsers({ sender, source, status }: CrmSide, own: readonly string[]): boolean {
  return own.includes(sender) && source !== 'workflow' && !NEVER_SENT.includes(status);
}

function doubles(mails: readonly Mail[]): { where: 'gmail' | 'crm'; subject: string }[] {
  return mails.flatMap(({ gmail, crm }) => [
    ...(gmail.length > 1 ? [{ where: 'gmail' as const, subject: gmail[0].subject }] : []),
    ...(crm.length > 1 ? [{ where: 'crm' as const, subject: crm[0].subject }] : []),
  ]);
}

/** What reached the same person twice: the worst of doubles, as nobody can take it back. */
function doublesOutside(outside: readonly OutsideSide[]): { where: 'outside'; subject: string }[] {
  const seen = new Set<string>();
  return outside.flatMap(({ address, marker, messageId, subject }) => {
    const name = marker === '' ? messageId : marker;
    if (name === '') return [];
    const key = `${address} ${name}`;
    if (seen.has(key)) return [{ where: 'outside' as const, subject }];
    seen.add(key);
    return [];
  });
}

function loneOf(side: LoneMail['side'], { id, threadId, subject, from, at }: GmailSide | CrmSide): LoneMail {
  return { side, id, threadId, subject, from, at };
}

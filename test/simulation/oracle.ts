/**
 * The judge. It knows what people wrote (the letters) and looks at the mailboxes, the CRM, the outside mailboxes, the
 * add-on's log and what the sidebar shows; never at what the add-on keeps.
 */
import type { World } from '../../emulator/world/world';
import { CRM, type Letter } from './letters';
import { lookOutside, type GmailSeen, type Seen } from './outside';
import { setAsideFor, type SetAside } from './sidebar';

export interface Judgement {
  /** What is wrong, one sentence each; empty where all is well. */
  readonly violations: readonly string[];
  /** Messages that the sidebar shows as set aside for good. */
  readonly held: number;
  /** Both sides in a form without ids and times, to compare with another end of the same day. */
  readonly digest: string;
}

export interface Case {
  readonly letters: readonly Letter[];
  readonly users: readonly string[];
  /** A person did something in between, so messages may be where the person put them. */
  readonly meddled?: boolean;
  /** The person took something out of the trash, or out of spam. */
  readonly restored?: 'trash' | 'spam';
  /** Somebody disconnected in between: what was not synced by then need not be. */
  readonly ended?: boolean;
  /** A write took effect after the settle time, or twice, so the CRM may have it twice, if the user is told. */
  readonly veryLate?: boolean;
  /** The CRM does not show from which message it logged a mail: of what it has twice nobody can be told. */
  readonly nameless?: boolean;
  /** Clocks differ, so nothing can be said of the order. */
  readonly anyOrder?: boolean;
  /** Words that must not be in the log beside addresses and tokens. */
  readonly secrets?: readonly string[];
  /** What the sidebar shows as set aside, where it was looked at. */
  readonly aside?: readonly SetAside[];
  /** Log entries after this number. */
  readonly since: number;
}

export function judge(world: World, subject: Case): Judgement {
  const seen = lookOutside(world);
  const violations: string[] = [];
  const missing: string[] = [];
  const putAway = putAwayIn(seen);
  const withheld = new Set(subject.letters.flatMap(({ tag, thread }) => (putAway.has(tag) ? (thread ?? []) : [])));
  for (const letter of subject.letters) {
    // What a person threw away need not be anywhere, nor what comes after it in its thread: it may have been the link.
    const excused = subject.meddled === true && (putAway.has(letter.tag) || withheld.has(letter.thread ?? ''));
    countLetter(letter, seen, { ...subject, ended: subject.ended === true || excused }, violations, missing);
  }
  violations.push(...strangeThings(seen, subject), ...threadsTorn(seen, subject), ...logLeaks(world, subject));
  const drafts = draftsOf(seen);
  const aside = subject.aside ?? subject.users.flatMap((user) => setAsideFor(world, user));
  const held = aside.filter(isFinal).length;
  if (missing.length > held)
    violations.push(...missing.map((text) => `${text}, and the sidebar shows ${held} messages`));
  // A draft that a person has changed is theirs, and the sidebar says so.
  if (drafts.length > held) violations.push(`a draft of the add-on is left: ${drafts.join(', ')}`);
  return { violations, held, digest: digestOf(seen) };
}

function isFinal({ kind }: { readonly kind: string }): boolean {
  return kind === 'held' || kind === 'parked';
}

/** One message that is missing in several places is one message that is missing. */
function countLetter(letter: Letter, seen: Seen, subject: Case, violations: string[], missing: string[]): void {
  const { tag, places, maybe = [] } = letter;
  const inGmail = (user: string): readonly GmailSeen[] =>
    (seen.gmail.get(user) ?? []).filter((mail) => mail.tag === tag);
  const lacks: string[] = [];
  for (const [place, wanted] of [...Object.entries(places), ...notWanted(places, seen)]) {
    const count = seen.gmail.has(place)
      ? inGmail(place).filter((mail) => !isPutAway(mail) && !isDraft(mail)).length
      : place === CRM
        ? seen.crm.filter((mail) => mail.tag === tag).length
        : (seen.outside.get(place) ?? []).filter((received) => received === tag).length;
    const excused =
      (count === wanted + 1 && maybe.includes(place)) ||
      // A copy that the add-on had put away, and that the person took out again.
      (subject.restored === 'trash' && seen.gmail.has(place) && count === wanted + 1) ||
      // What was nowhere because it was in spam.
      (subject.restored === 'spam' &&
        Object.keys(places).length === 0 &&
        (place === CRM || inGmail(place).length === 1) &&
        count === 1);
    if (count > wanted && !excused) {
      const isLate = place === CRM && subject.veryLate === true && count === wanted + 1;
      // What the person made of a draft and sent is a mail of theirs; the CRM's own waits for their decision.
      const isChanged =
        place === CRM && count === wanted + 1 && subject.users.some((user) => inGmail(user).some(isEdited));
      if ((isLate && subject.nameless !== true) || isChanged) lacks.push(`${count} times in the CRM`);
      else if (!isLate) violations.push(`${tag} is ${count} times in ${place} instead of ${wanted}`);
    }
    if (count < wanted && subject.ended !== true) {
      lacks.push(`${count} times in ${place} instead of ${wanted}`);
    }
  }
  if (lacks.length > 0) missing.push(`${tag} is ${lacks.join(', ')}`);
}

function putAwayIn(seen: Seen): ReadonlySet<string> {
  return new Set([...seen.gmail.values()].flatMap((mails) => mails.filter(isPutAway).flatMap(({ tag }) => tag ?? [])));
}

/** Every Gmail account, the CRM and every outside mailbox that the letter does not belong to. */
function notWanted(places: Letter['places'], seen: Seen): [string, number][] {
  return [CRM, ...seen.gmail.keys(), ...seen.outside.keys()]
    .filter((place) => !(place in places))
    .map((place) => [place, 0]);
}

function isPutAway({ labels }: GmailSeen): boolean {
  return labels.includes('TRASH') || labels.includes('SPAM');
}

function isDraft({ labels }: GmailSeen): boolean {
  return labels.includes('DRAFT');
}

/** The add-on wrote something that nobody had written. */
function strangeThings(seen: Seen, { letters, meddled }: Case): string[] {
  // A mail that somebody changed on its way out is not known by its report any more, which goes like any answer.
  const reports = meddled === true ? reportsIn(seen) : [];
  const known = new Set(letters.map(({ tag }) => tag));
  const strange = [
    ...[...seen.gmail].flatMap(([user, mails]) =>
      mails.filter(isMarked).flatMap(({ tag, id }) => (known.has(tag ?? '') ? [] : [`${id} of ${user}`])),
    ),
    ...seen.crm.flatMap(({ tag, id, altId }) =>
      altId === '' || known.has(tag ?? '') || reports.includes(altId) ? [] : [`${id} of the CRM`],
    ),
  ];
  const notices = [...seen.gmail].flatMap(([user, mails]) =>
    mails.filter(({ header }) => isNotice(header)).map(({ header }) => `${user} ${header('X-Threadlink-Email-Id')}`),
  );
  const twice = notices.filter((notice, index) => notices.indexOf(notice) !== index);
  return [
    ...strange.map((what) => `${what} is a message that nobody wrote`),
    ...twice.map((what) => `${what} is told twice`),
  ];
}

function reportsIn(seen: Seen): string[] {
  const mails = [...seen.gmail.values()].flat();
  return mails
    .filter(({ header }) => header('From').includes('mailer-daemon@'))
    .map(({ header }) => header('Message-ID'));
}

/** What the add-on tells the user in the inbox, once an incident (G5), is no mail of anybody's. */
function isMarked({ header }: GmailSeen): boolean {
  return header('X-Threadlink-Email-Id') !== '' && !isNotice(header);
}

/** Each letter is in its own CRM thread, and the letters of a thread stand in the order in which they were written. */
function threadsTorn(seen: Seen, { letters, veryLate, anyOrder }: Case): string[] {
  const torn: string[] = [];
  for (const { tag, thread } of letters) {
    if (thread === undefined) continue;
    for (const mail of seen.crm) {
      if (mail.tag === tag && mail.thread !== thread) torn.push(`${tag} is in another CRM thread than its own`);
    }
  }
  if (anyOrder === true || veryLate === true) return torn;
  const times = new Map(letters.map(({ tag, at }) => [tag, at]));
  for (const thread of new Set(letters.flatMap(({ thread: id }) => id ?? []))) {
    const order = seen.crm
      .filter((mail) => mail.thread === thread && times.has(mail.tag ?? ''))
      .sort((a, b) => a.date - b.date)
      .map(({ tag }) => times.get(tag ?? '') ?? 0);
    if (order.some((at, index) => index > 0 && Math.floor(at / 1000) < Math.floor(order[index - 1] / 1000))) {
      torn.push(`a CRM thread is out of order`);
    }
  }
  return torn;
}

/** An address, a token, a word of a mail or a subject in the log (X14). */
function logLeaks(world: World, { since, secrets = [] }: Case): string[] {
  const leaks: string[] = [];
  for (const { seq, text } of world.appsScript.logs(since)) {
    const found = LEAK.exec(text)?.[0] ?? secrets.find((secret) => secret !== '' && text.includes(secret));
    if (found !== undefined) leaks.push(`log entry ${seq} has ${found.slice(0, 12)}`);
  }
  return leaks;
}

const LEAK = /[\w.+-]+@[\w-]+\.[\w.]+|\bpit-[\w-]{4,}|\bya29\.[\w.-]+|\beyJ[\w-]+\.[\w-]+|\bzq[a-z0-9]{5}\b/;

/** But for one that somebody has edited, which made it theirs. */
function draftsOf(seen: Seen): string[] {
  const isOurs = (mail: GmailSeen): boolean =>
    isDraft(mail) && (isMarked(mail) || mail.tag !== undefined) && !isEdited(mail);
  return [...seen.gmail.values()].flatMap((mails) => mails.filter(isOurs).map(({ id }) => id));
}

function isEdited({ header }: GmailSeen): boolean {
  return header('Subject').endsWith('(edited)');
}

/** Threads by the letters in them, so that neither ids nor the time of a delivery count. */
function digestOf(seen: Seen): string {
  const parts: unknown[] = [];
  for (const [user, mails] of seen.gmail) {
    const threads = new Map<string, string[]>();
    const known = new Map(mails.map((mail) => [mail.header('Message-ID'), mail.tag]));
    for (const mail of mails) {
      const answers = known.get(mail.header('In-Reply-To')) ?? '';
      const labels = mail.labels
        .filter((label) => !label.startsWith('Label_'))
        .sort()
        .join('+');
      const own = mail.labels.filter((label) => label.startsWith('Label_')).length;
      const line = `${mail.tag ?? mail.header('Subject')} ${labels} ${own} ${isMarked(mail) ? 'own' : ''} > ${answers}`;
      threads.set(mail.thread, [...(threads.get(mail.thread) ?? []), line]);
    }
    // Mails of one second stand in any order.
    parts.push([user, [...threads.values()].map((lines) => lines.sort().join(' | ')).sort()]);
  }
  const emails = new Map<string, string[]>();
  for (const mail of seen.crm) {
    const line = `${mail.tag ?? ''} ${mail.direction} ${mail.from} ${mail.subject} ${mail.attachments} ${mail.status}`;
    emails.set(mail.thread, [...(emails.get(mail.thread) ?? []), line]);
  }
  parts.push([...emails.values()].map((lines) => lines.sort().join(' | ')).sort());
  parts.push([...seen.outside].map(([address, tags]) => [address, [...tags].sort()]));
  return JSON.stringify(parts);
}

function isNotice(header: GmailSeen['header']): boolean {
  return header('X-Threadlink-Email-Id').startsWith('notice-') && header('From').startsWith('Threadlink');
}

/**
 * Both sides held against what happened, mail by mail. Where a mail is on one side alone, a rule of the contract must say
 * so; where it is on both, it must be the same mail. Nothing of the add-on's own code has a say here.
 */
import type { Entry, Ledger } from './ledger';
import type { Sides, Standing } from './sides';

interface Due {
  readonly crm: number;
  readonly gmail: number;
  /** Why it is not on both sides; the rule that brought it over where it is. */
  readonly rule: string;
}

export interface Verdict {
  /** Whatever is not as the contract says, in words. */
  readonly faults: readonly string[];
  /** How many mails are on one side alone, or on both, by the rule that says so. */
  readonly byRule: ReadonlyMap<string, number>;
  readonly compared: number;
}

/** Where the mails of a conversation stand, and in how many pairs of threads they may. */
interface Place {
  readonly crm: [at: number, token: string][];
  readonly gmail: [at: number, token: string][];
  readonly threads: Set<string>;
  most: number;
}

/** How far the two sides may differ in a mail's date: a second is lost in the Date header, and T11 allows ten minutes. */
const DATE_MS = 2_000;
const TWIN_MS = 10 * 60_000;
/** R1: what Gmail sends for the CRM has the date of its sending, at the next hourly run. */
const TIMER_MS = 65 * 60_000;

export function judge(ledger: Ledger, sides: Sides): Verdict {
  const faults: string[] = [];
  const byRule = new Map<string, number>();
  let compared = 0;
  const positions = new Map<string, Place>();
  for (const entry of ledger.entries) {
    const due = dueOf(ledger, entry);
    byRule.set(due.rule, (byRule.get(due.rule) ?? 0) + 1);
    const crm = sides.crm.filter((mail) => isMail(mail, entry));
    const gmail = sides.gmail.filter((mail) => isMail(mail, entry));
    const own = gmail.filter(({ user }) => user === entry.user);
    const told = `${entry.token} (${JSON.stringify(entry.deed)}, ${due.rule}, of ${entry.user})`;
    if (crm.length !== due.crm) faults.push(`${told}: ${crm.length} times in the CRM instead of ${due.crm}`);
    if (own.length !== due.gmail) faults.push(`${told}: ${own.length} times in Gmail instead of ${due.gmail}`);
    if (gmail.length !== own.length) faults.push(`${told}: also with ${gmail.map(({ user }) => user).join(', ')}`);
    faults.push(...outsideFaults(entry, sides, told));
    if (crm.length !== 1 || own.length !== 1) continue;
    compared += 1;
    faults.push(...differences(entry, crm[0], own[0]).map((difference) => `${told}: ${difference}`));
    const place = positions.get(entry.conversation) ?? { crm: [], gmail: [], threads: new Set<string>(), most: 0 };
    place.crm.push([crm[0].at, entry.token]);
    place.gmail.push([own[0].at, entry.token]);
    // What came to both sides by itself, in a thread that is not synced, stands where it came.
    if (!/^[CR]\d|^T1$/.test(due.rule) || entry.deed.kind !== 'answer')
      place.threads.add(`${crm[0].threadId} ${own[0].threadId}`);
    // T5: an answer that names a Message-ID which only the CRM knows begins a thread in Gmail, and so does the next one.
    if (entry.deed.kind === 'answer' && entry.deed.to !== 'crm') place.most += 1;
    positions.set(entry.conversation, place);
  }
  for (const [token, { crm, gmail, threads, most }] of positions) {
    const order = (places: [number, string][]) => places.sort(([a], [b]) => a - b).map(([, name]) => name);
    if (order(crm).join() !== order(gmail).join()) faults.push(`${token}: ordered otherwise in the CRM than in Gmail`);
    if (threads.size > Math.max(1, most)) faults.push(`${token}: one conversation in ${threads.size} pairs of threads`);
  }
  return { faults, byRule, compared };
}

/** What the contract says of a mail; the rule is that which decides whether it is on both sides. */
function dueOf(ledger: Ledger, entry: Entry): Due {
  const { deed } = entry;
  if (deed.kind === 'contact-first' || deed.kind === 'private') return { crm: 0, gmail: 1, rule: 'T1' };
  const stops = whyNotSynced(ledger, entry);
  switch (deed.kind) {
    case 'crm':
      return stops === undefined ? { crm: 1, gmail: 1, rule: senderRule(entry) } : { crm: 1, gmail: 0, rule: stops };
    case 'gmail': {
      // T2: what the contact is not on stays where it is.
      const concerns = [...entry.to, ...entry.cc].includes(entry.contact);
      return { crm: stops === undefined && concerns ? 1 : 0, gmail: 1, rule: stops ?? (concerns ? 'T2' : 'T2, left') };
    }
    case 'answer':
      if (deed.to === 'both') return { crm: 1, gmail: 1, rule: stops ?? 'T11' };
      if (deed.to === 'crm') return { crm: 1, gmail: stops === undefined ? 1 : 0, rule: stops ?? 'T11' };
      return { crm: stops === undefined ? 1 : 0, gmail: 1, rule: stops ?? 'T5' };
  }
}

/** The rule by which a mail of the CRM's conversations stays where it is; undefined where it goes over. */
function whyNotSynced(ledger: Ledger, entry: Entry): string | undefined {
  const begin = ledger.begin(entry);
  if (begin.deed.kind !== 'crm') return 'T1';
  const begun = ledger.spanAt(begin.user, begin.at);
  if (begun === undefined) return 'C4';
  if (begin.deed.how === 'workflow') return 'R5';
  if (begin.from !== begun.address) return 'R4';
  const now = ledger.spanAt(entry.user, entry.at);
  if (now === undefined) return 'C7';
  return now.address === begun.address ? undefined : 'C6';
}

function senderRule({ deed }: Entry): string {
  if (deed.kind !== 'crm') return '';
  if (deed.how === 'individual') return deed.channel === 'gmail' ? 'R1' : 'R2';
  return deed.how === 'bulk' ? 'R3' : 'R6';
}

function isDelivered({ deed }: Entry): boolean {
  return deed.kind === 'crm' && deed.channel === 'gmail';
}

function isMail(mail: Standing, entry: Entry): boolean {
  const words = mail.text.split(' ');
  if (!words.includes(entry.word)) return false;
  // A bulk send is one text to several people.
  return entry.word === entry.token || [...mail.to, mail.from].includes(entry.contact);
}

function outsideFaults(entry: Entry, { outside }: Sides, told: string): string[] {
  return [...entry.to, ...entry.cc].flatMap((address) => {
    const texts = outside.get(address);
    if (texts === undefined || address === entry.from) return [];
    const times = texts.filter((text) => text.split(' ').includes(entry.word)).length;
    return times === 1 ? [] : [`${told}: ${times} times with ${address}`];
  });
}

function differences(entry: Entry, crm: Standing, gmail: Standing): string[] {
  const found: string[] = [];
  const check = (what: string, a: unknown, b: unknown) => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) found.push(`${what} ${left} in the CRM, ${right} in Gmail`);
  };
  check('sender', crm.from, gmail.from);
  if (gmail.from !== entry.from) found.push(`sender ${gmail.from} instead of ${entry.from}`);
  check('recipients', [...crm.to, ...crm.cc].sort(), [...gmail.to, ...gmail.cc].sort());
  check('subject', crm.subject, gmail.subject);
  // T2: of somebody who is not the contact the CRM's mail says whom it is from.
  const note = entry.from === entry.contact || crm.outbound ? '' : ` From: ${entry.from}`;
  check('text', crm.text.endsWith(note) ? crm.text.slice(0, crm.text.length - note.length) : crm.text, gmail.text);
  if (gmail.text !== entry.text) found.push(`text ${gmail.text} instead of ${entry.text}`);
  const hashes = (files: readonly { sha: string }[]) => files.map(({ sha }) => sha).sort();
  check('attachments', hashes(crm.files), hashes(gmail.files));
  check('attachments as sent', hashes(entry.files), hashes(gmail.files));
  check('direction', crm.outbound, gmail.outbound);
  const allowed =
    entry.deed.kind === 'answer' && entry.deed.to === 'both' ? TWIN_MS : isDelivered(entry) ? TIMER_MS : DATE_MS;
  if (Math.abs(crm.at - gmail.at) > allowed) found.push(`date ${crm.at} in the CRM, ${gmail.at} in Gmail`);
  return found;
}

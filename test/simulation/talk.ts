/**
 * What people write on a random day: who of the CRM's users is in which of its threads, and where each letter has to be, or may
 * be where the platforms leave it open.
 */
import { AGENT, COLLEAGUE, type Day, type Written } from './day';
import type { Happening } from './happenings';
import type { Letter } from './letters';
import type { RandomDay } from './random-day';

/** People answer what came lately. */
const RECENT = 60;

type Said<What extends Happening['do']> = Extract<Happening, { do: What }>;

export class Talk {
  private readonly threads: Written[] = [];
  private readonly subjects = new Map<string, string>();
  /** Who has sent something of a thread from the CRM. */
  private readonly writers = new Map<string, readonly string[]>();
  /** What the CRM sent by itself, with its own Reply-To. */
  private readonly ownSends = new Set<string>();

  constructor(
    private readonly day: Day,
    private readonly weather: RandomDay['weather'],
  ) {}

  crmSends({ user, contact, app, kind, pick, shared = false, file }: Said<'crm'>): void {
    const { day } = this;
    const known = this.threads.filter(
      ({ letter }) => letter.thread !== undefined && (shared || this.ownerOf(letter) === user),
    );
    const first = pick === undefined || known.length === 0 ? undefined : known[Math.floor(pick * known.length)];
    const mine = kind !== 'workflow';
    const subject =
      first === undefined ? `Matter ${day.nextTag()}` : `Re: ${this.subjects.get(first.letter.tag) ?? ''}`;
    const channel = app && mine ? 'gmail' : 'default';
    const written = day.crmSends(
      {
        subject,
        kind: first === undefined ? kind : 'individual',
        channel,
        contact: first === undefined ? contact : this.contactOf(first.letter),
        synced: mine || first !== undefined,
        ...(kind === 'bulk' || kind === 'api' ? { from: user } : {}),
        ...(first === undefined ? {} : { replyTo: first }),
        ...(file ? { attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }] } : {}),
      },
      user,
    );
    if (mine || first !== undefined) {
      const before = this.writers.get(written.threadId) ?? [];
      this.writers.set(written.threadId, [...new Set([...before, user])]);
      if (!before.includes(user)) this.joins(user, written.threadId);
      if (channel === 'default') this.ownSends.add(written.letter.tag);
    }
    if (first === undefined) this.subjects.set(written.letter.tag, subject);
    if (first === undefined && mine) this.threads.push(written);
  }

  contactAnswers({ pick, file, html, copy = false }: Said<'contact'>): void {
    const { day } = this;
    const choices = day.letters.slice(-RECENT).flatMap((letter) => {
      const contact = this.contactOf(letter);
      const user = this.ownerOf(letter);
      if (
        letter.thread === undefined ||
        contact < 0 ||
        user === undefined ||
        !(day.contacts[contact].email in letter.places)
      )
        return [];
      return day.isReceived(day.contacts[contact].email, letter.tag) ? [{ letter, contact, user }] : [];
    });
    if (choices.length === 0) return;
    const { letter, contact, user } = choices[Math.floor(pick * choices.length)];
    const cc = copy ? [otherThan(user)] : [];
    const answer = day.contactAnswers({
      to: letter,
      contact,
      user,
      html,
      cc,
      ...(file ? { attachment: 'notes' } : {}),
    });
    const others = (this.writers.get(letter.thread ?? '') ?? []).filter((writer) => writer !== user);
    // What the CRM takes in comes to everybody who has written in its thread (T11); what was logged may be taken for that.
    const takenIn = this.ownSends.has(letter.tag) && this.weather['replyTo'] !== 'user';
    const taken = takenIn ? Object.fromEntries(others.map((other) => [other, 1])) : {};
    // Logged from one mailbox long after it came, it is not known to be what is in the other.
    const late = copy && this.isDateLost() ? [AGENT, COLLEAGUE] : [];
    day.amend(answer, { ...taken, ...answer.places }, [...(takenIn ? [] : others), ...late]);
  }

  userAnswers({ pick, file, html }: Said<'answer'>): void {
    const { day } = this;
    const choices = day.letters.slice(-RECENT).flatMap((letter) => {
      const user = this.ownerOf(letter);
      return letter.thread !== undefined && user !== undefined && day.isInMailbox(user, letter.tag)
        ? [{ letter, user }]
        : [];
    });
    if (choices.length === 0) return;
    const { letter, user } = choices[Math.floor(pick * choices.length)];
    const answer = day.userAnswers({ to: letter, user, html, ...(file ? { attachment: 'notes' } : {}) });
    // Nothing tells it from what the CRM sent for the colleague who was the last one to send something there.
    const { inboundAddresses } = this.weather;
    if (inboundAddresses === 'contact' && this.isSourceHidden()) day.amend(answer, answer.places, [otherThan(user)]);
  }

  /** Earlier answers may be copied too, where the CRM does not tell which of them were logged, nor when they came. */
  private joins(user: string, thread: string): void {
    if (!this.isDateLost()) return;
    for (const letter of this.day.letters.filter((each) => each.thread === thread))
      this.day.amend(letter, letter.places, [user]);
  }

  /** Nothing tells what was logged from what the CRM took in, and the date of what was logged is no date of the CRM's. */
  private isDateLost(): boolean {
    const { altIdInEmail, inboundDateHonoured, clockSkewMs } = this.weather;
    const hidden = this.isSourceHidden() || altIdInEmail === false;
    return hidden && (inboundDateHonoured === false || clockSkewMs !== undefined);
  }

  private isSourceHidden(): boolean {
    const { omitSource, loggedSource } = this.weather;
    return omitSource === true || loggedSource !== undefined;
  }

  /** One whose thread it is; somebody in copy may have it too. */
  private ownerOf({ places, thread = '' }: Letter): string | undefined {
    return this.writers.get(thread)?.find((user) => user in places);
  }

  private contactOf({ thread }: Letter): number {
    const first = this.threads.find((written) => written.threadId === thread);
    return first === undefined ? -1 : this.day.contacts.findIndex(({ email }) => email in first.letter.places);
  }
}

function otherThan(user: string): string {
  return user === AGENT ? COLLEAGUE : AGENT;
}

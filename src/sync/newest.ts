/**
 * The newest e-mails of a CRM thread, of which no document says in which order the thread names them (facts, highlevel 10
 * R6): one that is known to be among the newest tells, and where none does both ends are taken. Pure.
 */
export function newestIds(ids: readonly string[], count: number, known = ''): string[] {
  if (ids.length <= count) return [...ids];
  const at = ids.indexOf(known);
  if (at >= 0 && at < ids.length / 3) return ids.slice(0, count);
  if (at >= (ids.length * 2) / 3) return ids.slice(-count);
  const half = Math.ceil(count / 2);
  return [...ids.slice(0, half), ...ids.slice(-half)];
}

interface Dated {
  readonly id: string;
  readonly dateAdded: number;
}

/**
 * Does the thread name its oldest e-mails first? By the dates of those that were read: by most of them, since one that was
 * logged later may have an older date. Undefined where they do not say.
 */
export function isOldestFirst(ids: readonly string[], emails: readonly Dated[]): boolean | undefined {
  const known = datesIn(ids, emails);
  const steps = known.slice(1).map((date, index) => Math.sign(date - known[index]));
  const sum = steps.reduce((all, step) => all + step, 0);
  return sum === 0 ? undefined : sum > 0;
}

/** In the order of the ids; those that were not read are left out. */
function datesIn(ids: readonly string[], emails: readonly Dated[]): number[] {
  const dates = new Map(emails.map(({ id, dateAdded }) => [id, dateAdded]));
  return ids.flatMap((id) => dates.get(id) ?? []);
}

/** So many of its newest, in the order of the thread. */
export function newestEnd(ids: readonly string[], count: number, oldestFirst: boolean): string[] {
  return oldestFirst ? ids.slice(-count) : ids.slice(0, count);
}

/** A date of one that was logged later says nothing: of so many at the older end the newest counts. */
const MOST_BACKDATED = 5;

/** Whoever has read these newest e-mails, has read everything that was added since then. */
export function reachesBack(end: readonly string[], emails: readonly Dated[], oldestFirst: boolean): number {
  const known = datesIn(end, emails);
  const older = oldestFirst ? known.slice(0, MOST_BACKDATED) : known.slice(-MOST_BACKDATED);
  return older.length === 0 ? Infinity : Math.max(...older);
}

/**
 * Of the e-mails that were `read` of a thread, those without a gap between them: where both ends were read, the newer one. What
 * lies between was not looked at, and nobody may take it for missing.
 */
export function withoutGap<T extends Dated>(
  ids: readonly string[],
  read: readonly string[],
  emails: readonly T[],
): T[] {
  const span = ids.indexOf(read[read.length - 1]) - ids.indexOf(read[0]);
  if (span < read.length) return [...emails];
  const first = new Set(read.slice(0, read.length / 2));
  const [one, other] = [emails.filter(({ id }) => first.has(id)), emails.filter(({ id }) => !first.has(id))];
  return newestOf(one) > newestOf(other) ? one : other;
}

function newestOf(emails: readonly Dated[]): number {
  return Math.max(0, ...emails.map(({ dateAdded }) => dateAdded));
}

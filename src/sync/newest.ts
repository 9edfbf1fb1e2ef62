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

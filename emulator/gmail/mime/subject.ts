/** The subject by which Gmail compares: without reply and forward prefixes, case and spacing. */
const PREFIX =
  /^\s*(?:re|fwd?|aw|wg|sv|vs|rv|tr|antw|odp|ynt|res|enc|rif|r|i|回复|回覆|转发|轉寄|答复|返信)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/iu;

export function normaliseSubject(subject: string): string {
  let rest = subject.replace(/\s+/g, ' ');
  for (let match = PREFIX.exec(rest); match !== null; match = PREFIX.exec(rest)) rest = rest.slice(match[0].length);
  return rest.trim().toLowerCase();
}

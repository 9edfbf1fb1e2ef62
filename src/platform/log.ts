/** The log: ids, counts and reasons; never a token, an address, a mail's text or a subject (X14). Never throws. */
export function log(event: string, facts: Readonly<Record<string, string | number | boolean>> = {}): void {
  try {
    console.log(`${event} ${JSON.stringify(facts)}`);
  } catch {
    // A log that fails must not end a run (facts, reliability C26).
  }
}

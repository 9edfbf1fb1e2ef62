/** What no card may say to a person (S10), and what every card about a problem must. */
import type { Sidebar } from '../src/cards/sidebar';

const OF_THE_TRADE =
  /\b(triggers?|cursors?|api|apis|null|undefined|nan|https?|json|status|exceptions?|stack|server error|webhooks?|payload|timestamps?|html|oauth|cache|backoff|quota|scopes?|uncaught|fetch\w*|urlfetch\w*|property|properties|invalid \w+|unexpected token|bad gateway|lock)\b/i;
const CODE = /(^|[^\d.])[45]\d\d([^\d.]|$)/;
const STACK = /\bat \S+ \(|\b\w*Error\b|\.(ts|js)\b|:\d+:\d+|\[object|[{}<>]/;
const SECRET = /\bpit-[\w-]{8,}|\bya29\.|\bBearer\b/;

/** Throws where the cards or what Gmail says with them are not in plain words. */
export function expectPlain(bar: Sidebar): void {
  for (const said of [bar.text, bar.notice]) {
    for (const forbidden of [OF_THE_TRADE, CODE, STACK, SECRET]) {
      // The names of permissions are the CRM's own, as its screen shows them.
      const own = said.replace(/\b[a-z]+(\/[A-Za-z]+)?\.(readonly|write)\b/g, '');
      const found = forbidden.exec(own);
      if (found !== null) throw new Error(`the sidebar says "${found[0]}" in: ${own}`);
    }
  }
  if (bar.text.trim() === '' && bar.notice.trim() === '') throw new Error('the sidebar says nothing');
}

/** A card about a problem says what to do, and leads on. */
export function expectAdvice(bar: Sidebar): void {
  expectPlain(bar);
  expect(bar.text).toMatch(
    /\b(please|paste|copy|check|create|add|ask|choose|try|connect|close|open|turn|look|nothing to do|goes on by itself|switch|disconnect|allow)\b/i,
  );
  expect(bar.clicks.length).toBeGreaterThan(0);
}

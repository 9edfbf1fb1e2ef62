/** The one message in the inbox that says that the sync has stopped for good, and what to do (G5). */
import type { Notice } from '../sync/incident';
import { markup } from './escape';
import type { Words } from './words';

export function noticeOf({ name, troubles, notice }: Words, code: string): Notice | undefined {
  if (!Object.prototype.hasOwnProperty.call(troubles, code)) return undefined;
  const { what, advice } = troubles[code];
  const lines = [`${what}.`, advice, code === 'held' ? notice.oneWaits : notice.nothingLost];
  return { subject: `${name}: ${what}`, html: lines.map((line) => `<p>${markup(line)}</p>`).join('') };
}

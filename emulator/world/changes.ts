/** Which requests change something that a person could see: those after which a page looks again. */
import type { EmulatedRequest } from '../core/http';

/** Read with POST, because their question is long. */
const READS =
  /^\/(contacts\/search|conversations\/search|locations\/[^/]+\/tasks\/search|opportunities\/search|oauth\/token)\b/;

export function changesSomething({ method, path, body }: EmulatedRequest): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || READS.test(path)) return false;
  return !path.startsWith('/batch') || /^(POST|PUT|PATCH|DELETE) \//m.test(body.toString('latin1'));
}

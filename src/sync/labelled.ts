/** What carries a label, as Gmail has it: by label and never by search, whose index lags (facts, reliability 0.2). */
import { ask, type Task } from '../platform/exchange';
import { listMessages } from '../gmail/messages';
import { expect } from './host';

const MOST_PAGES = 400;

/** Gmail threads with messages that carry it, newest first; none where there is no such label. */
export function* threadsWith(label: string | undefined): Task<readonly string[]> {
  const threads = new Set<string>();
  let token: string | undefined;
  for (let page = 0; label !== undefined && page < MOST_PAGES; page++) {
    const list = expect('gmail', yield* ask(listMessages({ labelIds: [label], pageToken: token })));
    for (const { threadId } of list.messages) threads.add(threadId);
    token = list.nextPageToken;
    if (token === undefined) break;
  }
  return [...threads];
}

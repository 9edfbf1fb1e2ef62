/** Completeness and the dry run (S8): both sides held against each other, what is missing named and brought over. */
import { editState } from '../../whole/remembered';
import { MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';

let bar: Sidebar;
beforeEach(() => {
  bar = connectedSidebar();
}, 60_000);

const sent = (subject = 'An offer') => bar.link({ subject }).threadId;

const answer = (threadId: string) => bar.answer(threadId);

const check = (threadId: string) => bar.open({ at: 'thread', id: threadId }).press('check.thread');

describe('S8: check this thread', () => {
  test('all there: n of n', () => {
    const thread = sent();
    answer(thread);
    bar.world.advance(5 * MINUTE, false);
    check(thread);
    expect(bar.text).toContain('2 of 2 mails are on both sides');
    expect(bar.has('check.repair')).toBe(false);
  });

  test('a mail that the add-on forgot is named, and brought into the CRM once', () => {
    const thread = sent();
    bar.world.advance(MINUTE, false);
    forget(() => answer(thread));
    check(thread);
    expect(bar.text).toContain('1 of 2 mails are on both sides');
    expect(bar.text).toContain('not in the CRM');
    bar.press('check.repair');
    expect(bar.text).toContain('2 of 2 mails are on both sides');
    check(thread).press('sync.now');
    expect(check(thread).text).toContain('2 of 2 mails are on both sides');
  });

  test('X4: a copy that the user deleted is named as that, and not brought back', () => {
    const thread = withoutItsCopy();
    check(thread);
    expect(bar.text).toContain('1 of 1 mails are on both sides');
    expect(bar.text).toContain('1 copy was deleted from Gmail and stays deleted');
    expect(bar.has('check.repair')).toBe(false);
    const { crm } = bar.open({ at: 'thread', id: thread }).clickOf('check.thread').parameters ?? {};
    bar.forge({ do: 'check.repair', of: crm });
    bar.timer();
    expect(bar.gmail('GET', `threads/${thread}?format=minimal`).messages).toHaveLength(1);
  });

  test('one that is not in Gmail, and of which nothing is known any more, is named and comes with a click', () => {
    const thread = withoutItsCopy();
    editState(bar, (state) => ({
      ...state,
      seen: new Map(),
      links: new Map([...state.links].map(([id, link]) => [id, { ...link, ids: [] }])),
    }));
    check(thread);
    expect(bar.text).toContain('1 of 2 mails are on both sides');
    expect(bar.text).toContain('not in Gmail');
    bar.press('check.repair');
    expect(bar.text).toContain('2 of 2 mails are on both sides');
  });

  test('what a rule keeps apart is counted as that', () => {
    const thread = sent();
    answer(thread);
    bar.world.appsScript.setFaults([{ host: CRM, path: '/conversations/messages/inbound', answer: '422', times: 9 }]);
    bar.world.advance(5 * MINUTE, false);
    bar.timer();
    check(thread);
    expect(bar.text).toContain('1 of 1 mails are on both sides');
    expect(bar.text).toContain('1 mail stays on one side for a reason');
  });

  test('S9: a thread that is not there, and a side that does not answer', () => {
    const thread = sent();
    bar.forge({ do: 'check.thread', crm: 'AAAAAAAAAAAAAAAAAAAA' });
    expect(bar.text).toContain('This thread is not synced');
    bar.open({ at: 'thread', id: thread });
    bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 90 }]);
    bar.press('check.thread');
    expect(bar.text).toContain('could not be read right now');
  });

  function withoutItsCopy(): string {
    const thread = sent();
    answer(thread);
    bar.world.advance(5 * MINUTE, false);
    bar.timer();
    const copy = bar.gmail('GET', `threads/${thread}?format=minimal`).messages[0].id as string;
    bar.gmail('DELETE', `messages/${copy}`);
    return thread;
  }

  /** Something happens that the add-on's next looks do not show, as after a lost store. */
  function forget(happens: () => void): void {
    happens();
    const { historyId } = bar.gmail('GET', 'profile');
    bar.moveCursor(historyId);
    bar.world.advance(MINUTE, false);
    bar.timer();
  }
});

test('S8: all active threads, a part at a time', () => {
  for (let count = 0; count < 10; count++) sent(`Offer number ${count}`);
  bar.menu('onActivity').press('check.all');
  expect(bar.text).toContain('8 of 8 mails are on both sides');
  expect(bar.text).toContain('8 of 10 active threads checked');
  bar.press('check.all');
  expect(bar.text).toContain('2 of 10 active threads checked');
  expect(bar.has('check.all')).toBe(false);
});

describe('S8: the dry run', () => {
  test('says what would move, and changes nothing on either side or in the store', () => {
    const thread = sent();
    answer(thread);
    bar.send({ subject: 'Another offer' });
    bar.world.advance(5 * MINUTE, false);
    const { head } = bar.properties;
    const since = bar.seq;
    bar.menu('onActivity').press('preview.show');
    expect(bar.text).toContain('Would be copied from the CRM · Another offer');
    expect(bar.text).toContain('Would be logged in the CRM · Re: An offer');
    expect(bar.properties.head).toBe(head);
    expect(bar.requests(since).filter(({ method }) => method !== 'GET')).toEqual([]);
    bar.press('sync.now');
    expect(bar.menu('onActivity').press('preview.show').text).toContain('Nothing: everything is in step');
  });

  test('what would be left says why', () => {
    bar.send({ subject: 'Bulk', kind: 'workflow' });
    bar.world.advance(MINUTE, false);
    bar.menu('onActivity').press('preview.show');
    expect(bar.text).toContain('Not synced: an automation sent it');
  });

  test('a side that does not answer', () => {
    bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 90 }]);
    bar.menu('onActivity').press('preview.show');
    expect(bar.text).toContain('The CRM does not answer');
  });
});

describe('S7: the receipts as a table', () => {
  test('one draft to oneself with the file, also after two clicks', () => {
    sent();
    bar.menu('onActivity');
    const { parameters } = bar.clickOf('activity.export');
    bar.forge(parameters);
    expect(bar.notice).toBe('The list is in your drafts.');
    bar.forge(parameters);
    const { drafts } = bar.gmail('GET', 'drafts');
    expect(drafts).toHaveLength(1);
    const draft = bar.gmail('GET', `drafts/${drafts[0].id}?format=full`);
    const text = JSON.stringify(draft);
    expect(text).toContain('.csv');
    const data = draft.message.payload.parts.at(-1).body.data as string | undefined;
    if (data !== undefined) expect(Buffer.from(data, 'base64url').toString()).toContain('"Copied from the CRM"');
  });
});

/** S8: both sides of a thread compared by their ids; what is missing is named, and repaired by a click. */
import { compareThread, type Comparison } from '../../src/sync/compare';
import { viewOfHeaders } from '../../src/sync/views';
import type { CrmEmail } from '../../src/crm/types';
import { LinkedThread } from './scenes';
import { AGENT, type Stage } from './stage';
import { editState } from './remembered';
import { inCrm, leave, stateOf, userSends, wholeEmail } from './writing';

let link: LinkedThread;
let stage: Stage;
let id: string;
let crm: string;
let thread: string;

beforeEach(() => {
  link = new LinkedThread();
  ({ stage, id, crm, thread } = link);
});

const comes = (text: string) => link.comes(text);
const check = () => {
  leave(stage, { do: 'check-thread', crm });
  stage.world.run(AGENT, 'onSyncSoon');
};

/** The comparison as a card makes it, of what both sides' own APIs say. */
function compared(): Comparison {
  const state = stateOf(stage);
  const known = state.links.get(crm);
  if (known === undefined) throw new Error('no link');
  const messages = known.gmail.flatMap((gmailThread) => {
    const got = stage.gmail('GET', `threads/${gmailThread}?format=full`) as unknown as {
      messages: { id: string; threadId: string; labelIds: string[]; internalDate: string; payload: { headers: [] } }[];
    };
    return got.messages.map((message) =>
      viewOfHeaders({ ...message, internalDate: Number(message.internalDate), headers: message.payload.headers }),
    );
  });
  const emails = stage
    .emails()
    .filter(({ threadId }) => threadId === crm)
    .map((email): CrmEmail => wholeEmail(stage, email.id));
  return compareThread({ ...state.head, ...state }, known, { messages, emails, whole: true });
}

test('S8: n of n, and why the others are on one side', () => {
  comes('First.');
  userSends(
    stage,
    { to: 'lawyer@law.example', subject: 'Fwd: Our offer for you', text: 'Sound?', answers: [id] },
    thread,
  );
  stage.pass();
  expect(compared()).toMatchObject({ both: 2, missing: [], left: [{ rule: 'T2' }] });
});

test('S8: a message that the sync never saw is missing, is named, and goes once with the check', () => {
  comes('First.');
  stage.pass();
  comes('Lost.');
  const { historyId } = stage.gmail('GET', 'profile');
  editState(stage, (state) => ({ ...state, head: { ...state.head, history: String(historyId) } }));
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: First.']);
  const lost = stage.messages().at(-1)?.id ?? '';
  expect(compared()).toMatchObject({ both: 2, missing: [{ key: `g:${lost}`, where: 'crm' }] });
  check();
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: First.', 'inbound: Lost.']);
  expect(compared()).toMatchObject({ both: 3, missing: [] });
  check();
  stage.settleDown();
  expect(inCrm(stage, crm)).toHaveLength(3);
});

test('S8: a copy that is missing in Gmail, and of which nothing is remembered, is made again', () => {
  comes('First.');
  stage.pass();
  stage.gmail('DELETE', `messages/${stage.messages()[0].id}`);
  forget();
  editState(stage, (state) => ({
    ...state,
    links: new Map([...state.links].map(([id, it]) => [id, { ...it, ids: [] }])),
  }));
  expect(compared()).toMatchObject({ both: 1, missing: [{ where: 'gmail' }] });
  check();
  stage.settleDown();
  expect(compared()).toMatchObject({ both: 2, missing: [] });
  expect(stage.messages().filter(({ threadId }) => threadId === thread)).toHaveLength(2);
});

test('X4, S8: a copy that the user deleted weeks ago stays deleted too, also when the week’s memory is gone', () => {
  comes('First.');
  stage.pass();
  stage.gmail('DELETE', `messages/${stage.messages()[0].id}`);
  forget();
  expect(compared()).toMatchObject({ both: 1, missing: [], left: [{ rule: 'X4' }] });
  check();
  stage.settleDown();
  expect(stage.messages()).toHaveLength(1);
});

/** Time goes by, and the e-mails that are remembered for a week are not any more. */
function forget(): void {
  stage.later(9 * 24 * 60);
  stage.pass();
  editState(stage, (state) => ({ ...state, seen: new Map() }));
}

test('X4, S8: a copy that the user deleted lately stays deleted, also when the thread is checked', () => {
  comes('First.');
  stage.pass();
  stage.gmail('DELETE', `messages/${stage.messages()[0].id}`);
  expect(compared()).toMatchObject({ both: 1, missing: [], left: [{ rule: 'X4' }] });
  check();
  stage.settleDown();
  expect(stage.messages()).toHaveLength(1);
});

test('S8, T8: a check brings nothing over that was kept back', () => {
  leave(stage, { do: 'stop-thread', crm });
  stage.world.run(AGENT, 'onSyncSoon');
  comes('While stopped.');
  stage.pass();
  stage.later(5);
  leave(stage, { do: 'resume-thread', crm });
  stage.world.run(AGENT, 'onSyncSoon');
  check();
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
});

test('S8: what was refused is tried again with the check', () => {
  comes('First.');
  stage.world.appsScript.setFaults([{ path: '/conversations/messages/inbound', answer: '422' }]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  expect(compared()).toMatchObject({ missing: [{ where: 'crm', item: { state: 'parked' } }] });
  check();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: First.']);
  expect(compared()).toMatchObject({ both: 2, missing: [] });
});

/** T2, T8, X13: what the user keeps to themself in a linked thread, and lets go one by one. */
import type { Command } from '../../src/sync/commands';
import { LinkedThread } from './scenes';
import { AGENT, type Stage } from './stage';
import { arrives, inCrm, labelId, leave, relabel, stateOf, userSends } from './writing';

let link: LinkedThread;
let stage: Stage;
let id: string;
let crm: string;
let thread: string;

beforeEach(() => {
  link = new LinkedThread();
  ({ stage, id, crm, thread } = link);
});

const wish = (command: Command) => leave(stage, command);
const comes: LinkedThread['comes'] = (text, over) => link.comes(text, over);
const newest = () => stage.messages().at(-1)?.id ?? '';
/** A pass that a card has asked for. */
const commanded = () => stage.world.run(AGENT, 'onSyncSoon');
const fates = () => stateOf(stage).receipts.map(({ what, rule }) => `${what} ${rule}`);

describe('T2: one click', () => {
  beforeEach(() => {
    userSends(
      stage,
      { to: 'lawyer@law.example', subject: 'Fwd: Our offer for you', text: 'Is it sound?', answers: [id] },
      thread,
    );
    stage.pass();
    expect(fates().at(-1)).toBe('left T2');
  });

  test('T2: a message that the contact is not on goes when the user says so, once', () => {
    wish({ do: 'push-message', crm, key: `g:${newest()}` });
    commanded();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Is it sound?']);
    wish({ do: 'push-message', crm, key: `g:${newest()}` });
    commanded();
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Is it sound?']);
  });

  test('T2: also when the CRM is down at first: what was asked for is not forgotten', () => {
    wish({ do: 'push-message', crm, key: `g:${newest()}` });
    stage.world.appsScript.setFaults([{ path: '/conversations/messages/inbound', answer: '429', effect: 'none' }]);
    commanded();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    stage.world.appsScript.setFaults([]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Is it sound?']);
  });

  test('S9: a forged click cannot log a message of another thread', () => {
    arrives(stage, { from: 'doctor@clinic.example', to: AGENT, subject: 'Results', text: 'Negative.' });
    stage.pass();
    wish({ do: 'push-message', crm, key: `g:${newest()}` });
    wish({ do: 'push-message', crm, key: 'g:../../etc' });
    wish({ do: 'push-message', crm: 'unknown', key: `g:${newest()}` });
    commanded();
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
    expect(stateOf(stage).items.size).toBe(0);
  });
});

test('T2: a setting makes all go', () => {
  wish({ do: 'set', settings: { savedAt: 1, excluded: [], internalPrivate: false, withoutContact: true } });
  commanded();
  userSends(
    stage,
    { to: 'lawyer@law.example', subject: 'Fwd: Our offer for you', text: 'Is it sound?', answers: [id] },
    thread,
  );
  stage.pass();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Is it sound?']);
});

describe('T8: stop and resume', () => {
  test('T8: while stopped nothing goes either way; afterwards it goes on; what came meanwhile stays out and goes by a click', () => {
    wish({ do: 'stop-thread', crm });
    commanded();
    comes('While stopped.');
    const meanwhile = newest();
    stage.crmSends({ subject: 'Re: Our offer for you', html: '<p>Not here</p>', replyTo: { threadId: crm } });
    stage.later(1);
    stage.pass();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Not here']);
    expect(stage.messages()).toHaveLength(2);

    stage.later(5);
    wish({ do: 'resume-thread', crm });
    commanded();
    stage.later(1);
    comes('After it.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: Not here', 'inbound: After it.']);

    wish({ do: 'push-message', crm, key: `g:${meanwhile}` });
    commanded();
    expect(inCrm(stage, crm)).toContain('inbound: While stopped.');
  });

  test('T8: what came while stopped stays out also where no pass saw it before the user resumed', () => {
    wish({ do: 'stop-thread', crm });
    commanded();
    stage.later(5);
    comes('While stopped.');
    stage.later(5);
    wish({ do: 'resume-thread', crm });
    commanded();
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
  });

  test('T8, T4: nor does it go when its thread joins later', () => {
    wish({ do: 'stop-thread', crm });
    commanded();
    stage.later(5);
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Apart',
      text: 'While stopped.',
      id: '<apart@c.test>',
    });
    stage.later(5);
    wish({ do: 'resume-thread', crm });
    commanded();
    stage.later(5);
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Re: Apart',
      text: 'After.',
      answers: [id, '<apart@c.test>'],
    });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: After.']);
  });

  test('T8: stopped and resumed twelve times, what came in each pause stays out', () => {
    for (let count = 0; count < 12; count++) {
      wish({ do: 'stop-thread', crm });
      commanded();
      stage.later(2);
      comes(`Pause ${count}.`);
      stage.later(2);
      wish({ do: 'resume-thread', crm });
      commanded();
      stage.later(2);
    }
    comes('At last.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: At last.']);
  });

  test('X13: stopped while a pass runs: it holds from the next round of writes on', () => {
    comes('Just now.');
    const click = {
      user: AGENT,
      at: 'thread',
      id: thread,
      function: 'onAction',
      parameters: { do: 'thread.stop', crm },
    };
    stage.world.appsScript.setFaults([
      { path: '/gmail/v1/users/me/messages', act: { method: 'POST', path: '/emulator/sidebar/action', body: click } },
    ]);
    stage.pass();
    expect(stage.world.appsScript.faults().met).toHaveLength(1);
    stage.world.appsScript.setFaults([]);
    expect(stateOf(stage).links.get(crm)?.stopped).toBe('user');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
  });
});

describe('T8: the label CRM/Private', () => {
  const label = () => labelId(stage, 'CRM/Private');

  test('T8: on a message before it synced: it stays out; taken off later: it goes once', () => {
    comes('For you only.');
    const message = newest();
    relabel(stage, message, [label()]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    comes('For all.');
    stage.pass();
    relabel(stage, message, [], [label()]);
    stage.settleDown();
    expect(inCrm(stage, crm).sort()).toEqual(['inbound: For all.', 'inbound: For you only.', 'outbound: Hello'].sort());
    relabel(stage, message, [label()]);
    stage.pass();
    relabel(stage, message, [], [label()]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toHaveLength(3);
  });

  test('T8: on a conversation as a whole: later messages get it too, and stay out until it is taken off them', () => {
    comes('First.');
    for (const message of stage.messages()) relabel(stage, message.id, [label()]);
    stage.pass();
    comes('Second.');
    stage.pass();
    const second = stage.messages().at(-1);
    expect(second?.labels).toContain(label());
    comes('Third.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);

    relabel(stage, second?.id ?? '', [], [label()]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Second.']);
    for (const message of stage.messages()) relabel(stage, message.id, [], [label()]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toHaveLength(4);
  });

  test('T8: on one message of several: only that one stays out', () => {
    comes('First.');
    stage.pass();
    comes('Second.');
    relabel(stage, newest(), [label()]);
    stage.pass();
    comes('Third.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: First.', 'inbound: Third.']);
  });

  test('T8: where Gmail does not take the label, the message stays out all the same', () => {
    comes('First.');
    for (const message of stage.messages()) relabel(stage, message.id, [label()]);
    stage.pass();
    comes('Second.');
    stage.world.appsScript.setFaults([{ path: 'batchModify', answer: '503', times: 9 }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    expect(stage.messages().at(-1)?.labels).toContain(label());
  });
});

describe('T8: exclusions', () => {
  const exclude = (...excluded: string[]) =>
    wish({ do: 'set', settings: { savedAt: stage.world.clock.now, excluded, internalPrivate: false } });

  test.each([
    ['an address', 'ana.pereira@lisbon.example'],
    ['a domain', 'lisbon.example'],
    ['a domain above', 'example'],
  ])('T8: %s is never synced, either way', (_, entry) => {
    exclude(entry === 'example' ? 'lisbon.example' : entry);
    commanded();
    comes('For nobody.');
    stage.crmSends({ subject: 'Another offer', html: '<p>Hi</p>' });
    stage.later(1);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    expect(stage.messages()).toHaveLength(2);
    exclude();
    commanded();
    comes('For the CRM.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: For the CRM.']);
  });

  test('T8: a domain goes with everything below it, and not with what only ends like it', () => {
    exclude('lisbon.example');
    commanded();
    comes('Below.', { to: `${AGENT}, x@mail.lisbon.example`, from: stage.crm.contacts[1].email, answers: [id] });
    comes('Alike.', { to: `${AGENT}, ${stage.crm.contacts[1].email}`, from: 'x@notlisbon.example', answers: [id] });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Alike. From: x@notlisbon.example']);
    expect(fates().filter((fate) => fate.startsWith('left'))).toEqual(['left T8-address']);
  });

  test('X13: saved while a pass runs: it holds from the next round of writes on', () => {
    comes('Just now.');
    const formInputs = { excluded: 'lisbon.example', cadence: '60', bulk: '200', label: 'CRM' };
    const click = { user: AGENT, at: 'home', function: 'onAction', parameters: { do: 'settings.save' }, formInputs };
    stage.world.appsScript.setFaults([
      {
        path: '/gmail/v1/users/me/messages',
        act: { method: 'POST', path: '/emulator/sidebar/action', body: click },
      },
    ]);
    stage.pass();
    expect(stage.world.appsScript.faults().met).toHaveLength(1);
    stage.world.appsScript.setFaults([]);
    expect(stateOf(stage).head.settings?.excluded).toEqual(['lisbon.example']);
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    expect(fates()).toContain('left T8-address');
  });
});

test('T8: internal mail stays out where the user said so, and goes with a click', () => {
  wish({ do: 'set', settings: { savedAt: 1, excluded: [], internalPrivate: true, withoutContact: true } });
  commanded();
  comes('Among us.', { from: 'colleague@example.com' });
  comes('With you.');
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: With you.']);
  expect(fates()).toContain('left T8-internal');
});

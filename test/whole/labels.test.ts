/** M7: what Gmail's labels show, what that costs, and that it follows what is true. */
import { connectedStage } from './scenes';
import { AGENT, type Stage } from './stage';

const CRM = 'services.leadconnectorhq.com';
let stage: Stage;
let first: ReturnType<Stage['crmSends']>;

beforeEach(() => {
  stage = connectedStage();
});

/** Names of the user's labels on each message, oldest first. */
function shown(): string[][] {
  const { labels } = stage.gmail('GET', 'labels') as { labels: { id: string; name: string }[] };
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return stage
    .messages()
    .map((message) =>
      message.labels.map((id) => names.get(id) ?? id).filter((name) => name.startsWith('CRM') || name === 'Deals'),
    );
}

function linked(): void {
  first = stage.crmSends({ subject: 'Our offer', html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  stage.contactAnswers('Sounds good.');
}

function set(settings: Record<string, unknown>): void {
  const all = { savedAt: stage.world.clock.now, excluded: [], internalPrivate: false, ...settings };
  stage.world.appsScript.setProperty(AGENT, 'cmd.test', JSON.stringify({ do: 'set', settings: all }));
}

test('a copy has it at once, what was logged with the next look, which costs no request more', () => {
  linked();
  stage.pass();
  expect(shown()).toEqual([['CRM'], []]);
  stage.later(5);
  const seq = stage.lastSeq();
  stage.pass();
  expect(stage.requestsSince(seq)).toHaveLength(2);
  expect(shown()).toEqual([['CRM'], ['CRM']]);
  const next = stage.lastSeq();
  stage.later(5);
  stage.pass();
  expect(stage.requestsSince(next).flatMap(({ parts = [] }) => parts)).toEqual([]);
});

test('what is parked is shown, and what is settled is not any more', () => {
  linked();
  stage.world.appsScript.setFaults([{ host: CRM, path: '/conversations/messages/inbound', answer: '422', times: 1 }]);
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([['CRM'], ['CRM/Attention']]);
  stage.later(5 * 60);
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([['CRM'], ['CRM']]);
});

test('a mail of the CRM that is parked shows on its thread', () => {
  linked();
  stage.pass();
  stage.crmSends({ subject: 'Re: Our offer', html: '<p>More</p>', replyTo: first });
  stage.world.appsScript.setFaults([
    { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/messages?', answer: '413', times: 9 },
  ]);
  stage.later(3);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([
    ['CRM', 'CRM/Attention'],
    ['CRM', 'CRM/Attention'],
  ]);
  stage.later(5 * 60);
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([['CRM'], ['CRM'], ['CRM']]);
});

test('labels that could not be put on are put on later', () => {
  linked();
  stage.pass();
  stage.world.appsScript.setFaults([{ host: 'gmail.googleapis.com', answer: '503', times: 90 }]);
  stage.later(5);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  expect(shown()[1]).toEqual([]);
  stage.later(11);
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()[1]).toEqual(['CRM']);
});

test('its name can be changed, and it can be switched off and on again', () => {
  linked();
  set({ label: 'Deals' });
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([['Deals'], ['Deals']]);
  set({ label: '' });
  stage.userAnswers('One more.');
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown()).toEqual([['Deals'], ['Deals'], []]);
  set({ label: 'CRM' });
  stage.userAnswers('And another.');
  stage.pass();
  stage.later(5);
  stage.pass();
  stage.userAnswers('The last.');
  stage.pass();
  stage.later(5);
  stage.pass();
  expect(shown().at(-1)).toEqual(['CRM']);
});

/**
 * Sends that are cut, answered wrongly, done late or twice, with the user in between: the contact has the mail once, or the
 * user is asked, and what they answer is done (X3). Every call of the pass meets its faults.
 */
import type { Fault } from '../../emulator/core/services';
import { connect } from '../../emulator/world/person';
import { connectedByApp } from './delivering';
import {
  answerHeld,
  copiesOf,
  cut,
  draftsOf,
  heldKeys,
  KILLS,
  MEDDLING,
  MINUTE,
  OVERLAPS,
  press,
  PROPERTY_FAULTS,
  sceneOf,
  WRITE_ANSWERS,
  type Call,
  type Scene,
} from './delivery-faults';
import { AGENT, emptyWorld, type Stage } from './stage';
import { userSends } from './writing';

type Switches = Readonly<Record<string, boolean | number>>;

const SUBJECT = 'Our offer for you';

function pending(stage: Stage, subject = SUBJECT, more: Parameters<Stage['crmSends']>[0] | object = {}): string {
  return stage.crmSends({ channel: 'gmail', html: `<p>About ${subject}</p>`, subject, ...more }).emailMessageId;
}

function firstMail(switches: Switches = {}): Scene {
  const stage = connectedByApp(emptyWorld(7));
  stage.world.switches.set(switches);
  stage.pass();
  pending(stage);
  stage.later(1);
  return sceneOf(stage, [SUBJECT]);
}

/** Cuts the pass at each of these calls with each of these faults; what is wrong, by call and fault. */
function explore(scene: Scene, faultsAt: (call: Call) => readonly Fault[]): { wrong: string[]; cases: number } {
  const wrong: string[] = [];
  let cases = 0;
  for (const call of scene.calls) {
    for (const fault of faultsAt(call)) {
      cases += 1;
      const verdict = cut(scene, { nth: call.nth, ...fault });
      const found = [...verdict.faults, ...(verdict.held ? answerHeld(scene) : [])];
      if (found.length > 0) wrong.push(`${call.nth} ${call.name} ${JSON.stringify(fault)}: ${found.join('; ')}`);
    }
  }
  return { wrong, cases };
}

const isWrite = (call: Call): boolean => call.http && call.writes;
/** The drafts and their sending; labels and status are idempotent and retried by the driver. */
const isDraftWrite = (call: Call): boolean => isWrite(call) && call.name.includes('drafts');

describe('X3: the first mail to a contact', () => {
  const scene = firstMail();

  test('killed before and after every call', () => {
    const { wrong, cases } = explore(scene, () => KILLS);
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(50);
  }, 60_000);

  test('every answer to making and sending the draft, with no effect, done, late and twice', () => {
    const { wrong, cases } = explore(scene, (call) => (isDraftWrite(call) ? WRITE_ANSWERS : []));
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(50);
  }, 60_000);

  test('the status is set until it stands, whatever is answered', () => {
    const answers = ['404', '422', '500', 'timeout', 'empty'] as const;
    const { wrong } = explore(scene, (call) =>
      call.name.includes('/status') ? answers.map((answer) => ({ answer, effect: 'none' }) as const) : [],
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('the user discards, edits or sends the draft, or deletes what was sent, at every step', () => {
    const { wrong } = explore(scene, (call) => (call.http ? MEDDLING : []));
    expect(wrong).toEqual([]);
  }, 60_000);

  test('another run inside every call, and a store that refuses', () => {
    const { wrong } = explore(scene, (call) => (call.http ? OVERLAPS.slice(0, 1) : PROPERTY_FAULTS));
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('X3: what no document settles about Gmail does not break it', () => {
  const LOST: readonly Fault[] = [
    { answer: 'timeout', effect: 'done' },
    { kill: 'after' },
    { kill: 'before', effect: 'late', lateMs: 25 * MINUTE },
    { act: { gmail: 'edit-draft', user: AGENT } },
    { act: { gmail: 'send-draft', user: AGENT } },
  ];
  const SWITCHES: Switches[] = [
    { gmailKeepsXHeaders: false },
    { gmailKeepMessageId: true },
    { gmailUsedDraftStatus: 400 },
    { gmailDraftEditKeepsHeaders: true },
    { gmailDraftEditKeepsId: false },
    { gmailHistoryLagMs: 2 * MINUTE, gmailListLagMs: 2 * MINUTE },
    { gmailHistoryLagMs: 40 * MINUTE },
  ];
  test.each(SWITCHES)(
    '%j',
    (switches) => {
      const { wrong } = explore(firstMail(switches), (call) => (isDraftWrite(call) ? LOST : []));
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});

describe('X3: the draft of a run that died before it knew it, changed by its owner in the hour until the next one', () => {
  const scene = firstMail();
  const made = scene.calls.filter((call) => isDraftWrite(call) && !call.name.includes('send'));

  test.each([['stands'], ['was sent by them']] as const)('%s', (end) => {
    const { stage, at } = scene;
    expect(made).toHaveLength(1);
    stage.world.restore(at);
    stage.world.appsScript.setFaults([{ nth: made[0].nth, kill: 'after' }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    stage.world.gmail.act(AGENT, 'edit-draft');
    if (end === 'was sent by them') stage.world.gmail.act(AGENT, 'send-draft');
    stage.later(60);
    stage.pass();
    stage.settleDown();
    expect({ copies: copiesOf(stage, SUBJECT), held: heldKeys(stage).length }).toEqual({
      copies: end === 'stands' ? 0 : 1,
      held: 1,
    });
    if (end === 'stands') stage.world.gmail.act(AGENT, 'send-draft');
    press(stage, 'item.sent', heldKeys(stage)[0]);
    stage.settleDown();
    expect({ copies: copiesOf(stage, SUBJECT), status: stage.statusOf(stage.emails()[0].id) }).toEqual({
      copies: 1,
      status: 'delivered',
    });
  });

  test('what else its owner writes to the same people holds nothing up', () => {
    const { stage, at } = scene;
    stage.world.restore(at);
    stage.world.appsScript.setFaults([{ nth: made[0].nth, kill: 'before' }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    userSends(stage, { to: stage.contact.email, subject: 'Something else', text: 'See you on Monday then.' });
    stage.later(60);
    stage.settleDown();
    expect({ copies: copiesOf(stage, SUBJECT), held: heldKeys(stage) }).toEqual({ copies: 1, held: [] });
  });
});

test('X3: where X- headers are lost in sending, the sent message is not logged in the CRM as another one', () => {
  const stage = connectedByApp(emptyWorld(7));
  stage.world.switches.set({ gmailKeepsXHeaders: false });
  stage.pass();
  const replyTo = { emailMessageId: pending(stage) };
  stage.later(1);
  stage.pass();
  pending(stage, `Re: ${SUBJECT}`, { replyTo });
  stage.later(1);
  const scene = sceneOf(stage, [`Re: ${SUBJECT}`]);
  const { wrong } = explore(scene, (call) =>
    call.name.includes('drafts/send') ? [...KILLS, { answer: '500', effect: 'done' }] : [],
  );
  expect(wrong).toEqual([]);
}, 60_000);

describe('X3: the whole store is wiped', () => {
  const scene = firstMail();

  const CALLS = /POST .*drafts|setProperty head$|\/status/;
  test.each(scene.calls.filter(({ name }) => CALLS.test(name)))(
    'at $nth $name',
    ({ nth }) => {
      const { stage, at } = scene;
      stage.world.restore(at);
      stage.world.appsScript.setFaults([{ nth, kill: 'after' }]);
      stage.pass();
      stage.world.appsScript.setFaults([]);
      for (const key of Object.keys(stage.world.appsScript.properties(AGENT)))
        stage.world.appsScript.setProperty(AGENT, key, undefined);
      connect(stage.world, { user: AGENT, method: 'oauth', confirm: true });
      stage.settleDown();
      const copies = copiesOf(stage, SUBJECT);
      expect(copies).toBeLessThanOrEqual(1);
      const shown = heldKeys(stage).length > 0;
      const [email] = stage.emails();
      if (stage.statusOf(email.id) === 'pending') expect({ copies, shown }).toEqual({ copies, shown: true });
      for (const key of heldKeys(stage)) press(stage, copies > 0 ? 'item.sent' : 'item.again', key);
      stage.settleDown();
      expect(copiesOf(stage, SUBJECT)).toBeLessThanOrEqual(1);
      if (stage.statusOf(email.id) === 'delivered')
        expect({ copies: copiesOf(stage, SUBJECT), drafts: draftsOf(stage) }).toEqual({ copies: 1, drafts: 0 });
    },
    60_000,
  );
});

/**
 * Faults in a pass that delivers, and what somebody outside may see of it afterwards: the contact has the mail once, or
 * the user is asked; nothing of ours is left among the drafts; the CRM says what is true (X3; facts, reliability 2.6).
 */
import type { Fault } from '../../emulator/core/services';
import { clicksIn, type Click } from '../../emulator/world/card-reader';
import { chooseFromMenu, clickInSidebar, shownCards } from '../../emulator/world/sidebar';
import type { WorldState } from '../../emulator/world/world';
import type { Stage } from './stage';
import { AGENT } from './stage';

export const MINUTE = 60_000;
const SETTLED = 10 * MINUTE;

/** One call of the uncut pass. */
export interface Call {
  readonly nth: number;
  readonly name: string;
  readonly writes: boolean;
  readonly http: boolean;
}

export interface Scene {
  readonly stage: Stage;
  readonly at: WorldState;
  readonly calls: readonly Call[];
  /** Subjects of the pending mails, each of which goes to one contact. */
  readonly subjects: readonly string[];
  /** E-mails of the CRM, none of which may become two. */
  readonly emails: number;
}

/** The pass that would come next, call by call; the world stays as it was. */
export function sceneOf(stage: Stage, subjects: readonly string[]): Scene {
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  const emails = stage.emails().length;
  stage.pass();
  const calls = stage.world.appsScript
    .requests(seq)
    .flatMap((call) => call.parts ?? [call])
    .map(({ service, method = '', path = '' }, index) => ({
      nth: index + 1,
      name: `${service} ${method} ${path.slice(0, 60)}`,
      http: service === 'UrlFetchApp',
      writes: service === 'UrlFetchApp' ? /post|put|delete/i.test(method) : /^set|^delete/i.test(method),
    }));
  stage.world.restore(at);
  return { stage, at, calls, subjects, emails };
}

export const KILLS: readonly Fault[] = [{ kill: 'before' }, { kill: 'after' }];

const LATE = [5 * MINUTE, SETTLED + 15 * MINUTE];

const WRONG = ['404', '422', '500', 'html', 'empty', 'timeout', 'dns'] as const;
const LOST = ['500', 'timeout'] as const;

/** Every answer to a request that writes, with the effects that it may have had. */
export const WRITE_ANSWERS: readonly Fault[] = [
  ...(['401', '403-rate', '413', '429', ...WRONG] as const).map((answer): Fault => ({ answer, effect: 'none' })),
  ...WRONG.map((answer): Fault => ({ answer, effect: 'done' })),
  ...LOST.flatMap((answer): Fault[] => [
    ...LATE.map((lateMs) => ({ answer, effect: 'late', lateMs }) as const),
    { answer, effect: 'twice' },
  ]),
  { effect: 'twice' },
  ...LATE.map((lateMs): Fault => ({ kill: 'before', effect: 'late', lateMs })),
];

export const PROPERTY_FAULTS: readonly Fault[] = [{ answer: 'refused' }];

/** What a person does at that moment. */
export const MEDDLING: readonly Fault[] = (['discard-draft', 'edit-draft', 'send-draft', 'trash'] as const).map(
  (gmail) => ({ act: { gmail, user: AGENT } }),
);

export const OVERLAPS: readonly Fault[] = [
  { runInside: { user: AGENT, function: 'onSyncTimer' } },
  { runInside: { user: AGENT, function: 'onSyncSoon' } },
];

export interface Verdict {
  /** What is wrong; empty where all is well. */
  readonly faults: readonly string[];
  readonly held: boolean;
}

/** Runs the pass with that fault, leaves the world alone until it is quiet, and judges it from outside. */
export function cut(scene: Scene, fault: Fault | readonly Fault[], meanwhile?: (stage: Stage) => void): Verdict {
  const { stage, at } = scene;
  stage.world.restore(at);
  stage.world.appsScript.setFaults(Array.isArray(fault) ? (fault as Fault[]) : [fault as Fault]);
  stage.pass();
  const met = stage.world.appsScript.faults().met.length > 0;
  stage.world.appsScript.setFaults([]);
  meanwhile?.(stage);
  stage.settleDown();
  const found = met ? judge(scene) : ['the fault did not fire'];
  return { faults: found, held: heldKeys(stage).length > 0 };
}

/** From the contacts' mailboxes, the CRM, the drafts and the cards alone. */
export function judge({ stage, subjects, emails }: Scene): string[] {
  const wrong: string[] = [];
  const held = heldKeys(stage).length;
  let missing = 0;
  for (const subject of subjects) {
    const copies = copiesOf(stage, subject);
    const email = stage.emails().find((each) => each.subject === subject);
    const status = email === undefined ? 'gone' : stage.statusOf(email.id);
    if (copies > 1) wrong.push(`${subject}: the contact has it ${copies} times`);
    if (copies === 1 && status !== 'delivered' && held === 0)
      wrong.push(`${subject}: sent, and the CRM says ${status}`);
    if (copies === 0) missing += 1;
    if (copies === 0 && status !== 'pending') wrong.push(`${subject}: not sent, and the CRM says ${status}`);
  }
  if (missing > held) wrong.push(`${missing} lost, and ${held} shown`);
  const drafts = draftsOf(stage);
  if (held === 0 && drafts > 0) wrong.push(`${drafts} drafts are left`);
  if (stage.emails().length !== emails) wrong.push(`the CRM has ${stage.emails().length} e-mails, not ${emails}`);
  const seq = stage.lastSeq();
  stage.later(5);
  stage.pass();
  const requests = stage.requestsSince(seq).length;
  if (requests !== 2) wrong.push(`a quiet pass makes ${requests} requests`);
  return wrong;
}

/** Answers every question as somebody who looked into the contact's mailbox, and judges again. */
export function answerHeld(scene: Scene): string[] {
  const { stage } = scene;
  for (let count = 0; count < 5; count++) {
    const [button] = heldKeys(stage);
    if (button === undefined) break;
    const subject = scene.subjects.find((each) =>
      stage.emails().some(({ id, subject: s }) => s === each && button === `e:${id}`),
    );
    const sent = subject !== undefined && copiesOf(stage, subject) > 0;
    press(stage, sent ? 'item.sent' : 'item.again', button);
    stage.settleDown();
  }
  const wrong = judge(scene);
  if (heldKeys(stage).length > 0) wrong.push('still held after the answer');
  for (const subject of scene.subjects)
    if (copiesOf(stage, subject) !== 1) wrong.push(`${subject}: not sent after the answer`);
  return wrong;
}

/** Presses the button of a message that the activity card asks about. */
export function press(stage: Stage, name: string, key: string, times = 1): void {
  const click = heldClicks(stage, name).find(({ parameters }) => parameters['key'] === key);
  if (click === undefined) throw new Error(`no ${name} for ${key}`);
  for (let done = 0; done < times; done++) clickInSidebar(stage.world, stage.user, { at: 'home' }, click);
}

export function copiesOf(stage: Stage, subject: string): number {
  return stage.crm.contacts
    .flatMap(({ email }) => stage.world.network.received(email) ?? [])
    .filter(({ raw }) => subjectOf(raw.toString('latin1')).replace(' (edited)', '') === subject).length;
}

function subjectOf(raw: string): string {
  return /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(raw)?.[1].replace(/\r\n[ \t]+/g, ' ') ?? '';
}

/** Drafts that carry the add-on's marker; one that the user edited is theirs. */
export function draftsOf(stage: Stage): number {
  const { drafts = [] } = stage.gmail('GET', 'drafts') as { drafts?: { message: { id: string } }[] };
  return drafts.filter(({ message }) => stage.message(message.id).header('X-Threadlink-Email-Id') !== '').length;
}

/** Keys of the messages that the activity card asks the user about. */
export function heldKeys(stage: Stage): string[] {
  return heldClicks(stage, 'item.again').map(({ parameters }) => parameters['key'] ?? '');
}

function heldClicks(stage: Stage, name: string): Click[] {
  const cards = shownCards(chooseFromMenu(stage.world, stage.user, 'onActivity'));
  return cards.flatMap((card) => clicksIn(card)).filter(({ parameters }) => parameters['do'] === name);
}

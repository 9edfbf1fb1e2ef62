/** What many tests begin with: a mailbox that is connected, an offer from the CRM, an answer to it. */
import { AGENT, emptyWorld, Stage, type GmailMessageSeen } from './stage';
import { arrives, linked, userSends } from './writing';

/** Replies go to the user's own address. */
export function connectedStage(seed = 1): Stage {
  const stage = new Stage(emptyWorld(seed)).connect();
  stage.world.switches.set({ replyTo: 'user' });
  return stage;
}

/** The CRM sent an offer, and it is in the mailbox. */
export function offeredStage(seed: number): Stage {
  const stage = connectedStage(seed);
  stage.pass();
  stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  return stage;
}

/** The contact answered it, and the answer is in the CRM. */
export function answeredStage(seed: number): Stage {
  const stage = offeredStage(seed);
  stage.contactAnswers('Sounds good.');
  stage.later(5);
  stage.pass();
  return stage;
}

/** A second thread, with another contact. */
export function beginAnotherMatter(stage: Stage): void {
  stage.crmSends({ to: stage.crm.contacts[1].id, subject: 'Another matter', html: '<p>Hi</p>' });
  stage.later(1);
  stage.pass();
}

/** The user writes on in Gmail, in the thread of that message; gives the Gmail message id. */
export function userGoesOn(stage: Stage, { threadId, header }: GmailMessageSeen, text: string): string {
  const answers = [header('Message-ID')];
  return userSends(stage, { to: stage.contact.email, subject: 'Re: Our offer for you', text, answers }, threadId);
}

/** A linked thread, and somebody outside whom it does not concern. */
export class LinkedThread {
  readonly stage = connectedStage();
  /** Message-ID of the copy that it begins with. */
  readonly id: string;
  readonly crm: string;
  /** In Gmail. */
  readonly thread: string;

  constructor() {
    this.stage.world.network.addMailbox('lawyer@law.example', 'Lee Lawyer');
    const { mirror, crm } = linked(this.stage);
    this.id = mirror.header('Message-ID');
    this.thread = mirror.threadId;
    this.crm = crm;
    this.stage.later(1);
  }

  /** The contact answers. */
  comes(text: string, over: { from?: string; to?: string; answers?: string[] } = {}): void {
    const mail = { from: this.stage.contact.email, to: AGENT, subject: 'Re: Our offer for you', answers: [this.id] };
    arrives(this.stage, { ...mail, text, ...over });
  }
}

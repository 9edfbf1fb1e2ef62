/**
 * Ugly mail as it comes: each is delivered over the network as an answer in a linked thread of its own, the add-on makes
 * its passes, and what then stands in the CRM is read as anybody outside would read it.
 */
import type { World } from '../../../emulator/world/world';
import { AGENT, emptyWorld, Stage, type CrmEmailSeen } from '../stage';
import { hashOf, letters, textOfHtml, type UglyMail } from './expectation';

/** Everything that the CRM has of one mail. */
export interface Arrived {
  readonly name: string;
  /** The CRM's mails in the thread beside the one that began it. */
  readonly emails: readonly CrmEmailSeen[];
  readonly text: string;
  readonly hashes: readonly string[];
  /** The mail in the CRM says that nobody knows its sender. */
  readonly unknownSender: boolean;
  /** Sentences about attachments that could not go. */
  readonly lost: readonly string[];
  /** State and reason of what the add-on set aside for it. */
  readonly setAside: readonly string[];
}

/** As many as one pass has room for. */
const BATCH = 20;

/** Headers that make a mail an answer; in front of its own, so that whatever is broken in it stays as it is. */
export function asAnswer(raw: Buffer, parent: string, contact: string): Buffer {
  return Buffer.concat([Buffer.from(`References: ${parent}\r\nCc: ${contact}\r\n`), raw]);
}

export function deliverAll(mails: readonly UglyMail[], switches = {}): { arrived: Arrived[]; world: World } {
  const stage = new Stage(emptyWorld()).connect();
  // The CRM shows the addresses that it was given, so that the sender can be seen.
  stage.world.switches.set({ replyTo: 'user', inboundAddresses: 'given', ...switches });
  pass(stage);
  const arrived: Arrived[] = [];
  for (let from = 0; from < mails.length; from += BATCH) {
    arrived.push(...deliverBatch(stage, mails.slice(from, from + BATCH), from));
  }
  return { arrived, world: stage.world };
}

function deliverBatch(stage: Stage, mails: readonly UglyMail[], offset: number): Arrived[] {
  const sent = mails.map((_, index) =>
    stage.crmSends({ subject: `Matter ${'abcdefghijklmnopqrst'[index]}${offset}`, html: '<p>Our offer</p>' }),
  );
  stage.later(1);
  pass(stage);
  const mirrors = stage.messages();
  const gmailIds = mails.map(({ raw }, index) => {
    const parent = mirrors.find((message) => message.header('X-Threadlink-Email-Id') === sent[index].emailMessageId);
    if (parent === undefined) throw new Error('a mirror is missing');
    const answer = asAnswer(raw, parent.header('Message-ID'), stage.contact.email);
    const { delivered, refused } = stage.world.network.send({ from: stage.contact.email, to: [AGENT], raw: answer });
    if (refused.length > 0) throw new Error(`not delivered: ${refused[0].reason}`);
    return delivered[0].id ?? '';
  });
  // The second pass is for those that wait for the mailbox's own copy, the others prove that nothing is done twice.
  for (const minutes of [1, 5, 11, 11]) {
    stage.later(minutes);
    pass(stage);
  }
  return mails.map((mail, index) => arrivedOf(stage, mail, sent[index], gmailIds[index]));
}

function pass(stage: Stage): void {
  const { ok, error } = stage.pass();
  if (!ok) throw new Error(`a pass failed: ${error ?? ''}`);
}

function arrivedOf(
  stage: Stage,
  mail: UglyMail,
  sent: { readonly threadId: string; readonly emailMessageId: string },
  gmailId: string,
): Arrived {
  const emails = stage.emailsOf(sent.threadId).filter(({ id }) => id !== sent.emailMessageId);
  const [first] = emails;
  const body = first === undefined ? '' : first.body;
  const notes = [...body.matchAll(/<p>((?:From|Attachment not included): [^<]*)<\/p>/g)].map(([, note]) => note);
  return {
    name: mail.name,
    emails,
    text: letters(textOfHtml(body.replace(/<p>(?:From|Attachment not included): [^<]*<\/p>/g, ''))),
    hashes: (first?.attachments ?? []).map((url) => hashOf(stage.file(url))),
    unknownSender: notes.some((note) => /^From: (unknown sender|[^@]*)$/.test(note)),
    lost: notes.filter((note) => note.startsWith('Attachment')),
    setAside: setAsideOf(stage, gmailId),
  };
}

/** The lines of the store about the message that say so; of its pages those that the head names. */
function setAsideOf(stage: Stage, gmailId: string): string[] {
  const properties = stage.world.appsScript.properties(AGENT);
  const { pages } = JSON.parse(properties.head.slice(properties.head.indexOf('{'))) as {
    pages: Record<string, number>;
  };
  return Object.entries(pages)
    .flatMap(([name, generation]) => (properties[`page.${name}.${generation.toString(36)}`] ?? '').split('\n'))
    .filter((line) => line.includes(`g:${gmailId} ["`) && /"(waiting|parked|held)"/.test(line));
}

/** 20,000 linked threads (X11), and a bulk send to 2,000 contacts (X12, R3), on the built bundle. */
import { shortHash } from '../../src/platform/hash';
import { crmKey, Quiet, weekOf, type Sleeper } from '../../src/sync/quiet';
import { answeredStage } from './scenes';
import { emptyWorld, Stage } from './stage';

const stored = (stage: Stage): Record<string, string> => stage.world.appsScript.properties(stage.user);
const head = (stage: Stage) =>
  JSON.parse(stored(stage).head.slice(7)) as { pages: Record<string, number>; generation: number };

/** Bytes and values of the whole store, the former commit's pages among them. */
function sizeOf(stage: Stage): { bytes: number; largest: number; keys: number } {
  const entries = Object.entries(stored(stage));
  const sizes = entries.map(([, value]) => Buffer.byteLength(value));
  return {
    bytes: entries.reduce((sum, [key], index) => sum + key.length + sizes[index], 0),
    largest: Math.max(...sizes),
    keys: entries.length,
  };
}

/** Threads of ten years, beside those that are at rest already. */
function sleepers(count: number, address: string): Sleeper[] {
  const begin = Date.UTC(2016, 0, 1);
  return Array.from({ length: count }, (_, index) => {
    const at = begin + Math.floor((index / count) * 10 * 365 * 86_400_000) + ((index * 7919) % 60_000_000);
    return {
      gmail: (BigInt(at) * 2n ** 20n + BigInt((index * 524_287) % 2 ** 20)).toString(16),
      crm: crmKey(`another thread ${index}`),
      week: weekOf(at),
      stopped: index % 100 === 0,
      address,
    };
  });
}

function addAtRest(stage: Stage, count: number): void {
  const { pages, generation } = head(stage);
  const texts = new Map(
    Object.entries(pages).map(([name, of]) => [name, stored(stage)[`page.${name}.${of.toString(36)}`].slice(7)]),
  );
  const quiet = Quiet.of(texts).with(sleepers(count, shortHash(stage.user)));
  const named = { ...pages };
  for (const [name, text] of quiet.pages) {
    stage.world.appsScript.setProperty(
      stage.user,
      `page.${name}.${generation.toString(36)}`,
      `${shortHash(text, 6)}:${text}`,
    );
    named[name] = generation;
  }
  stage.rewriteHead({ pages: named });
}

test('X11: with 20,000 linked threads the store stays below 400 KB, and a message of one at rest goes in the usual time', () => {
  const stage = answeredStage(5);
  for (let day = 0; day < 15; day += 3) {
    stage.later(3 * 24 * 60);
    stage.pass();
  }
  for (let number = 0; number < 60; number++) {
    stage.crmSends({
      to: stage.crm.contacts[1].id,
      subject: `Another matter ${String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)])}`,
      html: '<p>Hi</p>',
    });
  }
  stage.later(1);
  stage.pass();
  stage.settleDown();
  addAtRest(stage, 20_000);
  const offer = stage.emails().find(({ subject }) => subject === 'Our offer for you');
  const { threadId } = stage.messages().filter((message) => message.header('Subject').endsWith('Our offer for you'))[0];
  const [parent] = stage
    .messages()
    .filter((message) => message.threadId === threadId)
    .slice(-1);
  const raw = [
    `From: ${stage.user}`,
    `To: ${stage.contact.email}`,
    'Subject: Re: Our offer for you',
    `In-Reply-To: ${parent.header('Message-ID')}`,
    `References: ${parent.header('Message-ID')}`,
    '',
    'Still there?',
    '',
  ].join('\r\n');
  stage.gmail('POST', 'messages/send', { threadId, raw: Buffer.from(raw).toString('base64url') });
  const seq = stage.lastSeq();
  const { ok, virtualMs, rounds } = stage.pass();
  expect(ok).toBe(true);
  const logged = stage.emails().filter(({ body }) => body.includes('Still there'));
  expect(logged.map((email) => email.threadId)).toEqual([offer?.threadId]);
  const { bytes, largest, keys } = sizeOf(stage);
  expect(bytes).toBeLessThan(400_000);
  expect(largest).toBeLessThanOrEqual(8_000);
  expect(keys).toBeLessThan(90);
  expect(rounds).toBeLessThanOrEqual(10);
  expect(virtualMs).toBeLessThan(10_000);
  // What changed is rewritten, and nothing else.
  const written = stage.world.appsScript
    .requests(seq)
    .filter(({ service, method }) => service === 'PropertiesService' && method === 'setProperty');
  expect(written.length).toBeLessThanOrEqual(9);
  stage.later(5);
  const idle = stage.lastSeq();
  stage.pass();
  stage.later(5);
  stage.pass();
  const reads = stage.world.appsScript
    .requests(idle)
    .filter(({ service, method = '' }) => service === 'PropertiesService' && method.startsWith('get'));
  expect(reads.slice(-1).map(({ path }) => path)).toEqual(['head']);
}, 120_000);

test('X12, R3, X10: a bulk send to 2,000 contacts is taken up whole, over runs, and a contact who answers is linked', () => {
  const stage = new Stage(emptyWorld(6, 0)).connect();
  stage.world.switches.set({ replyTo: 'user' });
  stage.pass();
  const to = Array.from({ length: 2_000 }, (_, index) =>
    stage.world.highlevel.addContact({ name: `Person ${index}`, email: `person${index}@many.example` }),
  );
  for (const { email, name } of [to[100], to[1_900]]) stage.world.network.addMailbox(email, name);
  const sent = stage.world.highlevel.send({
    user: stage.crmUser,
    to: to.map(({ id }) => id),
    kind: 'bulk',
    channel: 'default',
    from: stage.user,
    subject: 'News for everybody',
    html: '<p>News</p>',
  });
  expect(sent.others).toHaveLength(1_999);
  let largest = 0;
  for (let run = 0; run < 24; run++) {
    stage.later(60);
    const { ok, virtualMs } = stage.pass();
    expect({ ok, inTime: virtualMs < 360_000 }).toEqual({ ok: true, inTime: true });
    largest = Math.max(largest, sizeOf(stage).bytes);
    if (!stored(stage).head.includes('"page":""') && !stored(stage).head.includes('"due":1')) break;
  }
  expect(largest).toBeLessThan(400_000);
  // One whose mail was mirrored, and one whose mail waited for the answer.
  for (const index of [1_900, 100]) {
    const answering = new Stage(stage.world);
    Object.assign(answering, { contact: { ...to[index] } });
    expect(stage.world.network.received(to[index].email)).toHaveLength(1);
    answering.contactAnswers('Tell me more.');
    stage.later(60);
    stage.pass();
    stage.settleDown();
    const threadId = sent.others?.[index - 1].threadId ?? '';
    expect(stage.emailsOf(threadId).map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
    const shown = stage
      .messages()
      .filter(({ header }) => `${header('From')} ${header('To')}`.includes(to[index].email));
    expect(shown.map(({ labels }) => labels.includes('SENT'))).toEqual([true, false]);
    expect(new Set(shown.map((message) => message.threadId)).size).toBe(1);
  }
}, 400_000);

/** What keeps the sync going, and what it says when it cannot (X7, X9, X10, G3, G4, G5). */
import { offeredStage, userGoesOn } from './scenes';
import type { Stage } from './stage';

let stage: Stage;

beforeEach(() => {
  stage = offeredStage(31);
});

const inCrm = (text: string) => stage.emails().filter(({ body }) => body.includes(text));
const head = (): Record<string, unknown> =>
  JSON.parse(stage.world.appsScript.properties(stage.user).head.slice(7)) as Record<string, unknown>;
const notices = () =>
  stage.messages().filter((message) => message.header('X-Threadlink-Email-Id').startsWith('notice-'));

function writes(text: string): string {
  const newest = stage
    .messages()
    .filter(({ labels }) => !labels.includes('INBOX'))
    .slice(-1)[0];
  return userGoesOn(stage, newest, text);
}

test('X7: a message under which runs die is reduced, and stops no other', () => {
  const poison = writes('The heavy one.');
  writes('The light one.');
  stage.world.appsScript.setFaults([
    { path: `/gmail/v1/users/me/messages/${poison}?format=full`, kill: 'after', times: 99 },
  ]);
  for (let run = 0; run < 8; run++) {
    stage.pass();
    stage.later(15);
  }
  stage.world.appsScript.setFaults([]);
  expect(inCrm('The light one')).toHaveLength(1);
  expect(inCrm('The rest of this message could not be read')).toHaveLength(1);
  stage.settleDown();
  expect(stage.emails()).toHaveLength(3);
});

test('X2, X7: one that kills even so is set aside, and goes when it no longer does', () => {
  const poison = writes('The heavy one.');
  writes('The light one.');
  stage.world.appsScript.setFaults([{ path: `/gmail/v1/users/me/messages/${poison}`, kill: 'after', times: 99 }]);
  for (let run = 0; run < 10; run++) {
    stage.pass();
    stage.later(15);
  }
  stage.world.appsScript.setFaults([]);
  expect(inCrm('The light one')).toHaveLength(1);
  expect(inCrm('The heavy one')).toHaveLength(0);
  stage.later(25 * 60);
  stage.pass();
  stage.settleDown();
  expect(inCrm('The heavy one')).toHaveLength(1);
});

test('X7, T2: of two e-mails of a new thread the second waits while Gmail is busy for the first, and answers it', () => {
  const to = stage.crm.contacts[1].id;
  const first = stage.crmSends({ to, subject: 'Another matter', html: '<p>The first.</p>' });
  stage.later(1);
  stage.crmSends({ to, subject: 'Re: Another matter', html: '<p>The second.</p>', replyTo: first });
  const before = stage.messages().length;
  stage.world.appsScript.setFaults([
    { method: 'POST', path: '/gmail/v1/users/me/messages', answer: '429', effect: 'none', times: 4 },
  ]);
  for (let run = 0; run < 20; run++) {
    stage.pass();
    stage.world.appsScript.setFaults([]);
    stage.later(1);
  }
  const copies = stage.messages().slice(before);
  const [parent, answer] = copies.sort((a, b) => a.date - b.date);
  expect(answer.threadId).toBe(parent.threadId);
  expect(answer.header('In-Reply-To')).toBe(parent.header('Message-ID'));
});

test('X9: below 20 % of the CRM’s daily requests the sync runs once an hour, and says so', () => {
  const used = stage.requestsSince(0).filter(({ host = '' }) => host.includes('leadconnector')).length;
  stage.world.switches.set({ rateLimitDaily: Math.ceil((used + 4) / 0.95) });
  stage.later(5);
  stage.pass();
  expect(head().crmLeft).toBeLessThan(20);
  const seq = stage.lastSeq();
  stage.later(5);
  stage.pass();
  expect(stage.requestsSince(seq)).toHaveLength(0);
  stage.later(60);
  stage.pass();
  expect(stage.requestsSince(seq).length).toBeGreaterThan(0);
});

test('G4: when most of the day’s running time is used up, runs become rare and short', () => {
  const spent = { since: stage.world.clock.now - 10 * 3_600_000, ms: 300 * 60_000 };
  stage.rewriteHead({ spent });
  const seq = stage.lastSeq();
  stage.later(5);
  stage.pass();
  expect(stage.requestsSince(seq)).toHaveLength(0);
  stage.later(60);
  stage.pass();
  expect(stage.requestsSince(seq).length).toBeGreaterThan(0);
  stage.later(15 * 60);
  stage.pass();
  expect((head().spent as { ms: number }).ms).toBeLessThan(60_000);
});

test('G5: a token that the CRM took back is told in the inbox once, also where the run is killed', () => {
  stage.world.highlevel.revokeToken(stage.world.highlevel.createPrivateToken());
  const token = (head().connection as { token: string }).token;
  stage.world.highlevel.revokeToken(token);
  stage.later(5);
  stage.pass();
  expect(notices()).toHaveLength(0);
  stage.later(30);
  const at = stage.world.snapshot();
  const seq = stage.lastSeq();
  stage.pass();
  expect(notices()).toHaveLength(1);
  const [{ labels, header }] = notices().map(({ id }) => stage.message(id));
  expect(labels).toEqual(expect.arrayContaining(['INBOX', 'UNREAD']));
  expect(header('Subject')).toBe('Threadlink: The CRM no longer accepts the token');
  const calls = stage.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]).length;
  for (let nth = 1; nth <= calls; nth++) {
    stage.world.restore(at);
    stage.world.appsScript.setFaults([{ nth, kill: nth % 2 === 0 ? 'before' : 'after' }]);
    stage.pass();
    stage.world.appsScript.setFaults([]);
    for (const minutes of [11, 30, 60, 60]) {
      stage.later(minutes);
      stage.pass();
    }
    expect({ nth, count: notices().length }).toEqual({ nth, count: 1 });
  }
}, 60_000);

test('G5: an hour without the CRM says nothing', () => {
  stage.world.appsScript.setFaults([{ host: 'services.leadconnectorhq.com', answer: '503', times: 999 }]);
  for (let run = 0; run < 4; run++) {
    stage.later(20);
    stage.pass();
  }
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  expect(notices()).toHaveLength(0);
});

test('X10, G2: what a card had no time for is done by one single run soon after', () => {
  for (let number = 0; number < 150; number++)
    stage.crmSends({
      to: stage.crm.contacts[number % 3].id,
      subject: `Matter ${String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)])} here`,
      html: 'x',
    });
  stage.later(1);
  const { ok, virtualMs } = stage.world.run(stage.user, 'onSyncNow', undefined, 'card');
  expect({ ok, inTime: virtualMs < 30_000 }).toEqual({ ok: true, inTime: true });
  const soon = stage.world.appsScript.triggers().filter(({ handler }) => handler === 'onSyncSoon');
  expect(soon).toHaveLength(1);
  stage.world.advance(60_000);
  expect(stage.world.appsScript.triggers().filter(({ handler }) => handler === 'onSyncSoon')).toHaveLength(0);
  stage.settleDown();
  expect(stage.messages().filter((message) => message.header('Subject').startsWith('Matter'))).toHaveLength(150);
}, 60_000);

/** The CRM's export lags, gives no times, changes while it is paged, and shows thousands at once (X12): nothing is lost to it. */
import { emptyWorld, Stage } from './stage';

let stage: Stage;

function begin(seed = 12): void {
  stage = new Stage(emptyWorld(seed)).connect();
  stage.world.switches.set({ replyTo: 'user' });
  stage.pass();
}

beforeEach(() => begin());

const letters = (number: number): string => String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]);

function sends(count: number, from = 0): void {
  for (let number = from; number < from + count; number++) {
    stage.crmSends({
      to: stage.crm.contacts[number % 3].id,
      subject: `Matter number ${letters(number)}`,
      html: '<p>x</p>',
    });
  }
}

/** Mail of the other user: in the export, and none of this mailbox's. */
function others(count: number): void {
  const user = stage.crm.users.find(({ email }) => email !== stage.user)?.id ?? '';
  for (let number = 0; number < count; number++) {
    stage.crmSends({
      user,
      to: stage.crm.contacts[number % 3].id,
      subject: `Other ${letters(number)}`,
      html: '<p>y</p>',
    });
  }
}

const mirrored = (): number =>
  stage.messages().filter((message) => message.header('Subject').startsWith('Matter number')).length;

test('X12: 120 threads of one minute, of which the page shows 50, are all mirrored', () => {
  sends(120);
  stage.later(1);
  stage.pass();
  stage.settleDown();
  expect(mirrored()).toBe(120);
}, 60_000);

test.each([0, 90_000, 20 * 60_000])('X12: an export that lags by %d ms loses nothing', (exportLagMs) => {
  stage.world.switches.set({ exportLagMs });
  for (let round = 0; round < 4; round++) {
    sends(4, round * 4);
    others(3);
    stage.later(1);
    stage.pass();
  }
  stage.settleDown();
  expect(mirrored()).toBe(16);
});

test('X12: one that gives no time of change loses nothing, and is not read from end to end', () => {
  others(150);
  stage.world.switches.set({ exportDateUpdated: false });
  begin(13);
  stage.world.switches.set({ exportDateUpdated: false });
  for (let round = 0; round < 3; round++) {
    sends(20, round * 20);
    stage.later(5);
    stage.pass();
  }
  stage.later(5);
  const seq = stage.lastSeq();
  sends(1, 60);
  stage.later(1);
  stage.pass();
  expect(stage.requestsSince(seq).filter(({ path = '' }) => path.includes('/export')).length).toBeLessThanOrEqual(4);
  stage.settleDown();
  expect(mirrored()).toBe(61);
}, 60_000);

test('X12: what shows up late far below the newest page is found by the daily reading of the last 48 hours', () => {
  stage.world.switches.set({ exportLagMs: 6 * 3_600_000 });
  sends(1);
  stage.later(1);
  stage.world.switches.set({ exportLagMs: 0 });
  others(70);
  stage.later(1);
  stage.pass();
  stage.later(7 * 60);
  stage.pass();
  stage.later(20 * 60);
  stage.pass();
  stage.settleDown();
  expect(mirrored()).toBe(1);
}, 60_000);

test('X2, X12: a run that dies while there is more to take up leaves the interval open', () => {
  sends(120);
  stage.later(1);
  stage.world.appsScript.setFaults([
    { service: 'UrlFetchApp', method: 'post', path: '/batch', kill: 'after', nth: 60 },
  ]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  others(60);
  stage.settleDown();
  expect(mirrored()).toBe(120);
}, 90_000);

test('X12: a cursor that dies between two pages ends nothing', () => {
  sends(120);
  stage.later(1);
  const seq = stage.lastSeq();
  stage.world.appsScript.setFaults([
    { path: '/conversations/messages/export', answer: '422', nth: undefined, times: 1 },
  ]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  stage.settleDown();
  expect(stage.requestsSince(seq).length).toBeGreaterThan(0);
  expect(mirrored()).toBe(120);
}, 60_000);

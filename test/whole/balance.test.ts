/** The promise as the page shows it: a run that dies in the middle of its writing, and the two sides that are whole again. */
import type { Fault } from '../../emulator/core/services';
import { control } from '../../emulator/control/control';
import type { Balance } from '../../emulator/world/two-sides';
import { emptyWorld, Stage } from './stage';

const SENT = 25;

function balanceOf({ world, user }: Stage): Balance {
  return control(world, { method: 'GET', path: `balance?user=${user}`, body: Buffer.alloc(0) }).body as Balance;
}

test.each<[string, Fault]>([
  ['killed after its tenth write', { service: 'UrlFetchApp', method: 'POST', skip: 9, kill: 'after' }],
  [
    'killed, and the request in flight is done a minute later',
    { service: 'UrlFetchApp', method: 'POST', skip: 9, kill: 'before', effect: 'late', lateMs: 60_000 },
  ],
  ['whose answer is lost', { service: 'UrlFetchApp', method: 'POST', skip: 9, answer: 'timeout', effect: 'done' }],
  [
    'which meets an hour without a CRM',
    { service: 'UrlFetchApp', host: 'services.leadconnectorhq.com', forMs: 3_600_000, answer: '503' },
  ],
])('X1: 25 e-mails and a run %s: 25 of 25 on both sides, none twice', (_, fault) => {
  const stage = new Stage(emptyWorld()).connect();
  const balance = () => balanceOf(stage);
  for (let count = 0; count < SENT; count++) {
    stage.crmSends({ to: stage.crm.contacts[count % 3].id, subject: `Matter ${count}`, html: `<p>${count}</p>` });
  }
  expect(balance()).toMatchObject({ total: SENT, both: 0, twice: [] });
  stage.world.appsScript.setFaults([fault]);
  stage.pass();
  expect(stage.world.appsScript.faults().met).not.toEqual([]);
  stage.settleDown();
  expect(balance()).toEqual({ total: SENT, both: SENT, lone: [], twice: [], left: 0 });
});

test('C4: what was in the CRM before the user connected is not waited for', () => {
  const stage = new Stage(emptyWorld());
  const balance = () => balanceOf(stage);
  stage.crmSends({ subject: 'Before', html: '<p>x</p>' });
  stage.later(1);
  stage.connect().later(1);
  expect(balance()).toMatchObject({ total: 0, both: 0 });
  stage.crmSends({ subject: 'After', html: '<p>x</p>' });
  expect(balance()).toMatchObject({ total: 1, lone: [{ subject: 'After' }] });
});

/** The token of a send and its evidence (X3), what counts as the same mail (section R), and the daily limit (X9). */
import type { CrmEmail } from '../../../../src/crm/types';
import {
  addSends,
  contentKey,
  decideDelivery,
  electDraft,
  isRepeated,
  recentSends,
  sendingCap,
  sendingRoom,
  sentKey,
  type Decision,
  type DraftView,
  type Evidence,
} from '../../../../src/sync/plan/delivery';
import { SETTLE_MS } from '../../../../src/sync/state';

const NOW = 1_800_000_000_000;
const draft = (id: string, message: string, marker: string | undefined = 'E1'): DraftView => ({
  id,
  message,
  thread: 'T',
  marker,
});
const sent = { id: 'S1', threadId: 'T', marker: 'E1' };
const pinned = { id: 'r1', message: '19a1' };
const evidence = (over: Partial<Evidence>): Evidence => ({ marker: 'E1', drafts: [], sent: [], now: NOW, ...over });

const table: [string, Partial<Evidence>, Decision][] = [
  ['nothing anywhere and nothing begun: make the draft', {}, { do: 'create' }],
  [
    'made by a run that did not come to remember it: the oldest is the one',
    { attemptedAt: NOW, drafts: [draft('r2', '19a2'), draft('r1', '19a1')] },
    { do: 'send', draft: { id: 'r1', message: '19a1', thread: 'T' }, extras: ['r2'] },
  ],
  ['begun a moment ago, no draft: it may still be made', { attemptedAt: NOW }, { do: 'wait', until: NOW + SETTLE_MS }],
  ['begun long ago, no draft: make it', { attemptedAt: NOW - SETTLE_MS }, { do: 'create' }],
  [
    'the remembered draft stands: send it',
    { pinned, attemptedAt: NOW, drafts: [draft('r1', '19a1')] },
    { do: 'send', draft: { id: 'r1', message: '19a1', thread: undefined }, extras: [] },
  ],
  [
    'the remembered draft was edited: the user decides',
    { pinned, attemptedAt: NOW - SETTLE_MS, drafts: [draft('r1', '19a9', undefined)] },
    { do: 'hold', reason: 'draft-changed' },
  ],
  [
    'the remembered draft is gone: that proves nothing',
    { pinned, attemptedAt: NOW },
    { do: 'wait', until: NOW + SETTLE_MS },
  ],
  [
    'gone for longer than anything takes, and not in Sent: hold',
    { pinned, attemptedAt: NOW - SETTLE_MS },
    { do: 'hold', reason: 'unsure-sent' },
  ],
  [
    'in Sent: done, and what is left of its drafts goes',
    { pinned, attemptedAt: NOW, sent: [sent], drafts: [draft('r2', '19a2')] },
    { do: 'done', sent, extras: ['r2'] },
  ],
  ['another e-mail’s marker in Sent says nothing', { sent: [{ ...sent, marker: 'E2' }] }, { do: 'create' }],
  ['another e-mail’s draft is not sent', { drafts: [draft('r3', '19a3', 'E2')] }, { do: 'create' }],
];

test.each(table)('X3: %s', (_name, over, decision) => {
  expect(decideDelivery(evidence(over))).toEqual(decision);
});

describe('X3: the draft just made', () => {
  const look = { marker: 'E1', attemptedAt: 0, sent: [], now: 0 };

  test('stands alone: it is sent', () => {
    expect(electDraft(pinned, { ...look, drafts: [draft('r1', '19a1')] })).toMatchObject({ do: 'send', extras: [] });
  });

  test('is not the oldest: the oldest is sent', () => {
    const drafts = [draft('r1', '19a1'), draft('r0', '19a0')];
    expect(electDraft(pinned, { ...look, drafts })).toMatchObject({ do: 'send', draft: { id: 'r0' }, extras: ['r1'] });
  });

  test('was discarded at once: it is not sent as another one that happens to stand', () => {
    expect(electDraft(pinned, { ...look, drafts: [draft('r5', '19a5')] })).toEqual({ do: 'wait', until: SETTLE_MS });
  });

  test('was sent by hand at once: done', () => {
    expect(electDraft(pinned, { ...look, drafts: [], sent: [sent] })).toMatchObject({ do: 'done' });
  });
});

describe('section R: the same mail', () => {
  const email = { to: ['Pat <pat@customer.test>'], subject: 'Offer', body: '<p>Hi</p>' } as unknown as CrmEmail;
  const HOUR = 3_600_000;

  test('is known for 24 hours, by recipients without name and case', () => {
    const seen = new Map([[sentKey(contentKey(email), NOW), 1]]);
    const again = contentKey({ ...email, to: ['PAT@customer.test'] });
    expect(isRepeated(again, seen, NOW + 23 * HOUR)).toBe(true);
    expect(isRepeated(again, seen, NOW + 26 * HOUR)).toBe(false);
  });

  test('is another one with another subject, text or recipient', () => {
    const others = [{ subject: 'Offer 2' }, { body: '<p>Ho</p>' }, { to: ['sam@customer.test'] }];
    for (const other of others) expect(contentKey({ ...email, ...other })).not.toBe(contentKey(email));
  });
});

describe('X9: own sends over a rolling 24 hours', () => {
  const HOUR = 3_600_000;

  test('stop at 80 % of what the kind of account may send', () => {
    expect(sendingCap('somebody@gmail.com')).toBe(400);
    expect(sendingCap('somebody@company.example')).toBe(1600);
  });

  test('go on when the oldest of them are a day old', () => {
    let sends = addSends([], 300, NOW);
    sends = addSends(sends, 100, NOW + 3 * HOUR);
    const { room, until } = sendingRoom(sends, 'somebody@gmail.com', NOW + 4 * HOUR);
    expect(room).toBe(0);
    expect(until).toBeGreaterThanOrEqual(NOW + 24 * HOUR);
    expect(until).toBeLessThanOrEqual(NOW + 25 * HOUR);
    expect(sendingRoom(sends, 'somebody@gmail.com', until).room).toBe(300);
  });

  test('keep no more than a day of hours', () => {
    let sends = addSends([], 1, NOW);
    for (let hour = 1; hour < 100; hour++) sends = addSends(sends, 1, NOW + hour * HOUR);
    expect(recentSends(sends, NOW + 99 * HOUR).length).toBeLessThanOrEqual(25);
  });
});

/** What a pass costs, counted on the emulator, so that it cannot creep. */
import { connectedStage } from './scenes';
import type { Stage } from './stage';

let stage: Stage;

beforeEach(() => {
  stage = connectedStage();
  stage.pass();
});

/** HTTP requests and rounds of one pass. */
function costOf(): { requests: number; rounds: number; reads: number; writes: number } {
  const seq = stage.lastSeq();
  const { ok, executionId } = stage.pass();
  expect(ok).toBe(true);
  const calls = stage.world.appsScript.requests(seq).filter((call) => call.executionId === executionId);
  const http = calls.filter(({ service }) => service === 'UrlFetchApp');
  const properties = calls.filter(({ service }) => service === 'PropertiesService');
  return {
    requests: http.length,
    rounds: new Set(http.map(({ round }) => round)).size,
    reads: properties.filter(({ method = '' }) => method.startsWith('get')).length,
    writes: properties.filter(({ method = '' }) => !method.startsWith('get')).length,
  };
}

function sendToTen(): void {
  for (let count = 0; count < 10; count++) {
    stage.crmSends({
      to: stage.crm.contacts[count % 3].id,
      subject: `Matter number ${'abcdefghij'[count]}`,
      html: '<p>x</p>',
    });
  }
}

test('X: an idle pass makes 2 requests in 1 round, reads 1 property and writes 1', () => {
  stage.later(5);
  expect(costOf()).toEqual({ requests: 2, rounds: 1, reads: 1, writes: 1 });
});

test('X: 10 CRM sends are mirrored with at most 16 requests in 4 rounds', () => {
  sendToTen();
  stage.later(1);
  const { requests, rounds } = costOf();
  expect(requests).toBeLessThanOrEqual(16);
  expect(rounds).toBeLessThanOrEqual(4);
  expect(stage.messages()).toHaveLength(10);
});

test('X: 10 new messages in 10 linked threads are pushed with at most 14 requests in 3 rounds', () => {
  sendToTen();
  stage.later(1);
  stage.pass();
  for (const message of stage.messages()) {
    const raw = [
      `From: ${stage.user}`,
      `To: ${message.header('To')}`,
      `Subject: Re: ${message.header('Subject')}`,
      `In-Reply-To: ${message.header('Message-ID')}`,
      `References: ${message.header('Message-ID')}`,
      '',
      'More of it.',
      '',
    ].join('\r\n');
    stage.gmail('POST', 'messages/send', { threadId: message.threadId, raw: Buffer.from(raw).toString('base64url') });
  }
  const { requests, rounds } = costOf();
  expect(requests).toBeLessThanOrEqual(14);
  expect(rounds).toBeLessThanOrEqual(3);
  expect(stage.emails()).toHaveLength(20);
});

test('T3: 100 new messages in other threads cost at most 2 more requests in 1 more round, and no body is read', () => {
  for (let count = 0; count < 100; count++) {
    const raw = `From: shop${count}@news.example\r\nTo: ${stage.user}\r\nSubject: Offer ${count}\r\nMessage-ID: <n${count}@news.example>\r\n\r\nBuy!\r\n`;
    stage.world.network.send({ from: `shop${count}@news.example`, to: [stage.user], raw: Buffer.from(raw) });
  }
  const seq = stage.lastSeq();
  const { requests, rounds } = costOf();
  expect(requests).toBeLessThanOrEqual(4);
  expect(rounds).toBeLessThanOrEqual(2);
  const parts = stage.requestsSince(seq).flatMap((call) => call.parts ?? []);
  expect(parts).toHaveLength(100);
  expect(parts.every(({ path = '' }) => path.includes('format=metadata'))).toBe(true);
});

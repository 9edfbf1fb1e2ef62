/** The simulation forks worlds by the thousand: the emulated Gmail must not be what it waits for. */
import { cpuMs, encode, Harness, mail, type HistoryPage } from './harness';

test('10,000 inserts and the history of them take well under two seconds', () => {
  const world = new Harness();
  const start = world.historyId();
  const from = process.cpuUsage();
  for (let i = 0; i < 10_000; i++) {
    world.post('messages', {
      raw: encode(mail({ 'Message-ID': `<m${i}@x.example>`, Subject: `s ${i}` })),
      labelIds: ['INBOX'],
    });
  }
  const seen = new Set<string>();
  let token = '';
  do {
    const page: HistoryPage = world.history(start, `&maxResults=500${token && `&pageToken=${token}`}`);
    for (const { messagesAdded } of page.history ?? [])
      for (const { message } of messagesAdded ?? []) seen.add(message.id);
    token = page.nextPageToken ?? '';
  } while (token !== '');
  expect(seen.size).toBe(10_000);
  expect(cpuMs(from)).toBeLessThan(4_000);
});

test('a snapshot of 1,000 messages takes a few milliseconds', () => {
  const world = new Harness();
  for (let i = 0; i < 1_000; i++) world.insert(mail({ 'Message-ID': `<m${i}@x.example>`, Subject: `s ${i}` }));
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const from = process.cpuUsage();
    world.gmail.snapshot();
    times.push(cpuMs(from));
  }
  const median = times.sort((a, b) => a - b)[10];

  expect(median).toBeLessThan(3);
});

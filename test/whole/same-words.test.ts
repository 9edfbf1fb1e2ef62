/** The same words from the same person, in two threads: two mails, although T11 knows a mail on both sides by its words. */
import { connectedStage } from './scenes';
import { AGENT } from './stage';

test('T11, X1: the same words in two threads within minutes are in the CRM twice, once in each', () => {
  const stage = connectedStage();
  const sent = ['The first matter', 'The second matter'].map((subject) =>
    stage.crmSends({ subject, html: '<p>May we?</p>' }),
  );
  stage.later(1);
  stage.pass();
  const parents = stage.messages();
  const answer = (index: number, to: string) => {
    const raw = `From: ${stage.contact.email}\r\nTo: ${to}\r\nSubject: Yes\r\nReferences: ${parents[index].header('Message-ID')}\r\nMessage-ID: <yes-${index}@c.example>\r\n\r\nYes.\r\n`;
    stage.world.network.send({ from: stage.contact.email, to: [AGENT], raw: Buffer.from(raw) });
  };
  answer(0, AGENT);
  stage.pass();
  // Somebody unknown among its recipients: the CRM might get it by itself, so it waits and is compared.
  answer(1, `${AGENT}, someone@else.example`);
  for (const minutes of [1, 11, 11]) {
    stage.later(minutes);
    stage.pass();
  }
  const marker = parents.map((message) => message.header('X-Threadlink-Email-Id'));
  const threads = marker.map((id) => sent.find(({ emailMessageId }) => emailMessageId === id)?.threadId ?? '');
  expect(threads.map((id) => stage.emailsOf(id).map(({ direction }) => direction))).toEqual([
    ['outbound', 'inbound'],
    ['outbound', 'inbound'],
  ]);
});

import { createDraft, sendDraft } from '../../../../src/gmail/drafts';
import { getMessage, listMessages } from '../../../../src/gmail/messages';
import { detachedReportParts, readBounce } from '../../../../src/gmail/mime/bounce';
import { writeMail } from '../../../../src/gmail/mime/write';
import { openMailbox, OWNER } from '../mailbox';

const box = openMailbox();

function report({
  action = 'failed',
  status = '5.1.1',
  extra = '',
  original = 'message/rfc822\n\nMessage-ID: <orig@x.test>\nX-Threadlink-Email-Id: abc123\nSubject: x\n\nbody',
} = {}): string {
  return `From: Mail Delivery System <MAILER-DAEMON@mx.test>
To: ann@example.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=R

--R
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--R
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Original-Recipient: rfc822;Bob@Outside.test
Final-Recipient: rfc822; Bob@Outside.test
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 <bob@outside.test>:
    Recipient address rejected
${extra}
--R
Content-Type: ${original}
--R--
`;
}

test('T9: a report of RFC 3464 names recipient, status, reason and the mail that failed', () => {
  expect(readBounce(box.place(report()))).toEqual({
    failedRecipient: 'bob@outside.test',
    failedRecipients: ['bob@outside.test'],
    status: '5.1.1',
    diagnostic: '550 5.1.1 <bob@outside.test>: Recipient address rejected',
    originalMessageId: '<orig@x.test>',
    originalMarker: 'abc123',
  });
});

test('T9: of several recipients those that failed', () => {
  const extra =
    '\nFinal-Recipient: rfc822;carl@x.test\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;<dora@x.test>\nAction: failed\nStatus: 4.4.7\n';
  expect(readBounce(box.place(report({ extra })))?.failedRecipients).toEqual(['bob@outside.test', 'dora@x.test']);
});

test.each(['delayed', 'delivered', 'relayed', 'expanded'])('T9: a report of something %s is no bounce', (action) => {
  expect(readBounce(box.place(report({ action })))).toBeUndefined();
});

test('T9: the headers alone of the mail that failed are enough', () => {
  const original = 'text/rfc822-headers\n\nMessage-ID: <orig@x.test>\nX-Threadlink-Email-Id: abc123';
  expect(readBounce(box.place(report({ original })))).toMatchObject({
    originalMessageId: '<orig@x.test>',
    originalMarker: 'abc123',
  });
});

test('T9: a report without a copy is an answer to the mail', () => {
  const raw = report({ original: 'text/plain\n\nnothing' }).replace(
    'MIME-Version',
    'In-Reply-To: <orig@x.test>\nMIME-Version',
  );
  expect(readBounce(box.place(raw))).toMatchObject({ originalMessageId: '<orig@x.test>' });
  expect(readBounce(box.place(raw))).not.toHaveProperty('originalMarker');
});

test('T9: Gmail’s own form without a report part', () => {
  const raw = `From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: ann@example.test
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: bob@outside.test, Carl@x.test
In-Reply-To: <orig@mail.gmail.com>
References: <first@x.test> <orig@mail.gmail.com>
Content-Type: text/html

<p>Your message wasn't delivered to <b>bob@outside.test</b>. The response was:</p><pre>550 5.7.1 Blocked</pre>
`;
  expect(readBounce(box.place(raw))).toEqual({
    failedRecipient: 'bob@outside.test',
    failedRecipients: ['bob@outside.test', 'carl@x.test'],
    status: '5.7.1',
    diagnostic: "Your message wasn't delivered to bob@outside.test. The response was: 550 5.7.1 Blocked",
    originalMessageId: '<orig@mail.gmail.com>',
  });
  expect(readBounce(box.place(raw.replace('(Failure)', '(Delay)')))).toBeUndefined();
});

test('an ordinary mail is no bounce, also one about bounces', () => {
  expect(
    readBounce(
      box.place('From: a@x.test\nSubject: Undelivered Mail\n\nFinal-Recipient: rfc822;bob@x.test\nAction: failed'),
    ),
  ).toBeUndefined();
});

test('a report whose parts come detached is read with their bytes', () => {
  const message = box.place(report());
  const detach = JSON.parse(JSON.stringify(message), (_, value: { mimeType?: string; body?: unknown }) =>
    value?.mimeType === 'message/delivery-status'
      ? { ...value, body: { attachmentId: 'A1', size: 10 }, parts: undefined }
      : value,
  ) as typeof message;
  expect(readBounce(detach)).toBeUndefined();
  expect(detachedReportParts(detach)).toEqual(['A1']);
  const text =
    'Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822;bob@outside.test\r\nAction: failed\r\nStatus: 5.2.2\r\n';
  expect(readBounce(detach, { A1: Buffer.from(text).toString('base64url') })).toMatchObject({
    failedRecipient: 'bob@outside.test',
    status: '5.2.2',
    originalMarker: 'abc123',
  });
});

test('a report whose recipient groups are handed out as parts of their own', () => {
  const message = box.place(report());
  const group = (headers: Record<string, string>) => ({
    mimeType: 'text/plain',
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  });
  const asParts = JSON.parse(JSON.stringify(message), (_, value: { mimeType?: string }) =>
    value?.mimeType === 'message/delivery-status'
      ? {
          ...value,
          body: { size: 0 },
          parts: [
            group({ 'Reporting-MTA': 'dns; mx.test' }),
            group({ 'Final-Recipient': 'rfc822;bob@outside.test', Action: 'failed', Status: '5.0.0' }),
          ],
        }
      : value,
  ) as typeof message;
  expect(readBounce(asParts)).toMatchObject({ failedRecipient: 'bob@outside.test', originalMarker: 'abc123' });
});

test('T9: what the emulated Gmail makes of a refused recipient leads back to the marker', () => {
  const mailbox = openMailbox({}, (address) => address === 'gone@outside.test');
  const raw = writeMail({
    from: { name: 'Ann', email: OWNER },
    to: [{ name: '', email: 'gone@outside.test' }],
    subject: 'Hello',
    date: 0,
    marker: 'abc123',
    html: '<p>x</p>',
  });
  const sent = mailbox.get(sendDraft(mailbox.get(createDraft(raw)).id));
  mailbox.clock.advance(60_000);
  const inbox = mailbox.get(listMessages({ labelIds: ['INBOX'] })).messages;
  expect(inbox).toHaveLength(1);
  const bounce = readBounce(mailbox.get(getMessage(inbox[0].id)));
  expect(bounce).toMatchObject({ failedRecipient: 'gone@outside.test', status: '5.1.1', originalMarker: 'abc123' });
  expect(inbox[0].threadId).toBe(sent.threadId);
});

/** The client against the emulated Gmail: every request that it makes, answered by the service. */
import { createDraft, deleteDraft, getDraft, listDrafts, sendDraft } from '../../../src/gmail/drafts';
import { listHistory } from '../../../src/gmail/history';
import { createLabel, deleteLabel, listLabels, renameLabel } from '../../../src/gmail/labels';
import * as messages from '../../../src/gmail/messages';
import { readMail } from '../../../src/gmail/mime/read';
import type { OutgoingMail } from '../../../src/gmail/mime/types';
import { writeMail } from '../../../src/gmail/mime/write';
import { getProfile, listSendAs } from '../../../src/gmail/profile';
import { openMailbox, OWNER } from './mailbox';

const MAIL: OutgoingMail = {
  from: { name: 'Ann', email: OWNER },
  to: [{ name: 'Jürgen', email: 'juergen@outside.test' }],
  subject: 'Grüße',
  date: Date.UTC(2026, 1, 1, 8),
  messageId: '<abc@mirror.test>',
  marker: 'abc123',
  html: '<p>Hallo <img src="cid:logo@x"></p>',
  attachments: [
    { name: 'Übersicht.pdf', type: 'application/pdf', base64: 'JVBERg==' },
    { name: 'logo.png', type: 'image/png', base64: 'iVBORw==', contentId: 'logo@x' },
  ],
};

test('M6: what is inserted comes back as it was written, with its marker, date, Message-ID and labels', () => {
  const box = openMailbox();
  const label = box.get(createLabel({ name: 'CRM', hidden: false }));
  const ref = box.get(messages.insertMessage({ raw: writeMail(MAIL), labelIds: ['SENT', label.id] }));
  const message = box.get(messages.getMessage(ref.id));
  expect([...message.labelIds].sort()).toEqual([label.id, 'SENT'].sort());
  expect(message.internalDate).toBe(MAIL.date);
  const mail = readMail(message);
  expect(mail).toMatchObject({
    from: MAIL.from,
    to: MAIL.to,
    subject: MAIL.subject,
    messageId: MAIL.messageId,
    marker: 'abc123',
    html: MAIL.html,
    automatic: false,
  });
  expect(mail.attachments.map(({ name, type, size, inline }) => [name, type, size, inline])).toEqual([
    ['logo.png', 'image/png', 4, true],
    ['Übersicht.pdf', 'application/pdf', 4, false],
  ]);
  const bytes = box.get(messages.getAttachment(ref.id, mail.attachments[1].attachmentId ?? ''));
  expect(Buffer.from(bytes, 'base64url').toString()).toBe('%PDF');
});

test('a message of 5 MB goes by upload, and its body comes back as an attachment of its own', () => {
  const box = openMailbox();
  const html = `<p>${'Grüße und viele Wörter. '.repeat(120_000)}</p>`;
  const raw = writeMail({ ...MAIL, html, text: 'short', attachments: [] });
  expect(raw.length).toBeGreaterThan(3_000_000);
  const ref = box.get(messages.insertMessage({ raw, labelIds: ['INBOX'] }));
  const message = box.get(messages.getMessage(ref.id));
  const first = readMail(message);
  expect(first.html).toBeUndefined();
  expect(first.detachedBodies).toMatchObject([{ mimeType: 'text/html' }]);
  const [{ attachmentId }] = first.detachedBodies;
  const mail = readMail(message, { [attachmentId]: box.get(messages.getAttachment(ref.id, attachmentId)) });
  expect(mail.html).toBe(html);
  expect(mail.text).toBe('short');
  expect(mail.detachedBodies).toEqual([]);
});

test('platform 3.3: history shows additions, labels and deletions since a cursor, and 404 for one that expired', () => {
  const box = openMailbox();
  const { historyId, emailAddress } = box.get(getProfile());
  expect(emailAddress).toBe(OWNER);
  const ref = box.get(messages.insertMessage({ raw: writeMail(MAIL), labelIds: ['INBOX', 'UNREAD'] }));
  box.get(messages.modifyMessages([ref.id], ['STARRED'], ['UNREAD']));
  box.get(messages.trashMessage(ref.id));
  const page = box.get(listHistory(historyId));
  expect(page.added.map(({ id, threadId }) => ({ id, threadId }))).toEqual([ref]);
  expect(page.labelsAdded.flatMap(({ changed }) => changed)).toEqual(expect.arrayContaining(['STARRED', 'TRASH']));
  expect(page.labelsRemoved.flatMap(({ changed }) => changed)).toContain('UNREAD');
  box.gmail.expireHistory(OWNER);
  expect(box.ask(listHistory(historyId))).toMatchObject({
    kind: 'refused',
    failure: { code: 'gmail.history-expired' },
  });
});

test('T2: a draft is made once, found by its marker, sent once; a second sending finds nothing', () => {
  const box = openMailbox();
  const draft = box.get(createDraft(writeMail(MAIL)));
  expect(box.get(listDrafts()).drafts).toEqual([draft]);
  const { message } = box.get(getDraft(draft.id));
  expect(message.headers.find(({ name }) => name === 'X-Threadlink-Email-Id')?.value).toBe('abc123');
  const sent = box.get(sendDraft(draft.id));
  expect(box.sent).toHaveLength(1);
  expect(box.sent[0].to).toEqual(['juergen@outside.test']);
  expect(box.ask(sendDraft(draft.id))).toMatchObject({ kind: 'refused', failure: { code: 'gmail.not-found' } });
  expect(box.sent).toHaveLength(1);
  const listed = box.get(messages.listMessages({ labelIds: ['SENT'] }));
  expect(listed.messages).toEqual([sent]);
  const headers = box.get(messages.getHeaders(sent.id, ['message-id', 'X-Threadlink-Email-Id']));
  expect(headers.headers.find(({ name }) => name === 'X-Threadlink-Email-Id')?.value).toBe('abc123');
});

test('M5: a hostile mail reaches its recipient alone', () => {
  const box = openMailbox();
  const raw = writeMail({
    ...MAIL,
    subject: 'x\r\nBcc: evil@evil.test',
    to: [
      { name: '"a\r\nCc: evil@evil.test', email: 'bob@outside.test' },
      { name: 'x', email: 'c@d.test, evil@evil.test' },
    ],
    inReplyTo: '<a@b>\r\nBcc: evil@evil.test',
  });
  box.get(sendDraft(box.get(createDraft(raw)).id));
  expect(box.sent.flatMap(({ to }) => to)).toEqual(['bob@outside.test']);
});

test('a draft that is thrown away is gone', () => {
  const box = openMailbox();
  const draft = box.get(createDraft(writeMail(MAIL)));
  box.get(deleteDraft(draft.id));
  expect(box.get(listDrafts()).drafts).toEqual([]);
});

test('platform 3.8: one batch, each part with its own outcome', () => {
  const box = openMailbox();
  const ref = box.get(messages.insertMessage({ raw: writeMail(MAIL), labelIds: ['INBOX'] }));
  const outcomes = box.askAll([
    messages.getHeaders(ref.id, ['From']),
    messages.getMessage('18c0ffee18c0ffee'),
    messages.modifyMessages([ref.id], ['STARRED'], []),
    messages.getThreadHeaders(ref.threadId, ['Subject']),
    messages.getThread(ref.threadId),
    messages.insertMessage({
      raw: writeMail({ ...MAIL, marker: 'second', messageId: '<second@mirror.test>' }),
      labelIds: ['SENT'],
      threadId: ref.threadId,
    }),
  ]);
  expect(outcomes.map((outcome) => (outcome.kind === 'done' ? 'done' : outcome.failure.code))).toEqual([
    'done',
    'gmail.not-found',
    'done',
    'done',
    'done',
    'done',
  ]);
  const thread = box.get(messages.getThreadHeaders(ref.threadId, ['Subject']));
  expect(thread.messages).toHaveLength(2);
  expect(thread.messages[0].headers).toEqual([{ name: 'Subject', value: 'Grüße' }]);
});

test('labels are made, found, renamed and deleted; a name that is taken has a code of its own', () => {
  const box = openMailbox();
  const label = box.get(createLabel({ name: 'CRM/Attention', hidden: true }));
  expect(label).toMatchObject({ name: 'CRM/Attention', system: false });
  expect(box.ask(createLabel({ name: 'CRM/Attention', hidden: true }))).toMatchObject({
    kind: 'refused',
    failure: { code: 'gmail.label-exists' },
  });
  expect(box.get(renameLabel(label.id, 'CRM/Look'))).toMatchObject({ id: label.id, name: 'CRM/Look' });
  expect(box.get(listLabels()).map(({ name }) => name)).toEqual(expect.arrayContaining(['INBOX', 'CRM/Look']));
  box.get(deleteLabel(label.id));
  expect(box.get(listLabels()).map(({ id }) => id)).not.toContain(label.id);
});

test('platform 3.6: the primary address is there and may be used', () => {
  expect(openMailbox().get(listSendAs())).toEqual([
    { email: OWNER, name: expect.any(String), primary: true, usable: true },
  ]);
});

test('a token that was taken back is denied, a quota that is spent is for later', () => {
  const box = openMailbox({ gmailEnforceQuota: true });
  const outcomes = Array.from({ length: 200 }, () => box.ask(messages.listMessages({ labelIds: ['INBOX'] })));
  const heavy = Array.from({ length: 200 }, () => box.ask(messages.getMessage('18c0ffee18c0ffee')));
  expect(
    [...outcomes, ...heavy].some(
      (outcome) => outcome.kind === 'later' && outcome.failure.code === 'gmail.rate-limited',
    ),
  ).toBe(true);
  box.gmail.revoke(OWNER);
  expect(box.ask(getProfile())).toMatchObject({ kind: 'denied', failure: { code: 'gmail.unauthorized' } });
});

import type { Message } from '../../../emulator/page/api/gmail';
import { hasAttachment, readMessage } from '../../../emulator/page/mail/gmail-message';

const data = (text: string) => Buffer.from(text).toString('base64url');
const part = (mimeType: string, text: string, more: object = {}) => ({
  mimeType,
  filename: '',
  body: { size: text.length, data: data(text) },
  ...more,
});
const MESSAGE: Message = {
  id: '1',
  threadId: '1',
  labelIds: ['INBOX'],
  internalDate: '1000',
  payload: {
    mimeType: 'multipart/mixed',
    headers: [
      { name: 'From', value: 'Ana <ana@x.example>' },
      { name: 'reply-to', value: 'crm@reply.example' },
      { name: 'Message-ID', value: '<1@x.example>' },
      { name: 'References', value: '<a@x>\r\n <b@x>' },
    ],
    parts: [
      {
        mimeType: 'multipart/related',
        parts: [
          {
            mimeType: 'multipart/alternative',
            parts: [part('text/plain', 'plain ä'), part('text/html', '<p>html ä</p>')],
          },
          part('image/png', 'pic', { filename: 'logo.png', headers: [{ name: 'Content-ID', value: '<logo>' }] }),
        ],
      },
      part('text/plain', 'notes', { filename: 'notes.txt' }),
      { mimeType: 'message/rfc822', filename: '', body: { size: 9 }, parts: [part('text/plain', 'inner')] },
      { mimeType: 'application/pdf', filename: 'big.pdf', body: { size: 5_000_000, attachmentId: 'A' } },
    ],
  },
};

test('bodies, headers and files of a message as the API gives it (facts, platform 3.5)', () => {
  const read = readMessage(MESSAGE);
  expect(read).toMatchObject({
    text: 'plain ä',
    html: '<p>html ä</p>',
    at: 1000,
    messageId: '<1@x.example>',
    references: ['<a@x>', '<b@x>'],
    from: [{ name: 'Ana', address: 'ana@x.example' }],
    replyTo: [{ name: '', address: 'crm@reply.example' }],
  });
  expect(read.attachments.map(({ name, contentId, attachmentId }) => [name, contentId, attachmentId])).toEqual([
    ['logo.png', 'logo', undefined],
    ['notes.txt', '', undefined],
    ['forwarded message.eml', '', undefined],
    ['big.pdf', '', 'A'],
  ]);
});

test('a mail without HTML is shown as escaped text, and one without anything is empty', () => {
  const plain = readMessage({ id: '1', threadId: '1', payload: part('text/plain', 'a <b> &\nc') });
  expect(plain.html).toBe('<div>a &lt;b&gt; &amp;<br>c</div>');
  const nothing = readMessage({ id: '1', threadId: '1' });
  expect(nothing).toMatchObject({ text: '', subject: '', from: [], attachments: [], messageId: '' });
});

test('an image inside the text is no attachment for the list', () => {
  expect(hasAttachment(MESSAGE.payload!)).toBe(true);
  expect(hasAttachment(MESSAGE.payload!.parts![0])).toBe(false);
});

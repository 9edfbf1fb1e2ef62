/** Headers that are missing, there twice, in eight bits, endless, impossible or hostile. */
import type { UglyMail } from './expectation';
import { bytes, CONTACT, headers, known, SENDER, utf8 } from './compose';

const BODY = '\r\nThe words of the mail.\r\n';
const TEXT = 'The words of the mail.';

/** One mail with these headers changed; the rest is ordinary. */
function withHeaders(
  name: string,
  own: Readonly<Record<string, string | undefined>>,
  hand: Parameters<typeof known>[2] = {},
): UglyMail {
  return known(name, bytes(headers(own), BODY), { text: TEXT, ...hand });
}

function inUtf8(name: string, own: string, hand: Parameters<typeof known>[2]): UglyMail {
  return known(name, bytes(headers({ Subject: undefined, From: undefined }), utf8(own), BODY), { text: TEXT, ...hand });
}

export function headerMails(): UglyMail[] {
  return [
    ...missing(),
    ...doubled(),
    ...eightBit(),
    ...dates(),
    ...senders(),
    ...subjects(),
    ...ids(),
    ...recipients(),
  ];
}

function missing(): UglyMail[] {
  return [
    withHeaders('no Message-ID', { 'Message-ID': undefined }),
    withHeaders('an empty Message-ID', { 'Message-ID': '' }),
    withHeaders('no Date', { Date: undefined }),
    withHeaders('no Subject', { Subject: undefined }, { subject: '' }),
    withHeaders('an empty Subject', { Subject: '' }, { subject: '' }),
    withHeaders('no To', { To: undefined }),
    withHeaders('no MIME-Version', { 'MIME-Version': undefined }),
    withHeaders('no From', { From: undefined }, { from: '' }),
    withHeaders('no From, but a Sender', { From: undefined, Sender: SENDER }),
    withHeaders('an empty From', { From: '' }, { from: '' }),
    withHeaders('a From without an address', { From: 'Ana Pereira' }, { from: '' }),
    known('headers alone', bytes(headers()), { text: '' }),
    known('an empty body', bytes(headers(), '\r\n'), { text: '' }),
    known('a body of blanks', bytes(headers(), '\r\n  \r\n\t\r\n\r\n'), { text: '' }),
    known('no headers of its own', bytes('\r\nWords alone.\r\n'), { text: 'Words alone.', from: '', subject: '' }),
  ];
}

function doubled(): UglyMail[] {
  return [
    known('two Subjects', bytes(headers(), 'Subject: The second one\r\n', BODY), { text: TEXT }),
    known('two Froms', bytes(headers(), 'From: Else <else@other.example>\r\n', BODY), { text: TEXT }),
    known('two Message-IDs', bytes(headers(), 'Message-ID: <second@lisbon.example>\r\n', BODY), { text: TEXT }),
    known('two Dates', bytes(headers(), 'Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n', BODY), { text: TEXT }),
    known('two content types', bytes(headers({ 'Content-Type': 'text/plain' }), 'Content-Type: text/html\r\n', BODY), {
      text: TEXT,
    }),
    known(
      'two transfer encodings',
      bytes(headers({ 'Content-Transfer-Encoding': '7bit' }), 'Content-Transfer-Encoding: base64\r\n', BODY),
      { text: TEXT },
    ),
    known('forty Tos', bytes(headers(), 'To: agent@example.com\r\n'.repeat(40), BODY), { text: TEXT }),
    known('five hundred headers', bytes(headers(), 'X-Trace: hop\r\n'.repeat(500), BODY), { text: TEXT }),
  ];
}

function eightBit(): UglyMail[] {
  return [
    inUtf8('subject in plain UTF-8', `From: ${SENDER}\r\nSubject: Übermäßig größere Füße\r\n`, {
      subject: 'Übermäßig größere Füße',
    }),
    inUtf8('name in plain UTF-8', `From: Zoë Ångström <${CONTACT}>\r\nSubject: Ugly mail\r\n`, {}),
    known('subject in plain latin1', bytes(headers({ Subject: undefined }), 'Subject: \xdcberm\xe4\xdfig\r\n', BODY), {
      text: TEXT,
      subject: 'Übermäßig',
    }),
    known('name in plain latin1', bytes(headers({ From: undefined }), `From: Zo\xeb <${CONTACT}>\r\n`, BODY), {
      text: TEXT,
    }),
    inUtf8('an emoji subject', `From: ${SENDER}\r\nSubject: \u{1f680}\u{1f4a5} go\r\n`, { subject: '🚀💥 go' }),
    inUtf8('a header name in UTF-8', `From: ${SENDER}\r\nSubject: Ugly mail\r\nX-Größe: 5\r\n`, {}),
    known('NUL in a header', bytes(headers({ 'X-Odd': 'a\0b' }), BODY), { text: TEXT }),
    known('NUL in the body', bytes(headers(), '\r\nThe words\0 of the mail.\r\n'), { text: TEXT }),
    known('a lone CR in a header', bytes(headers({ 'X-Odd': 'a\rb' }), BODY), { text: TEXT }),
  ];
}

function dates(): UglyMail[] {
  const impossible = [
    'Thu, 32 Feb 2026 25:61:61 +9999',
    'yesterday',
    '0',
    'Mon, 01 Jan 0000 00:00:00 +0000',
    'Fri, 31 Dec 9999 23:59:60 -1200',
    '2026-03-03T09:00:00Z',
    'Tue Mar  3 09:00:00 2026',
    '03/03/26',
    '=?utf-8?Q?Di,_3_M=C3=A4rz_2026?=',
    '9'.repeat(400),
    'Tue, 03 Mar 2026 09:00:00 (UTC (nested (deeply)))',
    'Tue, 03 Mar 2126 09:00:00 +0000',
  ];
  return impossible.map((date) => withHeaders(`date ${date.slice(0, 30)}`, { Date: date }));
}

function senders(): UglyMail[] {
  return [
    withHeaders('sender in capitals', { From: `<${CONTACT.toUpperCase()}>` }),
    withHeaders('sender in a comment form', { From: `${CONTACT} (Ana Pereira)` }),
    withHeaders('sender bare', { From: CONTACT }),
    withHeaders('name with a comma in quotes', { From: `"Pereira, Ana" <${CONTACT}>` }),
    withHeaders('name with escaped quotes', { From: `"Ana \\"the boss\\" Pereira" <${CONTACT}>` }),
    withHeaders('name that looks like another address', { From: `"ceo@example.com" <${CONTACT}>` }),
    withHeaders('encoded name with an address in it', {
      From: `=?utf-8?Q?=22ceo=40example=2Ecom=22_=3Cceo=40example=2Ecom=3E=2C?= <${CONTACT}>`,
    }),
    withHeaders('name that turns text around', {
      From: `=?utf-8?B?${Buffer.from('\u202Eanna').toString('base64')}?= <${CONTACT}>`,
    }),
    withHeaders('two senders in one From', { From: `${SENDER}, Else <else@other.example>`, Sender: SENDER }),
    withHeaders('sender in a group', { From: `Team: ${SENDER};` }),
    withHeaders('sender folded', { From: `Ana\r\n Pereira\r\n <${CONTACT}>` }),
    withHeaders('sender with a route', { From: `Ana <@relay.example:${CONTACT}>` }, { from: CONTACT }),
    withHeaders('blanks around the address', { From: `Ana < ${CONTACT} >` }),
    withHeaders('an angle bracket that is not closed', { From: `Ana <${CONTACT}` }),
    withHeaders(
      'a sender of another domain in letters',
      { From: 'Jo <jo@m\u00fcnchen.example>' },
      { from: 'jo@münchen.example' },
    ),
    withHeaders('an unknown sender', { From: 'Else <else@other.example>' }, { from: 'else@other.example' }),
    withHeaders('a sender of 5,000 characters', { From: `${'Very '.repeat(1000)} <${CONTACT}>` }),
  ];
}

function subjects(): UglyMail[] {
  const long = 'word '.repeat(400).trim();
  return [
    withHeaders(
      'a line break encoded into the subject',
      { Subject: '=?utf-8?Q?one=0D=0ABcc:_evil=40evil.example?=' },
      {
        subject: 'one Bcc: evil@evil.example',
      },
    ),
    withHeaders('subject folded in the middle', { Subject: 'Ugly\r\n mail' }),
    withHeaders('subject in two encoded words that belong together', {
      Subject: '=?utf-8?Q?Ugly?=\r\n =?utf-8?Q?_mail?=',
    }),
    withHeaders(
      'a character split between encoded words',
      { Subject: '=?utf-8?B?w7w=?= =?utf-8?Q?=C3?= =?utf-8?Q?=BC?=' },
      {
        subject: 'üü',
      },
    ),
    withHeaders('an encoded word that is not closed', { Subject: '=?utf-8?Q?Ugly' }, { subject: '=?utf-8?Q?Ugly' }),
    withHeaders('an encoded word with blanks in it', { Subject: '=?utf-8?Q?Ugly mail?=' }),
    withHeaders('an encoded word of a language', { Subject: '=?utf-8*en?Q?Ugly_mail?=' }),
    withHeaders(
      'subject with markup',
      { Subject: '<script>alert(1)</script> & more' },
      {
        subject: '<script>alert(1)</script> & more',
      },
    ),
    withHeaders(
      'twenty answers deep',
      { Subject: `${'Re: '.repeat(20)}Ugly mail` },
      {
        subject: `${'Re: '.repeat(20)}Ugly mail`,
      },
    ),
    withHeaders('a subject of 2,000 characters', { Subject: long }, { subject: long.slice(0, 2000).trim() }),
    withHeaders('header names in capitals', { Subject: undefined, SUBJECT: 'Ugly mail', 'CONTENT-TYPE': 'TEXT/PLAIN' }),
    withHeaders('a blank before the colon', { Subject: undefined, 'Subject ': 'Ugly mail' }),
  ];
}

function ids(): UglyMail[] {
  return [
    withHeaders('Message-ID without brackets', { 'Message-ID': 'no-brackets@lisbon.example' }),
    withHeaders('Message-ID with blanks', { 'Message-ID': '<with blanks@lisbon.example>' }),
    withHeaders('Message-ID without a domain', { 'Message-ID': '<no-domain>' }),
    withHeaders('Message-ID of 900 characters', { 'Message-ID': `<${'m'.repeat(900)}@lisbon.example>` }),
    withHeaders('Message-ID in UTF-8', { 'Message-ID': '<gr\xc3\xbc\xc3\x9fe@lisbon.example>' }),
    withHeaders('2,000 references', {
      'In-Reply-To': Array.from({ length: 2000 }, (_, index) => `<r${index}@lisbon.example>`).join('\r\n '),
    }),
    withHeaders('In-Reply-To in prose', { 'In-Reply-To': 'Your message of yesterday <agent@example.com>' }),
    withHeaders("somebody else's marker", { 'X-Threadlink-Email-Id': 'AAAAAAAAAAAAAAAAAAAA' }),
    withHeaders('a marker that is none', { 'X-Threadlink-Email-Id': '../../../etc/passwd\r\n <script>' }),
  ];
}

function recipients(): UglyMail[] {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@crowd.example`).join(',\r\n ');
  return [
    withHeaders('10,000 recipients', { To: `agent@example.com,\r\n ${many(10_000)}` }),
    withHeaders('1,000 in copy', { Bcc: many(1_000) }),
    withHeaders('undisclosed recipients', { To: 'undisclosed-recipients:;' }),
    withHeaders('recipients by semicolons', { To: 'agent@example.com; b@crowd.example; c@crowd.example' }),
    withHeaders('a recipient that is none', { To: 'agent@example.com, nobody at all, <>, @, ,,' }),
    withHeaders('a thousand brackets', { To: `agent@example.com, ${'<'.repeat(1000)}x@y.example${'>'.repeat(1000)}` }),
    withHeaders('a thousand comments in each other', {
      To: `agent@example.com ${'('.repeat(1000)}${')'.repeat(1000)}`,
    }),
    withHeaders('a quote that is not closed', { To: '"agent <agent@example.com>, other@crowd.example' }),
  ];
}

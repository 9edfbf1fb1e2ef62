/** Mail of special kinds: forwarded, calendar, signed, encrypted, TNEF, reports, automatic; and files of all names. */
import { fileOf, type ExpectedFile, type UglyMail } from './expectation';
import { attachment, base64, bytes, CONTACT, headers, HTML, known, mixed, part, PLAIN, utf8 } from './compose';

const text = (words: string) => part(PLAIN, utf8(words));

export function kindMails(): UglyMail[] {
  return [...forwards(), ...invitations(), ...sealed(), ...reports(), ...names(), ...sizes()];
}

/** A file that the CRM does not take, or whose bytes cannot be known. */
function named(name: string, accepted = false): ExpectedFile {
  return { name, size: 0, accepted };
}

function forwards(): UglyMail[] {
  const inner = bytes(headers({ Subject: 'The first one', From: 'Else <else@other.example>' }), '\r\nInner words\r\n');
  const withFile = mixed(
    'mixed',
    [text('Inner words'), attachment('inner.txt', 'text/plain', 'deep file')],
    { Subject: 'With a file' },
    'inner',
  );
  return [
    known('a mail as an attachment', mixed('mixed', [text('See below'), part('Content-Type: message/rfc822', inner)]), {
      text: 'See below',
      attachments: [named('The first one.eml')],
    }),
    known(
      'a mail as a named attachment',
      mixed('mixed', [
        text('See below'),
        part(
          'Content-Type: message/rfc822; name="old.eml"\r\nContent-Disposition: attachment; filename="old.eml"',
          inner,
        ),
      ]),
      {
        text: 'See below',
        attachments: [named('old.eml')],
      },
    ),
    known(
      'a mail with a file, as an attachment',
      mixed('mixed', [text('See below'), part('Content-Type: message/rfc822', withFile)]),
      {
        text: 'See below',
        attachments: [named('With a file.eml'), fileOf('inner.txt', 'text/plain', utf8('deep file'))],
      },
    ),
    known('a digest of three', mixed('digest', [bytes('\r\n', inner), bytes('\r\n', inner), bytes('\r\n', inner)]), {
      text: '',
      attachments: [named('The first one.eml'), named('The first one.eml'), named('The first one.eml')],
    }),
    known(
      'a mail in a mail in a mail',
      mixed('mixed', [
        text('Top'),
        part(
          'Content-Type: message/rfc822',
          mixed('mixed', [text('Middle'), part('Content-Type: message/rfc822', inner)], { Subject: 'Middle' }, 'mid'),
        ),
      ]),
      {
        text: 'Top',
        attachments: [named('Middle.eml'), named('The first one.eml')],
      },
    ),
    known(
      'a part of a mail in pieces',
      mixed('mixed', [text('Piece'), part('Content-Type: message/partial; id="x"; number=1; total=2', 'rest')]),
      {
        text: 'Piece',
        attachments: [named('attachment-1.bin')],
      },
    ),
    known(
      'a body elsewhere',
      mixed('mixed', [
        text('Elsewhere'),
        part(
          'Content-Type: message/external-body; access-type=URL; URL="http://x.example/"',
          'Content-Type: image/gif\r\n',
        ),
      ]),
      {
        text: 'Elsewhere',
        attachments: [named('attachment-1.bin')],
      },
    ),
  ];
}

const INVITE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@x',
  'SUMMARY:Call',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

function invitations(): UglyMail[] {
  const calendar = 'Content-Type: text/calendar; charset=utf-8; method=REQUEST';
  return [
    known(
      'an invitation among the alternatives',
      mixed('alternative', [text('Come'), part(HTML, '<p>Come</p>'), part(calendar, INVITE)]),
      {
        text: 'Come',
        attachments: [fileOf('invite.ics', 'text/calendar', utf8(INVITE))],
      },
    ),
    known(
      'an invitation as a file',
      mixed('mixed', [text('Come'), attachment('call.ics', 'application/ics', INVITE)]),
      {
        text: 'Come',
        attachments: [fileOf('call.ics', 'application/ics', utf8(INVITE))],
      },
    ),
    known(
      'nothing but an invitation',
      bytes(headers({ 'Content-Type': 'text/calendar; method=REPLY' }), `\r\n${INVITE}`),
      {
        text: '',
        attachments: [fileOf('invite.ics', 'text/calendar', utf8(INVITE))],
      },
    ),
  ];
}

function sealed(): UglyMail[] {
  const tnef = Buffer.from('789f3e2200010690080004000000000001000100010790060008000000e404000000000000', 'hex');
  return [
    known(
      'signed with S/MIME',
      mixed(
        'signed',
        [text('Signed words'), attachment('smime.p7s', 'application/pkcs7-signature', 'not a real one')],
        {
          'Content-Type':
            'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="cut-signed"',
        },
      ),
      { text: 'Signed words', attachments: [named('smime.p7s')] },
    ),
    known(
      'signed with PGP',
      mixed('signed', [
        text('Signed words'),
        part('Content-Type: application/pgp-signature', '-----BEGIN PGP SIGNATURE-----\r\n'),
      ]),
      {
        text: 'Signed words',
        attachments: [named('signature.asc')],
      },
    ),
    known(
      'encrypted with S/MIME',
      bytes(
        headers({
          'Content-Type': 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
          'Content-Transfer-Encoding': 'base64',
          'Content-Disposition': 'attachment; filename="smime.p7m"',
        }),
        `\r\n${base64(Buffer.alloc(300, 9))}\r\n`,
      ),
      {
        text: '',
        attachments: [named('smime.p7m')],
      },
    ),
    known(
      'encrypted with PGP',
      mixed('encrypted', [
        part('Content-Type: application/pgp-encrypted', 'Version: 1'),
        attachment('encrypted.asc', 'application/octet-stream', '-----BEGIN PGP MESSAGE-----'),
      ]),
      {
        text: '',
        attachments: [fileOf('version.txt', 'text/plain', utf8('Version: 1')), named('encrypted.asc')],
      },
    ),
    known(
      'PGP inside of the text',
      bytes(headers(), '\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n'),
      {
        text: '-----BEGIN PGP MESSAGE----- hQEMA -----END PGP MESSAGE-----',
      },
    ),
    known('TNEF', mixed('mixed', [text('From Outlook'), attachment('winmail.dat', 'application/ms-tnef', tnef)]), {
      text: 'From Outlook',
      attachments: [named('winmail.dat')],
    }),
    known(
      'TNEF without a name',
      mixed('mixed', [
        text('From Outlook'),
        part('Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64', base64(tnef)),
      ]),
      {
        text: 'From Outlook',
        attachments: [named('winmail.dat')],
      },
    ),
  ];
}

function reports(): UglyMail[] {
  const status =
    'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n';
  const original = 'From: agent@example.com\r\nTo: x@y.example\r\nSubject: Lost\r\n\r\nLost words\r\n';
  const report = (own: Record<string, string> = {}) =>
    mixed(
      'report',
      [
        text('It did not arrive'),
        part('Content-Type: message/delivery-status', status),
        part('Content-Type: message/rfc822', original),
      ],
      {
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary="cut-report"',
        ...own,
      },
    );
  const files = [fileOf('delivery-status.txt', 'message/delivery-status', utf8(status)), named('Lost.eml')];
  return [
    known('a delivery report', report(), { text: 'It did not arrive', attachments: files }),
    known('a delivery report of a machine', report({ From: 'Mail Delivery Subsystem <mailer-daemon@mx.example>' }), {
      text: 'It did not arrive',
      from: 'mailer-daemon@mx.example',
      attachments: files,
    }),
    known(
      'a receipt that it was read',
      mixed('report', [
        text('It was read'),
        part('Content-Type: message/disposition-notification', 'Disposition: manual-action; displayed\r\n'),
      ]),
      {
        text: 'It was read',
        attachments: [fileOf('disposition-notification.txt', '', utf8('Disposition: manual-action; displayed'))],
      },
    ),
    known(
      'an automatic answer',
      bytes(headers({ 'Auto-Submitted': 'auto-replied', Subject: 'Away' }), '\r\nI am away.\r\n'),
      {
        text: 'I am away.',
        subject: 'Away',
      },
    ),
    known(
      'mail of a list',
      bytes(headers({ 'List-Id': '<list.example>', Precedence: 'list' }), '\r\nTo the list.\r\n'),
      { text: 'To the list.' },
    ),
  ];
}

function names(): UglyMail[] {
  const file = (head: string) =>
    part(`Content-Type: application/pdf\r\n${head}\r\nContent-Transfer-Encoding: base64`, base64(utf8('%PDF')));
  const list: [string, string][] = [
    ['in Japanese', "Content-Disposition: attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf"],
    ['in encoded words', 'Content-Disposition: attachment; filename="=?utf-8?B?w5xiZXJzaWNodC5wZGY=?="'],
    [
      'in sections',
      "Content-Disposition: attachment; filename*0*=UTF-8''a%20very; filename*1*=%20long; filename*2=name.pdf",
    ],
    ['of a path', 'Content-Disposition: attachment; filename="../../../etc/passwd.pdf"'],
    ['of Windows', 'Content-Disposition: attachment; filename="C:\\\\Users\\\\ana\\\\offer.pdf"'],
    ['that turns around', "Content-Disposition: attachment; filename*=UTF-8''%E2%80%AEfdp.exe.pdf"],
    ['of 500 letters', `Content-Disposition: attachment; filename="${'n'.repeat(500)}.pdf"`],
    ['with quotes and semicolons', 'Content-Disposition: attachment; filename="a \\"b\\"; c.pdf"'],
    ['with a line break', "Content-Disposition: attachment; filename*=UTF-8''a%0D%0Ab.pdf"],
    ['in plain UTF-8', 'Content-Disposition: attachment; filename="\xc3\x9cbersicht.pdf"'],
    ['of nothing but dots', 'Content-Disposition: attachment; filename="...pdf"'],
    ['in capitals', 'Content-Disposition: ATTACHMENT; FILENAME="OFFER.PDF"'],
    ['in the type alone', 'Content-Description: x'],
    ['with a NUL', 'Content-Disposition: attachment; filename="a\0b.pdf"'],
    ['with an emoji', "Content-Disposition: attachment; filename*=UTF-8''%F0%9F%9A%80.pdf"],
    ['of nothing', 'Content-Disposition: attachment; filename=""'],
  ];
  const pdf = [fileOf('a.pdf', 'application/pdf', utf8('%PDF'))];
  return [
    ...list.map(([what, head]) =>
      known(`a file name ${what}`, mixed('mixed', [text('With a file'), file(head)]), {
        text: 'With a file',
        attachments: pdf,
      }),
    ),
    known(
      'a file of a type that the CRM refuses',
      mixed('mixed', [text('With a file'), attachment('setup.exe', 'application/x-msdownload', 'MZ')]),
      {
        text: 'With a file',
        attachments: [named('setup.exe')],
      },
    ),
    known('an empty file', mixed('mixed', [text('With a file'), attachment('empty.txt', 'text/plain', '')]), {
      text: 'With a file',
      attachments: [fileOf('empty.txt', 'text/plain', Buffer.alloc(0))],
    }),
    known(
      'thirty files',
      mixed('mixed', [
        text('With files'),
        ...Array.from({ length: 30 }, (_, index) => attachment(`f${index}.txt`, 'text/plain', `file ${index}`)),
      ]),
      {
        text: 'With files',
        attachments: Array.from({ length: 30 }, (_, index) =>
          fileOf(`f${index}.txt`, 'text/plain', utf8(`file ${index}`)),
        ),
      },
    ),
    known(
      'two files of one name',
      mixed('mixed', [
        text('With files'),
        attachment('a.txt', 'text/plain', 'one'),
        attachment('a.txt', 'text/plain', 'two'),
      ]),
      {
        text: 'With files',
        attachments: [fileOf('a.txt', 'text/plain', utf8('one')), fileOf('a.txt', 'text/plain', utf8('two'))],
      },
    ),
    known(
      'a file with all bytes',
      mixed('mixed', [
        text('With a file'),
        attachment('all.zip', 'application/zip', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
      ]),
      {
        text: 'With a file',
        attachments: [
          fileOf('all.zip', 'application/zip', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
        ],
      },
    ),
  ];
}

function sizes(): UglyMail[] {
  const long = 'All work and no play. '.repeat(60_000);
  return [
    known('a text of 1.3 MB', bytes(headers(), `\r\n${long.replace(/(.{70})/g, '$1\r\n')}\r\n`), { text: long }),
    known('HTML of 1.3 MB', bytes(headers({ 'Content-Type': 'text/html' }), `\r\n<p>${long}</p>\r\n`), { text: long }),
    known(
      'a file of 4 MB',
      mixed('mixed', [text('Big'), attachment('big.zip', 'application/zip', Buffer.alloc(4_000_000, 5))]),
      {
        text: 'Big',
        attachments: [fileOf('big.zip', 'application/zip', Buffer.alloc(4_000_000, 5))],
      },
    ),
    known(
      'a file of 6 MB',
      mixed('mixed', [text('Too big'), attachment('big.zip', 'application/zip', Buffer.alloc(6_000_000, 5))]),
      {
        text: 'Too big',
        attachments: [named('big.zip')],
      },
    ),
    known('a header of 200,000 characters', bytes(headers({ 'X-Long': 'y'.repeat(200_000) }), '\r\nWords\r\n'), {
      text: 'Words',
      from: CONTACT,
    }),
  ];
}

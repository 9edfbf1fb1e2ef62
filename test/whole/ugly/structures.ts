/** Trees of parts: the usual ones, and those that broken or hostile mailers make. */
import type { UglyMail } from './expectation';
import { fileOf } from './expectation';
import { attachment, bytes, headers, HTML, known, mixed, multipart, part, PLAIN, utf8 } from './compose';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const png = (name: string) => fileOf(name, 'image/png', PNG);
const text = (words: string) => part(PLAIN, utf8(words));
const html = (words: string) => part(HTML, utf8(words));

function inlinePng(id: string, name = 'logo.png'): Buffer {
  return part(
    `Content-Type: image/png; name="${name}"\r\nContent-ID: <${id}>\r\nContent-Disposition: inline; filename="${name}"\r\n` +
      'Content-Transfer-Encoding: base64',
    PNG.toString('base64'),
  );
}

function nested(kind: string, boundary: string, parts: readonly Buffer[]): Buffer {
  return bytes(`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`, multipart(boundary, parts));
}

export function structureMails(): UglyMail[] {
  return [...usual(), ...broken(), ...deep(), ...flowed()];
}

function usual(): UglyMail[] {
  return [
    known('alternative', mixed('alternative', [text('Plain words'), html('<p>Rich <b>words</b></p>')]), {
      text: 'Rich words',
    }),
    known('alternative with the text last', mixed('alternative', [html('<p>Rich words</p>'), text('Plain words')]), {
      text: 'Rich words',
    }),
    known('related with a picture', mixed('related', [html('<p>See <img src="cid:a@x"></p>'), inlinePng('a@x')]), {
      text: 'See',
      attachments: [png('logo.png')],
    }),
    known(
      'alternative in related in mixed',
      mixed('mixed', [
        nested('related', 'r', [
          nested('alternative', 'a', [text('Plain'), html('<p>Rich <img src="cid:b@x"></p>')]),
          inlinePng('b@x'),
        ]),
        attachment('list.csv', 'text/csv', 'a,b\r\n1,2\r\n'),
      ]),
      { text: 'Rich', attachments: [png('logo.png'), fileOf('list.csv', 'text/csv', utf8('a,b\r\n1,2\r\n'))] },
    ),
    known('two texts, one after the other', mixed('mixed', [text('First'), text('Second')]), { text: 'First Second' }),
    known('a picture between two texts', mixed('mixed', [text('Above'), inlinePng('c@x'), text('Below')]), {
      text: 'Above Below',
      attachments: [png('logo.png')],
    }),
    known('text, then HTML, both to be read', mixed('mixed', [text('First'), html('<p>Second</p>')]), {
      text: 'First Second',
    }),
    known(
      'a list footer behind the alternatives',
      mixed('mixed', [nested('alternative', 'a', [text('Words'), html('<p>Words</p>')]), text('-- \r\nlist footer')]),
      { text: 'Words list footer' },
    ),
    known('nothing but a picture', mixed('mixed', [inlinePng('d@x')]), { text: '', attachments: [png('logo.png')] }),
    known(
      'nothing but a file, without a multipart',
      bytes(headers(), attachment('only.pdf', 'application/pdf', '%PDF-1.4 x')),
      {
        text: '',
        attachments: [fileOf('only.pdf', 'application/pdf', utf8('%PDF-1.4 x'))],
      },
    ),
    known(
      'the same picture used twice',
      mixed('related', [html('<img src="cid:e@x"><img src="CID:e@x"> twice'), inlinePng('e@x')]),
      {
        text: 'twice',
        attachments: [png('logo.png')],
      },
    ),
    known('a picture that is not there', mixed('related', [html('gone <img src="cid:nowhere@x">')]), { text: 'gone' }),
    known(
      'AMP beside HTML',
      mixed('alternative', [
        text('Plain'),
        part('Content-Type: text/x-amp-html', '<html amp4email>program</html>'),
        html('<p>Rich</p>'),
      ]),
      {
        text: 'Rich',
      },
    ),
    known('enriched text alone', bytes(headers({ 'Content-Type': 'text/enriched' }), '\r\n<bold>Rich</bold>\r\n'), {
      text: '',
      attachments: [fileOf('', 'text/enriched', utf8('<bold>Rich</bold>'))],
    }),
  ];
}

function broken(): UglyMail[] {
  const type = (value: string) => headers({ 'Content-Type': value });
  const simple = multipart('cut', [text('Words of it'), text('More of it')]);
  return [
    known('no closing boundary', bytes(type('multipart/mixed; boundary=cut'), '\r\n', simple.subarray(0, -8)), {
      text: 'Words of it More of it',
    }),
    known(
      'text before and after the parts',
      bytes(type('multipart/mixed; boundary=cut'), '\r\nNobody sees this.\r\n', simple, 'Nor this.\r\n'),
      {
        text: 'Words of it More of it',
      },
    ),
    known(
      'a boundary that is never used',
      bytes(type('multipart/mixed; boundary=other'), '\r\nWords all the same\r\n'),
      {
        text: 'Words all the same',
      },
    ),
    known('no boundary parameter', bytes(type('multipart/mixed'), '\r\nWords all the same\r\n'), {
      text: 'Words all the same',
    }),
    known(
      'boundaries that begin alike',
      mixed('mixed', [nested('alternative', 'cut-mixed-2', [text('Inner'), html('<p>Inner</p>')]), text('Outer')]),
      {
        text: 'Inner Outer',
      },
    ),
    known(
      'the same boundary inside',
      bytes(
        type('multipart/mixed; boundary=cut'),
        '\r\n--cut\r\nContent-Type: multipart/alternative; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nWords of it\r\n--cut--\r\n',
      ),
      {
        text: 'Words of it',
      },
    ),
    known(
      'line ends of LF alone',
      bytes(
        (type('multipart/mixed; boundary=cut') + '\r\n').replace(/\r\n/g, '\n'),
        simple.toString('latin1').replace(/\r\n/g, '\n'),
      ),
      {
        text: 'Words of it More of it',
      },
    ),
    known(
      'line ends of both kinds',
      bytes(type('multipart/mixed; boundary=cut'), '\n', simple.toString('latin1').replace('\r\n\r\n', '\n\n')),
      {
        text: 'Words of it More of it',
      },
    ),
    known('a boundary in quotes with blanks', mixed('mixed', [text('Words of it')], {}, 'a b c'), {
      text: 'Words of it',
    }),
    known('a boundary of 70 characters', mixed('mixed', [text('Words of it')], {}, 'b'.repeat(70)), {
      text: 'Words of it',
    }),
    known(
      'parts without headers',
      bytes(type('multipart/mixed; boundary=cut'), '\r\n--cut\r\n\r\nWords of it\r\n--cut--\r\n'),
      { text: 'Words of it' },
    ),
    known('an empty multipart', bytes(type('multipart/mixed; boundary=cut'), '\r\n--cut--\r\n'), { text: '' }),
    known('a type that is no type', bytes(type('nonsense'), '\r\nWords of it\r\n'), { text: 'Words of it' }),
    known('a type of nothing', bytes(type(''), '\r\nWords of it\r\n'), { text: 'Words of it' }),
    known('a type with rubbish behind it', bytes(type('text/plain; charset=utf-8; =; ;;; x'), '\r\nWords of it\r\n'), {
      text: 'Words of it',
    }),
    known(
      'base64 with rubbish in it',
      bytes(headers({ 'Content-Transfer-Encoding': 'base64' }), '\r\nV29y!!ZHMg\r\n\r\nb2Yg*aXQ\r\n'),
      { text: 'Words of it' },
    ),
    known('base64 that is none', bytes(headers({ 'Content-Transfer-Encoding': 'base64' }), '\r\n%%%%\r\n'), {
      text: '',
    }),
    known(
      'quoted-printable with broken escapes',
      bytes(headers({ 'Content-Transfer-Encoding': 'quoted-printable' }), '\r\nWords =ZZ of=20it=\r\n'),
      { text: 'Words =ZZ of it' },
    ),
    known(
      'an encoding that nobody knows',
      bytes(headers({ 'Content-Transfer-Encoding': 'x-magic' }), '\r\nWords of it\r\n'),
      { text: 'Words of it' },
    ),
    known(
      'a multipart in base64',
      bytes(
        headers({ 'Content-Type': 'multipart/mixed; boundary=cut', 'Content-Transfer-Encoding': 'base64' }),
        '\r\n',
        simple,
      ),
      {
        text: 'Words of it More of it',
      },
    ),
    known(
      'a header folded with a tab',
      bytes(headers({ 'Content-Type': 'multipart/mixed;\r\n\tboundary="cut"' }), '\r\n', simple),
      { text: 'Words of it More of it' },
    ),
    known('a line of 100,000 characters', bytes(headers(), `\r\n${'x'.repeat(100_000)}\r\n`), {
      text: 'x'.repeat(100_000),
    }),
  ];
}

function deep(): UglyMail[] {
  let tower = text('At the bottom');
  for (let level = 0; level < 30; level += 1) tower = nested('mixed', `level${level}`, [text(`Floor ${level}`), tower]);
  let lonely = text('At the bottom');
  for (let level = 0; level < 200; level += 1) lonely = nested('mixed', `alone${level}`, [lonely]);
  let well = text('At the bottom');
  for (let level = 0; level < 1000; level += 1) well = nested('mixed', `well${level}`, [well]);
  const floors = Array.from({ length: 30 }, (_, index) => `Floor ${29 - index}`).join('');
  const flat = Array.from({ length: 1000 }, (_, index) => text(`part ${index}\r\n`));
  return [
    known('30 floors with words on each', bytes(headers(), tower), { text: `${floors} At the bottom` }),
    known('200 multiparts around one text', bytes(headers(), lonely), { text: 'At the bottom' }),
    known('1,000 multiparts around one text', bytes(headers(), well), { text: 'At the bottom' }),
    known('1,000 parts side by side', mixed('mixed', flat), {
      text: flat.map((_, index) => `part ${index}`).join(''),
    }),
  ];
}

function flowed(): UglyMail[] {
  const flow = (body: string, more = '') =>
    bytes(headers({ 'Content-Type': `text/plain; charset=utf-8; format=flowed${more}` }), `\r\n${body}\r\n`);
  return [
    known('flowed', flow('One line that \r\ngoes on.\r\n> quoted and \r\n> going on'), {
      text: 'One line that goes on. quoted and going on',
    }),
    known('flowed with delsp', flow('Donau \r\ndampf \r\nschiff', '; delsp=yes'), { text: 'Donaudampfschiff' }),
    known('flowed with a signature', flow('Words\r\n-- \r\nAna'), { text: 'Words Ana' }),
    known('flowed with stuffed lines', flow(' From here\r\n >not quoted'), { text: 'From here not quoted' }),
    known('text that looks like markup', bytes(headers(), '\r\nif a<b and c>d then <b>x</b> &amp; y\r\n'), {
      text: 'if a<b and c>d then <b>x</b> &amp; y',
    }),
  ];
}

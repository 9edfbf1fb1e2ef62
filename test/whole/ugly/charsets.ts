/** One sentence in each charset that mail comes in, as body and as subject, in each transfer encoding. */
import type { UglyMail } from './expectation';
import { bytes, headers, known, quotedPrintable, base64 } from './compose';

/** Made with Python's codecs: label, the sentence, and its bytes in that charset. */
const SENTENCES: readonly (readonly [label: string, sentence: string, inBase64: string])[] = [
  ['iso-8859-1', 'Grüße aus Köln, façade à Málaga', 'R3L832UgYXVzIEv2bG4sIGZh52FkZSDgIE3hbGFnYQ=='],
  ['iso-8859-2', 'Zażółć gęślą jaźń, Příliš žluťoučký', 'WmG/87PmIGfqtmyxIGphvPEsIFD47WxpuSC+bHW7b3Xoa/0='],
  ['iso-8859-3', 'ĉiuĵaŭde ĝis ŝanĝo', '5ml1vGH9ZGUg+GlzIP5hbvhv'],
  ['iso-8859-4', 'Ķekatas ģērbj šķūnī', '02VrYXRhcyC7unJiaiC58/5u7w=='],
  ['iso-8859-5', 'Привет из Самары', 'v+DY0tXiINjXIMHQ3NDg6w=='],
  ['iso-8859-6', 'مرحبا بكم في القاهرة', '5dHNyMcgyOPlIOHqIMfk4sfn0ck='],
  ['iso-8859-7', 'Καλημέρα από την Αθήνα', 'yuHr5+zd8eEg4fD8IPTn7SDB6N7t4Q=='],
  ['iso-8859-8', 'שלום מחיפה', '+ezl7SDu5+n05A=='],
  ['iso-8859-9', 'Şişli ğüzel ıspanak', '3mn+bGkg8Px6ZWwg/XNwYW5haw=='],
  ['iso-8859-10', 'Þórður ųžđ', '3vNy8HVyIPm8uQ=='],
  ['iso-8859-13', 'Ąžuolas įžūlus šernas', 'wP51b2xhcyDh/vtsdXMg8GVybmFz'],
  ['iso-8859-14', 'Ŵyth ŷch Ẁ', '0Hl0aCD+Y2ggqA=='],
  ['iso-8859-15', 'Œuvre à 100 € pour Žofie', 'vHV2cmUg4CAxMDAgpCBwb3VyILRvZmll'],
  ['windows-1250', 'Příšerně žluťoučký kůň „řekl“', 'UPjtmmVybuwgnmx1nW916Gv9IGv58iCE+GVrbJM='],
  ['windows-1251', 'Съешь ещё этих мягких булок', '0frl+Pwg5fm4IP3y6PUg7P/j6uj1IOHz6+7q'],
  ['windows-1252', '“Smart” – quotes… €5', 'k1NtYXJ0lCCWIHF1b3Rlc4UggDU='],
  ['windows-1253', 'Γειά σου Κόσμε', 'w+Xp3CDz7/Ugyvzz7OU='],
  ['windows-1254', 'Pijamalı hasta yağız şoföre', 'UGlqYW1hbP0gaGFzdGEgeWHw/Xog/m9m9nJl'],
  ['windows-1255', 'דג סקרן שט בים', '4+Ig8ff47yD56CDh6e0='],
  ['windows-1256', 'نص حكيم له سر', '5NUgzd/t4yDh5SDT0Q=='],
  ['windows-1257', 'Įlinkdama fechtuotojo špaga', 'wWxpbmtkYW1hIGZlY2h0dW90b2pvIPBwYWdh'],
  ['windows-1258', 'Tôi là ai', 'VPRpIGzgIGFp'],
  ['koi8-r', 'Широкая электрификация южных губерний', '+8nSz8vB0SDczMXL1NLJxsnLwcPJ0SDA1s7ZyCDH1cLF0s7Jyg=='],
  ['koi8-u', 'Їжак ґречно їсть єдину', 't9bByyCt0sXezs8gp9PU2CCkxMnO1Q=='],
  ['gb2312', '我能吞下玻璃而不伤身体', 'ztLE3M3Mz8Kyo8Gntviyu8nLye3M5Q=='],
  ['gbk', '朱鎔基与囍', '1uzmZ7v50+uH1g=='],
  ['gb18030', '㐀中文€', 'gTnuOdbQzsSi4w=='],
  ['big5', '我能吞下玻璃而不傷身體', 'p9qv4KddpFWswbz+ptOko7bLqK3F6Q=='],
  ['euc-jp', '私はガラスを食べられます', 'u+Skz6WspemluaTyv6mk2aTppOyk3qS5'],
  ['shift_jis', 'それは私を傷つけません', 'gruC6oLNjoSC8I+dgsKCr4LcgrmC8Q=='],
  ['iso-2022-jp', '色は匂へど散りぬるを', 'GyRCPyckT0Z3JFgkSTs2JGokTCRrJHIbKEI='],
  ['euc-kr', '나는 유리를 먹을 수 있어요', 's6q0wiDAr7iuuKYguNTAuyC89iDA1r7uv+Q='],
  ['ks_c_5601-1987', '그래도 아프지 않아요', 'sde3obW1IL7Gx8HB9iC+yr7Gv+Q='],
  ['windows-874', 'ฉันกินกระจกได้', 'qdG5odS5ocPQqKHktOk='],
  ['tis-620', 'แต่มันไม่ทำให้ฉันเจ็บ', '4bXowdG55MHot9Pjy+mp0bngqOe6'],
  ['macintosh', 'Grüße vom Mac: façade', 'R3Kfp2Ugdm9tIE1hYzogZmGNYWRl'],
  ['x-mac-cyrillic', 'Маленький принц', 'jODr5e386ujpIO/w6O32'],
  ['ibm866', 'Старый терминал', 'keKg4OupIOKl4KyoraCr'],
  ['utf-16le', 'Weit und breit: Ж', 'VwBlAGkAdAAgAHUAbgBkACAAYgByAGUAaQB0ADoAIAAWBA=='],
  ['utf-16be', 'Andersherum: Ж', 'AEEAbgBkAGUAcgBzAGgAZQByAHUAbQA6ACAEFg=='],
  ['utf-8', 'Alles zusammen: Ж 漢 é 😀', 'QWxsZXMgenVzYW1tZW46INCWIOa8oiDDqSDwn5iA'],
];

/** Labels that nobody decodes: what is ASCII in them stays readable, and nothing stops. */
const UNKNOWN: readonly (readonly [label: string, readable: RegExp, inBase64: string])[] = [
  ['utf-7', /^HiMom/, 'SGkgTW9tIC0rSmpvLS0h'],
  ['iso-8859-16', /ar.*i.*la$/, '3mFy4yC6aSDjbGE='],
  ['ibm850', /^K.?lnimDOS$/, 'S5RsbiBpbSBET1M='],
  ['hz-gb-2312', /^Peking/, 'UGVraW5nIH57MTE+KX59'],
  ['x-no-such-charset', /^Plainwordsandsomebytes/, 'UGxhaW4gd29yZHMgYW5kIHNvbWUgYnl0ZXMg/////g=='],
];

export function charsetMails(): UglyMail[] {
  return [
    ...SENTENCES.flatMap(([label, sentence, inBase64], index) => {
      const data = Buffer.from(inBase64, 'base64');
      const word = `=?${label}?${index % 2 === 0 ? 'B' : 'Q'}?${index % 2 === 0 ? inBase64 : wordOf(data)}?=`;
      const wide = label.startsWith('utf-16') || label.startsWith('iso-2022');
      const inQ = index % 2 === 1 && !wide;
      const html = bytes('<html><body><p>', data, '</p></body></html>');
      return [
        known(
          `charset ${label}, text in ${inQ ? 'quoted-printable' : 'base64'}`,
          bytes(
            headers({
              'Content-Type': `text/plain; charset=${label}`,
              'Content-Transfer-Encoding': inQ ? 'quoted-printable' : 'base64',
            }),
            '\r\n',
            inQ ? quotedPrintable(data) : base64(data),
          ),
          { text: sentence },
        ),
        known(
          `charset ${label}, ${wide ? 'text' : 'HTML as it is'}, subject in encoded words`,
          wide
            ? bytes(
                headers({
                  Subject: label.startsWith('utf-16') ? undefined : word,
                  'Content-Type': `text/plain; charset="${label.toUpperCase()}"`,
                  'Content-Transfer-Encoding': 'base64',
                }),
                '\r\n',
                base64(data),
                '\r\n',
              )
            : bytes(
                headers({
                  Subject: word,
                  'Content-Type': `text/html; charset="${label.toUpperCase()}"`,
                  'Content-Transfer-Encoding': '8bit',
                }),
                '\r\n',
                html,
                '\r\n',
              ),
          { text: sentence, subject: label.startsWith('utf-16') ? '' : sentence },
        ),
      ];
    }),
    ...UNKNOWN.map(([label, readable, inBase64]) => ({
      ...known(
        `charset ${label}, which nobody knows`,
        bytes(
          headers({ 'Content-Type': `text/plain; charset=${label}`, 'Content-Transfer-Encoding': 'base64' }),
          `\r\n${inBase64}\r\n`,
        ),
        {},
      ),
      readable,
    })),
  ];
}

function wordOf(data: Buffer): string {
  return [...data].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

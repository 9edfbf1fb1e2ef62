import fc from 'fast-check';
import { comparableText } from '../../../../src/gmail/mime/bodies';
import { decodeEntities, escapeHtml } from '../../../../src/gmail/mime/entities';
import { plainFromHtml } from '../../../../src/gmail/mime/html';
import { inlineIds, replaceInlineSources } from '../../../../src/gmail/mime/inline';
import { htmlFromText, unflow } from '../../../../src/gmail/mime/text';
import { hostileText } from './hostile';

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['<div>One</div><div>Two</div>', 'One\nTwo'],
  ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
  ['<b>bold</b><i>italic</i> <a href="x">link</a>', 'bolditalic link'],
  ['  a \n\t b&nbsp;&nbsp;c  ', 'a b  c'],
  ['<ul><li>one</li><li> two</li></ul>after', '- one\n- two\n\nafter'],
  ['<pre>a\n  b</pre>', 'a\n  b'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  ['before<blockquote>quoted<br>mail</blockquote>after', 'before\n\n> quoted\n> mail\n\nafter'],
  ['<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
  ['a<hr>b', 'a\n----------\nb'],
  ['<style>p { color: red }</style><script>alert("<p>x</p>")</script><title>t</title>x', 'x'],
  ['<!-- <p>hidden</p> -->x<!DOCTYPE html><?xml version="1.0"?>', 'x'],
  ['<div style="display:none">preheader <div>x</div></div>text', 'text'],
  ['<p style="display: none">preheader<p>text', 'text'],
  ['<div style="overflow:hidden">text</div>', 'text'],
  ['<img src="x" style="display:none">text', 'text'],
  ['<a title="a > b" href=\'c>d\'>e</a>', 'e'],
  ['1 < 2 && 3 > 2', '1 < 2 && 3 > 2'],
  ['<p>a</p', 'a'],
  ['&lt;p&gt; &amp;amp; &#8364; &#x20AC; &unknown; &hellip;', '<p> &amp; € € &unknown; …'],
  ['<o:p></o:p><p class=MsoNormal>Word<o:p>&nbsp;</o:p></p>', 'Word'],
  ['', ''],
  ['<html><head><title>x</title></head><body>y</body></html>', 'y'],
])('%j reads %j', (html, text) => expect(plainFromHtml(html)).toBe(text));

test('M1: escaped text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (value) => {
      const line = value.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
      expect(plainFromHtml(escapeHtml(line))).toBe(line);
      expect(decodeEntities(escapeHtml(value))).toBe(value);
    }),
    { numRuns: 1000 },
  );
});

test('M1: a text-only mail keeps its lines and its indents', () => {
  expect(htmlFromText('a < b & "c"\r\n\r\n  indented  twice\n')).toBe(
    '<div>a &lt; b &amp; &quot;c&quot;<br>\n<br>\n&nbsp; indented&nbsp; twice</div>',
  );
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[!-~äöü]( ?[!-~äöü])*$/), { minLength: 1 }), (lines) => {
      expect(plainFromHtml(htmlFromText(lines.join('\n')))).toBe(lines.join('\n'));
    }),
  );
});

test('M5: no text can become a tag', () => {
  fc.assert(
    fc.property(hostileText, (value) => {
      const inside = htmlFromText(value).slice('<div>'.length, -'</div>'.length);
      expect(inside.replace(/<br>/g, '')).not.toMatch(/[<>"]/);
    }),
  );
});

test('RFC 3676: signatures, stuffing and quote depths end a paragraph', () => {
  expect(unflow('a \nb \n> c \n> d\n>> e \nf \n\n-- \nsig', false)).toBe('a b \n> c d\n>> e \nf \n-- \nsig');
  expect(unflow(' From here \n >not a quote', false)).toBe('From here >not a quote');
});

describe('M2', () => {
  const html = '<img src="cid:a1"><img src=\'cid:a10\'><img src=cid:b%40c><td background="CID:d&amp;e">';
  test('the content ids of a body', () => {
    expect([...inlineIds(html)]).toEqual(['a1', 'a10', 'b%40c', 'b@c', 'd&amp;e', 'd&e']);
  });
  test('each source gets the address of its own part, escaped', () => {
    const addresses: Record<string, string> = {
      a1: 'https://f.test/1?x=1&y="2"',
      'b@c': 'https://f.test/2',
      'd&e': 'https://f.test/3',
    };
    expect(replaceInlineSources(html, (id) => addresses[id])).toBe(
      '<img src="https://f.test/1?x=1&amp;y=&quot;2&quot;"><img src=\'cid:a10\'><img src=https://f.test/2><td background="https://f.test/3">',
    );
  });
});

describe('bad input: time grows with the size of the mail alone', () => {
  const LENGTH = 100_000;
  test.each([
    ['open tags', '<a '],
    ['open quotes', '<a b="'],
    ['lone quotes', '<a b=\'"'],
    ['comments', '<!--'],
    ['declarations', '<!x'],
    ['unseen elements', '<title>'],
    ['style sheets', '<style>'],
    ['attributes', 'a="b" '],
    ['entities', '&#x'],
    ['hidden elements', '<div style="display:none">'],
    ['quotations', '<blockquote>x'],
    ['lesser-than signs', '<'],
    ['content ids', 'cid:'],
    ['line breaks', '<br>'],
    ['lines', '\n'],
    ['spaces', ' '],
  ])('%s', (_, piece) => {
    const html = `${piece.startsWith('a=') ? '<p ' : ''}${piece.repeat(Math.ceil(LENGTH / piece.length))}x`;
    const begin = performance.now();
    plainFromHtml(html);
    inlineIds(html);
    htmlFromText(html);
    comparableText({ html, text: html });
    expect(performance.now() - begin).toBeLessThan(4000);
  });

  test('any text at all', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '<p',
      '</p>',
      '<!--',
      '-->',
      '<div style="display:none">',
      '</div>',
      '<pre>',
      '</pre>',
      '<blockquote>',
      '&amp;',
      '&#0;',
      ' ',
      '\n',
      'x',
      '<style>',
      '</style>',
      '<br/>',
      '<li>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(typeof plainFromHtml(pieces.join(''))).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });
});

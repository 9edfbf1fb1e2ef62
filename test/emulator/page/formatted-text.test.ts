import { parseFormattedText, plainText } from '../../../emulator/page/cards/formatted-text';

describe('formatted card text (facts, platform 5.1)', () => {
  test('the allowed marks become a tree', () => {
    expect(parseFormattedText('a <b>bold <i>both</i></b><br>end')).toEqual([
      { kind: 'text', text: 'a ' },
      {
        kind: 'bold',
        children: [
          { kind: 'text', text: 'bold ' },
          { kind: 'italic', children: [{ kind: 'text', text: 'both' }] },
        ],
      },
      { kind: 'break' },
      { kind: 'text', text: 'end' },
    ]);
  });

  test('colours and links keep only what is harmless', () => {
    const [colour, styled, link, script] = parseFormattedText(
      '<font color="#0b6e6e">x</font><font color="red;background:url(x)">y</font>' +
        '<a href="https://example.com/?a=1&amp;b=2">z</a><a href="javascript:alert(1)">w</a>',
    );
    expect(colour).toMatchObject({ kind: 'colour', colour: '#0b6e6e' });
    expect(styled).toMatchObject({ kind: 'colour', colour: '' });
    expect(link).toMatchObject({ kind: 'link', url: 'https://example.com/?a=1&b=2' });
    expect(script).toMatchObject({ kind: 'link', url: '' });
  });

  test('whatever else stands there is text, also half a tag', () => {
    for (const source of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'a < b > c',
      '<b',
      '</',
      '<b onclick="x<y">',
    ]) {
      expect(plainText(source)).toBe(source);
      expect(parseFormattedText(source).every(({ kind }) => kind === 'text')).toBe(true);
    }
  });

  test('escaped markup is read as the characters that it stands for, once', () => {
    expect(plainText('&lt;b&gt; &amp;lt; &#39;&#x41;&nbsp;&unknown; &#0; &#xd800;')).toBe(
      "<b> &lt; 'A\u00a0&unknown; &#0; &#xd800;",
    );
  });

  test('marks that are closed in the wrong order or never end with the text', () => {
    expect(plainText('<b>a<i>b</b>c</i>d')).toBe('abcd');
    expect(parseFormattedText('</b>x')).toEqual([{ kind: 'text', text: 'x' }]);
    expect(plainText('<i>'.repeat(5000) + 'deep')).toBe('deep');
  });
});

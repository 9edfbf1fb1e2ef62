import { recipientsOf, referencesOf, subjectOf, withQuote, type Answerable } from '../../../emulator/page/mail/reply';

const at = (address: string, name = '') => ({ name, address });
const MAIL: Answerable = {
  from: [at('ana@x.example', 'Ana')],
  replyTo: [],
  to: [at('me@example.com'), at('casey@example.com', 'Casey')],
  cc: [at('boss@x.example'), at('ME@example.com'), at('casey@example.com')],
  subject: 'Offer',
  messageId: '<2@x.example>',
  references: ['<1@x.example>'],
  text: 'one\ntwo',
  html: '<p>one</p>',
  at: Date.UTC(2026, 2, 2, 8),
};
const addresses = ({ to, cc }: ReturnType<typeof recipientsOf>) => [
  to.map((entry) => entry.address),
  cc.map((entry) => entry.address),
];

describe('what an answer starts with', () => {
  test('it goes to the sender, to Reply-To where there is one, and of own mail to its recipients', () => {
    expect(addresses(recipientsOf(MAIL, 'reply', 'me@example.com'))).toEqual([['ana@x.example'], []]);
    const routed = { ...MAIL, replyTo: [at('crm@reply.example'), at('me@example.com')] };
    expect(addresses(recipientsOf(routed, 'reply', 'me@example.com'))).toEqual([
      ['crm@reply.example', 'me@example.com'],
      [],
    ]);
    expect(addresses(recipientsOf(MAIL, 'reply', 'ANA@x.example'))).toEqual([
      ['me@example.com', 'casey@example.com'],
      [],
    ]);
  });

  test('an answer to all has everybody once, and not oneself', () => {
    expect(addresses(recipientsOf(MAIL, 'reply-all', 'me@example.com'))).toEqual([
      ['ana@x.example'],
      ['casey@example.com', 'boss@x.example'],
    ]);
  });

  test('it names its parent and the parents of that (RFC 5322 3.6.4); a forward begins a thread', () => {
    expect(referencesOf(MAIL, 'reply')).toEqual({
      inReplyTo: '<2@x.example>',
      references: ['<1@x.example>', '<2@x.example>'],
    });
    expect(referencesOf({ ...MAIL, messageId: '' }, 'reply')).toEqual({});
    expect(referencesOf(MAIL, 'forward')).toEqual({});
    expect(recipientsOf(MAIL, 'forward', 'me@example.com')).toEqual({ to: [], cc: [] });
  });

  test('Re: is written once', () => {
    expect(subjectOf('Offer', 'reply')).toBe('Re: Offer');
    expect(subjectOf('RE: Offer', 'reply-all')).toBe('RE: Offer');
    expect(subjectOf('Re: Offer', 'forward')).toBe('Fwd: Re: Offer');
  });

  test('the quoted text is behind the own one, and the own one keeps its looks', () => {
    const { text, html } = withQuote({ text: 'a < b', html: '<div>a &lt; b</div>' }, MAIL, 'reply');
    expect(text).toBe('a < b\n\nOn Mon, 02 Mar 2026 08:00 UTC, Ana <ana@x.example> wrote:\n> one\n> two');
    expect(html).toMatch(/^<div>a &lt; b<\/div>.*<blockquote class="gmail_quote"[^>]*><p>one<\/p><\/blockquote>/);
    expect(withQuote({ text: 'see', html: 'see' }, MAIL, 'forward').text).toContain('Forwarded message');
  });
});

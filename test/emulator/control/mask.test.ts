import { maskValue } from '../../../emulator/control/mask';

const token = 'pit-0b7d2c7e-1111-4222-8333-944445555666';

test('a token is masked wherever it stands', () => {
  expect(maskValue('token', token, [])).toBe('•••');
  expect(maskValue('x', `before ${token} after`, [])).toBe('before ••• after');
  expect(maskValue('x', 'Bearer abc.def', [])).toBe('•••');
  expect(maskValue('x', 'eyJhbGciOi.eyJzdWIi.sig-nature', [])).toBe('•••');
  expect(maskValue('x', 'an odd one: T-1-2', ['T-1-2'])).toBe('an odd one: •••');
});

test('inside JSON, by name or by form, at any depth, also JSON in JSON', () => {
  const stored = {
    v: 2,
    list: [{ refreshToken: 'r', at: 5 }, 'plain'],
    nested: JSON.stringify({ a: { pit: token } }),
    location: 'L1',
  };
  expect(JSON.parse(maskValue('connection', JSON.stringify(stored), []))).toEqual({
    v: 2,
    list: [{ refreshToken: '•••', at: 5 }, 'plain'],
    nested: JSON.stringify({ a: { pit: '•••' } }),
    location: 'L1',
  });
});

test('what is no secret stays as it is, byte for byte where nothing was found', () => {
  expect(maskValue('head', '12:abc', [])).toBe('12:abc');
  expect(maskValue('head', '{broken', [])).toBe('{broken');
});

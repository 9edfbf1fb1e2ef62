import { mayAsk } from '../../../emulator/server/origin';

const host = '127.0.0.1:8787';

test.each([
  ['a tool', { host }],
  ['the page', { host, origin: 'http://127.0.0.1:8787', 'sec-fetch-site': 'same-origin' }],
  ['the page under its other name', { host: 'localhost:8787', origin: 'http://localhost:8787' }],
  ['a link from elsewhere', { host, 'sec-fetch-site': 'cross-site' }],
  ['the address bar', { host, 'sec-fetch-site': 'none' }],
])('%s is answered', (_who, headers) => {
  expect(mayAsk(headers)).toBe(true);
});

test.each([
  ['a name of a stranger that points here (DNS rebinding)', { host: 'evil.example:8787' }],
  ['no name at all', {}],
  ['a page of a stranger', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a page from a file', { host, origin: 'file://' }],
  ['a sandboxed frame of a stranger', { host, origin: 'null', 'sec-fetch-site': 'cross-site' }],
])('%s is not', (_who, headers) => {
  expect(mayAsk(headers)).toBe(false);
});

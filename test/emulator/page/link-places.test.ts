import { placeOfLink } from '../../../emulator/page/shell/link-places';

test('links to what is on the page are known, others are not', () => {
  expect(placeOfLink('https://mail.google.com/mail/u/agent%40example.com/#all/19c0ffee00000001')).toEqual({
    kind: 'thread',
    id: '19c0ffee00000001',
  });
  expect(placeOfLink('https://app.gohighlevel.com/v2/location/L1/contacts/detail/C1')).toEqual({
    kind: 'contact',
    id: 'C1',
  });
  for (const other of [
    'https://app.gohighlevel.com/',
    'https://evil.example/#all/19c0ffee00000001',
    'javascript:alert(1)',
  ]) {
    expect(placeOfLink(other)).toBeUndefined();
  }
});

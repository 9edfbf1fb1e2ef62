import { jsonResponse } from '../../../emulator/core/http';
import { emulatedRequest, emulatedTarget, withLocalRedirect } from '../../../emulator/server/hosts';

test.each([
  [
    '/gmail.googleapis.com/gmail/v1/users/me/profile?fields=x',
    'gmail.googleapis.com',
    '/gmail/v1/users/me/profile?fields=x',
  ],
  ['/services.leadconnectorhq.com/contacts/1', 'services.leadconnectorhq.com', '/contacts/1'],
  ['/Services.LeadConnectorHQ.com', 'services.leadconnectorhq.com', '/'],
  ['/services.leadconnectorhq.com?x=1', 'services.leadconnectorhq.com', '/?x=1'],
  ['/gmail/v1/users/me/profile', 'gmail.googleapis.com', '/gmail/v1/users/me/profile'],
  [
    '/upload/gmail/v1/users/me/messages?uploadType=media',
    'gmail.googleapis.com',
    '/upload/gmail/v1/users/me/messages?uploadType=media',
  ],
  ['/batch/gmail/v1', 'gmail.googleapis.com', '/batch/gmail/v1'],
])('%s names %s', (path, host, rest) => {
  expect(emulatedTarget(path)).toEqual({ host, path: rest });
});

test.each(['/', '/main.js', '/style.css', '/gmail/v1x', '/gmailv1', '/favicon.ico', '/emulator'])(
  '%s names no host',
  (path) => {
    expect(emulatedTarget(path)).toBeUndefined();
  },
);

test('a request from outside is marked, whatever it says of itself, and addressed to the emulated host', () => {
  const request = emulatedRequest(
    'POST',
    { host: 'gmail.googleapis.com', path: '/x' },
    { host: '127.0.0.1:1', 'x-threadlink-outside': 'no', accept: 'a', 'set-cookie': ['b', 'c'] },
    Buffer.from('body'),
  );
  expect(request.headers).toEqual({
    host: 'gmail.googleapis.com',
    'x-threadlink-outside': '1',
    accept: 'a',
    'set-cookie': 'b, c',
  });
  expect(request.body.toString()).toBe('body');
});

describe('a redirect to an emulated host', () => {
  const answer = jsonResponse(302, {}, { location: 'https://script.google.com/macros/d/1/usercallback?code=2' });
  const serves = (host: string) => host === 'script.google.com';
  test('keeps a browser on this server', () => {
    const { headers } = withLocalRedirect(answer, { accept: 'text/html,*/*' }, serves);
    expect(headers['location']).toBe('/script.google.com/macros/d/1/usercallback?code=2');
  });
  test('is given to a program as it is', () => {
    expect(withLocalRedirect(answer, { accept: '*/*' }, serves)).toBe(answer);
  });
  test('to a host that is not emulated stays what it is', () => {
    expect(withLocalRedirect(answer, { accept: 'text/html' }, () => false)).toBe(answer);
  });
});

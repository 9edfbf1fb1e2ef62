/** Uploads, the media library, secure files and the host of attachments (facts, highlevel 0.11, 5.7). */
import { STORAGE, TestCrm } from './world';

const HOUR = 3_600_000;

interface Upload {
  name: string;
  bytes: Buffer;
  field?: string;
}

function form(fields: Record<string, string>, files: Upload[]): { body: Buffer; headers: Record<string, string> } {
  const parts = [
    ...Object.entries(fields).map(([name, value]) =>
      Buffer.from(`--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ),
    ...files.flatMap(({ name, bytes, field = 'fileAttachment' }) => [
      Buffer.from(
        `--B\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    ]),
  ];
  return {
    body: Buffer.concat([...parts, Buffer.from('--B--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=B' },
  };
}

function upload(world: TestCrm, files: Upload[], fields?: Record<string, string>) {
  return world.ask(
    'POST',
    '/conversations/messages/upload',
    form(fields ?? { contactId: world.ann.id, locationId: world.locationId }, files),
  );
}

function download(world: TestCrm, address: string) {
  expect(address.startsWith(`https://${STORAGE}/`)).toBe(true);
  return world.get(address.slice(`https://${STORAGE}`.length), { host: STORAGE, token: '', version: '' });
}

test('highlevel 5.7: an uploaded file is served byte for byte, with its name and type', () => {
  const world = new TestCrm();
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7) % 256));
  const answer = upload(world, [{ name: 'Bild ü.png', bytes }]);
  expect(answer.status).toBe(200);
  const file = download(world, answer.body.uploadedFiles['Bild ü.png']);
  expect(file.bytes.equals(bytes)).toBe(true);
  expect(file.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '1000' });
  expect(file.headers['content-disposition']).toBe("attachment; filename*=UTF-8''Bild%20%C3%BC.png");
});

test('highlevel 0.11: its address works for an hour; then GET /files/d/{slug} gives one that works for an hour', () => {
  const world = new TestCrm();
  const address = upload(world, [{ name: 'a.txt', bytes: Buffer.from('hi') }]).body.uploadedFiles['a.txt'];
  const slug = /\/files\/d\/([A-Za-z0-9]+)$/.exec(address)![1];
  world.clock.advance(HOUR - 1);
  expect(download(world, address).status).toBe(200);
  world.clock.advance(1);
  expect(download(world, address).status).toBe(403);
  const { url, filename, size } = world.get(`/files/d/${slug}`).body;
  expect({ filename, size }).toEqual({ filename: 'a.txt', size: 2 });
  expect(download(world, url).body).toBe('hi');
  expect(download(world, url.replace(/signature=./, 'signature=x')).status).toBe(403);
  expect(download(world, url.replace('expires=', 'expires=9')).status).toBe(403);
  world.clock.advance(HOUR);
  expect(download(world, url).status).toBe(403);
  expect(world.get('/files/d/unknown').status).toBe(404);
});

test('highlevel 0.11: reading a secure file needs files.readonly', () => {
  const world = new TestCrm();
  const token = world.crm.createPrivateToken(['contacts.readonly']);
  expect(world.get('/files/d/x', { token }).body.message).toBe('The token is not authorized for this scope.');
});

test('before the change addresses are public for good', () => {
  const world = new TestCrm();
  world.switches.secureAttachments = false;
  const address = upload(world, [{ name: 'a b.txt', bytes: Buffer.from('hi') }]).body.uploadedFiles['a b.txt'];
  expect(address).toMatch(/\/a%20b\.txt$/);
  world.clock.advance(400 * 24 * HOUR);
  expect(download(world, address).body).toBe('hi');
});

test('highlevel 5.7: 5 MB a file, 5 files, the listed types; nothing is stored of a refused request', () => {
  const world = new TestCrm();
  const small = { name: 'a.txt', bytes: Buffer.from('x') };
  const megabytes = (size: number) => Buffer.alloc(size * 1024 * 1024);
  expect(upload(world, [{ name: 'a.pdf', bytes: megabytes(5) }]).status).toBe(200);
  const large = upload(world, [small, { name: 'a.pdf', bytes: Buffer.concat([megabytes(5), Buffer.from('x')]) }]);
  expect(large).toMatchObject({ status: 413, body: { status: 413, message: expect.any(String) } });
  for (const name of ['a.exe', 'noextension', 'a.html', 'pdf']) {
    expect(upload(world, [{ name, bytes: Buffer.from('x') }])).toMatchObject({ status: 415, body: { status: 415 } });
  }
  expect(
    upload(
      world,
      Array.from({ length: 6 }, () => small),
    ).status,
  ).toBe(400);
  expect(upload(world, []).status).toBe(400);
});

test('highlevel 5.7: a contact or a conversation is needed, and a form', () => {
  const world = new TestCrm();
  const file = [{ name: 'a.txt', bytes: Buffer.from('x') }];
  expect(upload(world, file, { locationId: world.locationId }).status).toBe(422);
  expect(
    upload(world, file, { conversationId: world.write().conversationId, locationId: world.locationId }).status,
  ).toBe(200);
  expect(upload(world, file, { contactId: world.ann.id, locationId: 'another' }).status).toBe(400);
  expect(world.post('/conversations/messages/upload', { contactId: world.ann.id }).status).toBe(400);
});

test('the media library takes any type up to 25 MB, and its addresses stay', () => {
  const world = new TestCrm();
  const put = (bytes: Buffer) =>
    world.ask('POST', '/medias/upload-file', form({ hosted: 'false' }, [{ name: 'tool.exe', bytes, field: 'file' }]));
  expect(put(Buffer.alloc(25 * 1024 * 1024 + 1)).status).toBe(413);
  const { fileId, url } = put(Buffer.from('MZ')).body;
  world.clock.advance(30 * 24 * HOUR);
  expect(download(world, url).body).toBe('MZ');
  const query = `altType=location&altId=${world.locationId}`;
  const list = world.get(`/medias/files?${query}&sortBy=createdAt&sortOrder=asc&type=file`);
  expect(list.body.files).toMatchObject([{ name: 'tool.exe', url, size: 2 }]);
  expect(world.get('/medias/files?altType=location&altId=another&sortBy=a&sortOrder=asc&type=file').status).toBe(403);
  expect(world.ask('DELETE', `/medias/${fileId}?${query}`).status).toBe(200);
  expect(download(world, url).status).toBe(404);
});

test('the host of attachments reads only, and knows nothing else', () => {
  const world = new TestCrm();
  expect(world.get('/files/d/none', { host: STORAGE }).status).toBe(404);
  expect(world.get('/', { host: STORAGE }).status).toBe(404);
  expect(world.ask('PUT', '/files/d/none', { host: STORAGE }).status).toBe(405);
});

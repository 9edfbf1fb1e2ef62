/** The location's shared media library: upload, list, delete. Its addresses are public for good. */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, notFound, refusedUpload } from '../api/errors';
import { readForm } from '../api/multipart';
import { locationOf } from '../crm';
import { STORAGE_HOST } from '../hosts';
import type { StoredFile } from '../state';
import { storeFile } from './store';
import { acceptedType, MEDIA_UPLOAD_BYTES } from './types';

export const MEDIA_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/medias/upload-file', scope: 'medias.write', handle: upload },
  { method: 'GET', path: '/medias/files', scope: 'medias.readonly', handle: list },
  { method: 'DELETE', path: '/medias/:id', scope: 'medias.write', handle: remove },
];

function upload(call: Call): Reply {
  const { crm } = call;
  const parts = readForm(call.headers['content-type'] ?? '', call.body);
  if (parts === undefined) throw badRequest('Multipart: Boundary not found');
  const file = parts.find((part) => part.name === 'file' && part.filename !== undefined);
  if (file === undefined) throw badRequest('file or fileUrl is required');
  if (file.bytes.length > MEDIA_UPLOAD_BYTES) throw refusedUpload(413, 'File size exceeds the limit of 25 MB');
  const named = parts.find((part) => part.name === 'name')?.bytes.toString();
  const name = named === undefined || named === '' ? (file.filename ?? 'file') : named;
  const type = acceptedType(name) ?? file.type ?? 'application/octet-stream';
  const stored = storeFile(crm, { name, type, bytes: file.bytes }, false);
  crm.state.medias.add(stored.id);
  return ok({ fileId: stored.id, url: mediaAddress(call, stored), traceId: call.traceId });
}

function list(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('sortBy');
  fields.text('sortOrder');
  fields.text('type');
  fields.text('altType');
  fields.text('altId');
  const offset = fields.count('offset', 0, 0, 1_000_000);
  const limit = fields.count('limit', 20, 1, 100);
  fields.done();
  const text = (query.get('query') ?? '').toLowerCase();
  const files = [...crm.state.medias]
    .map((id) => crm.state.files.get(id) as StoredFile)
    .filter((file) => file.name.toLowerCase().includes(text));
  return ok({
    files: files.slice(offset, offset + limit).map((file) => ({
      _id: file.id,
      altId: locationOf(crm).id,
      altType: 'location',
      name: file.name,
      type: 'file',
      contentType: file.type,
      size: file.bytes.length,
      url: mediaAddress(call, file),
    })),
    traceId: call.traceId,
  });
}

function remove(call: Call): Reply {
  const { crm, params } = call;
  if (!crm.state.medias.delete(params['id'])) throw notFound(`File with id ${params['id']} not found`);
  crm.state.files.delete(params['id']);
  return { status: 200 };
}

function mediaAddress(call: Call, file: StoredFile): string {
  return `https://${STORAGE_HOST}/media/${locationOf(call.crm).id}/${file.id}/${encodeURIComponent(file.name)}`;
}

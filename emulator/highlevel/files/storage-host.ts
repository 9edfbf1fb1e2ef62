/** Serves the host of attachment addresses: bytes, without a token; a secure file for one hour (facts, highlevel 5.7). */
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../core/http';
import { split } from '../api/serve';
import { stamp, type Crm } from '../crm';
import { fileAtPath, isSigned, PUBLIC_LIFE_MS } from './store';

export function serveStorage(crm: Crm, request: EmulatedRequest): EmulatedResponse {
  const date = new Date(stamp(crm)).toUTCString();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return jsonResponse(405, { statusCode: 405, message: 'Method Not Allowed' }, { date, allow: 'GET, HEAD' });
  }
  const [path, search = ''] = split(request.path);
  const file = fileAtPath(crm, path);
  if (file === undefined) return jsonResponse(404, { statusCode: 404, message: 'Not Found' }, { date });
  const open = !file.secure || crm.clock.now < file.createdAt + PUBLIC_LIFE_MS;
  if (!open && !isSigned(file, new URLSearchParams(search), crm.clock.now)) {
    return jsonResponse(403, { statusCode: 403, message: 'Forbidden' }, { date });
  }
  const headers = {
    date,
    'content-type': file.type,
    'content-length': String(file.bytes.length),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  };
  return { status: 200, headers, body: request.method === 'HEAD' ? Buffer.alloc(0) : file.bytes };
}

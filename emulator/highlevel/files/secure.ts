/** GET /files/d/{slug}: the short-lived address of a secure file (facts, highlevel 0.11; needs files.readonly). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { notFound } from '../api/errors';
import { signedAddress } from './store';

export const SECURE_FILE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/files/d/:slug', scope: 'files.readonly', handle: get },
];

function get(call: Call): Reply {
  const { crm } = call;
  const file = crm.state.files.get(crm.state.fileOfSlug.get(call.params['slug']) ?? '');
  if (file === undefined) throw notFound('File not found');
  return ok({
    url: signedAddress(file, crm.clock.now),
    filename: file.name,
    content_type: file.type,
    size: file.bytes.length,
    traceId: call.traceId,
  });
}

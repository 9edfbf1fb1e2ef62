/** POST /conversations/messages/upload (facts, highlevel 5.7). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, refusedUpload, unprocessable } from '../api/errors';
import { readForm } from '../api/multipart';
import { addressOf, storeFile } from './store';
import { acceptedType, MESSAGE_UPLOAD_BYTES, MESSAGE_UPLOAD_FILES } from './types';

export const UPLOAD_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/conversations/messages/upload',
    scope: 'conversations/message.write',
    handle: upload,
  },
];

function upload(call: Call): Reply {
  const { crm } = call;
  const parts = readForm(call.headers['content-type'] ?? '', call.body);
  if (parts === undefined) throw badRequest('Multipart: Boundary not found');
  const value = (name: string) =>
    parts.find((part) => part.name === name && part.filename === undefined)?.bytes.toString();
  const locationId = value('locationId');
  if (locationId !== undefined && locationId !== crm.state.location?.id) throw badRequest('Invalid locationId');
  const conversation = crm.state.conversations.get(value('conversationId') ?? '');
  const contact = crm.state.contacts.get(value('contactId') ?? '');
  // Either of the two (facts, highlevel 5.7).
  if (conversation === undefined && contact === undefined) throw unprocessable(['conversationId must be a string']);
  const files = parts.filter((part) => part.name === 'fileAttachment' && part.filename !== undefined);
  if (files.length === 0) throw badRequest('No files found in the request');
  if (files.length > MESSAGE_UPLOAD_FILES) throw badRequest(`Maximum ${MESSAGE_UPLOAD_FILES} files can be uploaded`);
  for (const { filename = '', bytes } of files) {
    if (bytes.length > MESSAGE_UPLOAD_BYTES) throw refusedUpload(413, 'File size exceeds the limit of 5 MB');
    if (acceptedType(filename) === undefined) throw refusedUpload(415, 'File type is not supported');
  }
  const uploadedFiles: Record<string, string> = {};
  for (const { filename = '', bytes } of files) {
    const type = acceptedType(filename) ?? 'application/octet-stream';
    uploadedFiles[filename] = addressOf(crm, storeFile(crm, { name: filename, type, bytes }));
  }
  return ok({ uploadedFiles, traceId: call.traceId });
}

/** Files that the CRM keeps for attachments and for the media library, and their addresses (facts, highlevel 0.11, 5.7). */
import { createHmac } from 'node:crypto';
import { keep, locationOf, newId, type Crm } from '../crm';
import { STORAGE_HOST } from '../hosts';
import type { StoredFile } from '../state';

/** A secure file's own address, and a signed one, work so long. */
export const PUBLIC_LIFE_MS = 3_600_000;

export interface NewFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export function storeFile(crm: Crm, file: NewFile, secure = crm.switches.secureAttachments): StoredFile {
  const stored = keep<StoredFile>(crm.state.files, {
    id: newId(crm),
    slug: crm.ids.alphanumeric(24),
    name: file.name,
    type: file.type,
    bytes: file.bytes,
    createdAt: crm.clock.now,
    secure,
  });
  crm.state.fileOfSlug.set(stored.slug, stored.id);
  return stored;
}

export function addressOf(crm: Crm, file: StoredFile): string {
  if (file.secure) return `https://${STORAGE_HOST}/files/d/${file.slug}`;
  return `https://${STORAGE_HOST}/location/${locationOf(crm).id}/${file.id}/${encodeURIComponent(file.name)}`;
}

/** The short-lived address that GET /files/d/{slug} gives. */
export function signedAddress(file: StoredFile, now: number): string {
  const expires = now + PUBLIC_LIFE_MS;
  return `https://${STORAGE_HOST}/files/d/${file.slug}?expires=${expires}&signature=${signature(file, expires)}`;
}

export function isSigned(file: StoredFile, query: URLSearchParams, now: number): boolean {
  const expires = Number(query.get('expires'));
  return expires > now && query.get('signature') === signature(file, expires);
}

function signature(file: StoredFile, expires: number): string {
  return createHmac('sha256', file.id).update(`${file.slug} ${expires}`).digest('hex').slice(0, 32);
}

/** The file behind an address of ours; undefined for any other address. */
export function fileAt(crm: Crm, address: string): StoredFile | undefined {
  const prefix = `https://${STORAGE_HOST}`;
  return address.startsWith(`${prefix}/`) ? fileAtPath(crm, address.slice(prefix.length).split('?')[0]) : undefined;
}

export function fileAtPath(crm: Crm, path: string): StoredFile | undefined {
  const secure = /^\/files\/d\/([A-Za-z0-9]+)$/.exec(path);
  if (secure !== null) return crm.state.files.get(crm.state.fileOfSlug.get(secure[1]) ?? '');
  const open = /^\/(?:location|media)\/[A-Za-z0-9]+\/([A-Za-z0-9]+)\/[^/]+$/.exec(path);
  const file = open === null ? undefined : crm.state.files.get(open[1]);
  return file?.secure === true ? undefined : file;
}

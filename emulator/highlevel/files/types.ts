/** What the message upload takes (facts, highlevel 5.7), and the types of files by their extension. */

export const MESSAGE_UPLOAD_BYTES = 5 * 1024 * 1024;
export const MESSAGE_UPLOAD_FILES = 5;
/** Media library (specification of POST /medias/upload-file). */
export const MEDIA_UPLOAD_BYTES = 25 * 1024 * 1024;

const ACCEPTED: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  heic: 'image/heic',
  ai: 'application/postscript',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  '3gp': 'video/3gpp',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  txt: 'text/plain',
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  vcf: 'text/vcard',
  vcard: 'text/vcard',
  ics: 'text/calendar',
};

/** By the extension of the name, which is what the list of the documents speaks of; undefined: refused. */
export function acceptedType(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? undefined : ACCEPTED[name.slice(dot + 1).toLowerCase()];
}

/** Inline images of a mail as data addresses by content id, for the sandboxed frame. */
import { base64OfBytes } from './bytes';

interface InlineFile {
  readonly contentId: string;
  readonly type: string;
}

/** Only those that the body shows are read. */
export async function inlineImages<File extends InlineFile>(
  html: string,
  files: readonly File[],
  bytesOf: (file: File) => Promise<Uint8Array>,
): Promise<ReadonlyMap<string, string>> {
  const shown = files.filter(
    ({ contentId, type }) => contentId !== '' && html.includes(`cid:${contentId}`) && /^image\/[\w.+-]+$/.test(type),
  );
  const entries = shown.map(async (file): Promise<[string, string]> => [
    file.contentId,
    `data:${file.type};base64,${base64OfBytes(await bytesOf(file))}`,
  ]);
  return new Map(await Promise.all(entries));
}

/** Files of a mail, to be downloaded. */
import { useTask } from '../shell/use-task';
import { Icon } from './icon';

export interface FileOfMail {
  readonly name: string;
  readonly type: string;
  /** Bytes; undefined where the sender does not say. */
  readonly size: number | undefined;
  readonly load: () => Promise<Blob>;
}

export function Attachments({ files }: { files: readonly FileOfMail[] }) {
  const task = useTask();
  if (files.length === 0) return null;
  return (
    <ul class="attachments" aria-label="Attachments">
      {files.map((file, index) => (
        <li key={index}>
          <button
            type="button"
            disabled={task.busy}
            onClick={() => task.run(async () => download(await file.load(), file.name))}
          >
            <Icon name={file.type.startsWith('image/') ? 'image' : 'attachment'} size={16} />
            <span class="visually-hidden">Download </span>
            <span class="name">{file.name}</span>
            {file.size !== undefined && <span class="size">{sizeText(file.size)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

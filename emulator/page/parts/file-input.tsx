/** Files that go with a new mail. */
import type { NewFile } from '../api/control';
import { base64OfBytes } from '../mail/bytes';
import { sizeText } from './attachments';
import { Icon } from './icon';

export function FileInput({
  files,
  onChange,
}: {
  files: readonly NewFile[];
  onChange: (files: readonly NewFile[]) => void;
}) {
  return (
    <div class="file-input">
      <label class="button quiet">
        <Icon name="attachment" size={18} />
        Attach files
        <input
          type="file"
          multiple
          class="visually-hidden"
          onChange={(event) => {
            const input = event.currentTarget;
            void Promise.all([...(input.files ?? [])].map(read)).then((added) => {
              onChange([...files, ...added]);
              input.value = '';
            });
          }}
        />
      </label>
      {files.map((file, index) => (
        <span key={index} class="chip">
          {file.name} ({sizeText(Math.floor((file.base64.length * 3) / 4))})
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${file.name}`}
            onClick={() => onChange(files.filter((_, other) => other !== index))}
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      ))}
    </div>
  );
}

async function read(file: File): Promise<NewFile> {
  return {
    name: file.name,
    type: file.type || 'application/octet-stream',
    base64: base64OfBytes(new Uint8Array(await file.arrayBuffer())),
  };
}

/** A labelled line of a form. */
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export function Field({ label, value, onInput, placeholder, required = false }: FieldProps) {
  const id = useId();
  return (
    <div class="field-line">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={value}
        placeholder={placeholder}
        required={required}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { value: string; text: string }[];
  readonly onChange: (value: string) => void;
}

export function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="field-line">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function TextArea({ label, value, onInput, rows = 6 }: FieldProps & { rows?: number }) {
  const id = useId();
  return (
    <div class="text-area">
      <label for={id} class="visually-hidden">
        {label}
      </label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        placeholder={label}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

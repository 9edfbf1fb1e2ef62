/** Tabs; the arrow keys go from one to the next. */
interface TabsProps<Value extends string> {
  readonly class: string;
  readonly label: string;
  readonly tabs: readonly { value: Value; text: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  /** The id of what they switch. */
  readonly controls: string;
}

export function Tabs<Value extends string>({ class: name, label, tabs, chosen, onChoose, controls }: TabsProps<Value>) {
  return (
    <div
      class={`tabs ${name}`}
      role="tablist"
      aria-label={label}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (step === 0) return;
        const index = tabs.findIndex(({ value }) => value === chosen);
        const next = tabs[(index + step + tabs.length) % tabs.length];
        onChoose(next.value);
        event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus();
      }}
    >
      {tabs.map(({ value, text }) => (
        <button
          key={value}
          id={`tab-${controls}-${value}`}
          type="button"
          role="tab"
          data-tab={value}
          aria-selected={value === chosen}
          aria-controls={controls}
          tabIndex={value === chosen ? 0 : -1}
          onClick={() => onChoose(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

/** Short notices at the foot of the page, also said by screen readers. */
import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';

type Tone = 'info' | 'good' | 'bad';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

export type Notify = (text: string, tone?: Tone) => void;

const NotifyContext = createContext<Notify>(() => undefined);

export const useNotify = (): Notify => useContext(NotifyContext);

/** Long enough to be read; errors stay longer. */
const SHOWN_MS: Readonly<Record<Tone, number>> = { info: 6000, good: 5000, bad: 12000 };
const AT_ONCE = 4;

export function Toasts({ children }: { children: ComponentChildren }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const notify = useCallback<Notify>(
    (text, tone = 'info') => {
      const id = next.current++;
      setToasts((all) => [...all.filter((toast) => toast.text !== text), { id, text, tone }].slice(-AT_ONCE));
      setTimeout(() => dismiss(id), SHOWN_MS[tone]);
    },
    [dismiss],
  );
  const shown = useMemo(
    () => (
      <div class="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, text, tone }) => (
          <div key={id} class={`toast ${tone}`}>
            <Icon name={tone === 'bad' ? 'error' : tone === 'good' ? 'checkCircle' : 'info'} />
            <span>{text}</span>
            <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    ),
    [toasts, dismiss],
  );
  return (
    <NotifyContext.Provider value={notify}>
      {children}
      {shown}
    </NotifyContext.Provider>
  );
}

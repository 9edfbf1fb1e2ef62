import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** One part of the panel, with its name. */
export function Block({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="block" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

/** A small word with a tone: how a mail is doing, where it came from. */
const GOOD = new Set(['delivered', 'opened', 'clicked', 'read', 'sent', 'connected']);
const BAD = new Set(['failed', 'undelivered']);

export function StatusChip({ status }: { status: string }) {
  if (status === '') return null;
  const tone = GOOD.has(status) ? 'good' : BAD.has(status) ? 'bad' : 'waiting';
  return <span class={`chip ${tone}`}>{status}</span>;
}

export function FactChip({ title, text }: { title: string; text: string }) {
  return text === '' ? null : (
    <span class="chip" title={title}>
      {text}
    </span>
  );
}

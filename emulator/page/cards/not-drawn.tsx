/** What this renderer does not know is said, not swallowed: a card that looks whole here must be whole in Gmail. */
export function NotDrawn({ name }: { name: string }) {
  return (
    <p class="not-drawn" role="note">
      not drawn: <code>{name}</code>
    </p>
  );
}

/** A round mark with the first letter of a name; the same person has the same colour everywhere. */
export function Avatar({ name }: { name: string }) {
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': String(hash) }}>
      {[...name.trim()][0]?.toUpperCase() ?? '?'}
    </span>
  );
}

/** A round mark with the first letter of a name; the same person has the same colour everywhere. */
export function Avatar({ name }: { name: string }) {
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': String(hash) }}>
      {firstLetter(name.trim())}
    </span>
  );
}

/** The first code point: half of an astral one would be no letter. */
function firstLetter(name: string): string {
  const code = name.codePointAt(0);
  return code === undefined ? '?' : String.fromCodePoint(code).toUpperCase();
}

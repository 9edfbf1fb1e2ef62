/** Words for comparing: lower case, letters and digits only, one blank before and after each. */
export function words(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** Does the text have these words in a row? Both already normalised. */
export function hasWords(text: string, wanted: string): boolean {
  return wanted === '  ' || wanted === ' ' || text.includes(wanted);
}

/** Pictures inside HTML: the `cid:` sources that stand for parts of the same mail (RFC 2392). */

const REFERENCE = /\bcid:([^"'\s<>)]+)/gi;

/** The content ids that an HTML body refers to. */
export function inlineIds(html: string): Set<string> {
  const ids = new Set<string>();
  replaceInlineSources(html, (contentId) => {
    ids.add(contentId);
    return undefined;
  });
  return ids;
}

/**
 * The HTML with its `cid:` sources replaced by addresses; those without one stay. An id is asked for as it stands there
 * and, where that gives nothing, without its escapes. Addresses are escaped for an attribute here.
 */
export function replaceInlineSources(html: string, addressOf: (contentId: string) => string | undefined): string {
  return html.replace(REFERENCE, (source: string, written: string) => {
    const address = addressOf(written) ?? addressOf(unescaped(written));
    return address === undefined
      ? source
      : address.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/'/g, '&#39;').replace(/</g, '&lt;');
  });
}

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id.replace(/&amp;/g, '&'));
  } catch {
    return id;
  }
}

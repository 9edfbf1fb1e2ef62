/**
 * Makes of a mail's HTML a document for a sandboxed frame: nothing runs in it, nothing is loaded from outside, inline
 * images are shown, and the quoted history folds away.
 */

/** The first policy of a document can only be made stricter by what follows: the mail cannot loosen it. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:";

const STYLE = `
  html { color-scheme: light; background: #fff; overflow: auto hidden; }
  body { margin: 0; padding: 4px 6px; font: 14px/1.5 'Open Sans', system-ui, sans-serif; color: #1d2733; overflow-wrap: anywhere; }
  body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
  img { max-width: 100%; height: auto; } table { max-width: 100%; } pre { white-space: pre-wrap; }
  blockquote { margin: 0 0 0 .8ex; border-left: 2px solid #cfd6de; padding-left: 1ex; color: #55606d; }
  details.earlier > summary { display: inline-block; list-style: none; cursor: pointer; margin: 6px 0; padding: 0 8px; border-radius: 8px;
    background: #e6eaef; color: #33404f; font: 600 12px/18px system-ui, sans-serif; }
  details.earlier > summary::-webkit-details-marker { display: none; }
  details.earlier > summary:focus-visible { outline: 2px solid #1466b8; outline-offset: 1px; }
`;

/** `images` are data addresses by content id. */
export function bodyDocument(html: string, images: ReadonlyMap<string, string>): string {
  const document = new DOMParser().parseFromString(html, 'text/html');
  for (const element of document.querySelectorAll('script, base, meta, link, title, iframe, object, embed, form')) {
    if (element.tagName === 'FORM') element.replaceWith(...element.childNodes);
    else element.remove();
  }
  for (const image of document.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    const inline = images.get(decodeId(source.replace(/^cid:/i, '')));
    if (/^cid:/i.test(source) && inline !== undefined) image.setAttribute('src', inline);
    else if (!/^data:image\//i.test(source)) showWhatIsNotLoaded(image);
    image.removeAttribute('srcset');
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) if (/^on/i.test(name)) element.removeAttribute(name);
  }
  foldQuotes(document);
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<base target="_blank"><style>${STYLE}</style></head><body>${document.body.innerHTML}</body></html>`
  );
}

/** A pixel that counts openings says nothing to the reader; a picture's own words do. */
function showWhatIsNotLoaded(image: HTMLImageElement): void {
  const words = image.getAttribute('alt') ?? '';
  image.replaceWith(words);
}

/** The outermost quotes, each behind a button that needs no script. */
function foldQuotes(document: Document): void {
  for (const quote of document.querySelectorAll('.gmail_quote, blockquote')) {
    const outer = quote.parentElement?.closest('.gmail_quote, blockquote, details.earlier') ?? null;
    if (outer !== null) continue;
    // A mail that is nothing but a quotation is to be read, not to be folded away.
    if ((document.body.textContent ?? '').trim() === (quote.textContent ?? '').trim()) continue;
    const details = document.createElement('details');
    details.className = 'earlier';
    const summary = document.createElement('summary');
    summary.textContent = 'Earlier messages';
    quote.replaceWith(details);
    details.append(summary, quote);
  }
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

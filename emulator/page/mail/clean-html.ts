/**
 * HTML from outside in a mail that is being written, where it is part of the page: only what text needs is kept. It runs
 * nothing, loads nothing, and lies over nothing; what a picture was loaded from comes back when the mail is sent.
 */

const DROPPED =
  'script, style, title, base, meta, link, iframe, object, embed, template, svg, math, video, audio, noscript, input, button, select, textarea';
const UNWRAPPED = 'form, html, head, body, label, fieldset, dialog, details, summary';
const ATTRIBUTES = new Set([
  'align',
  'alt',
  'bgcolor',
  'border',
  'cellpadding',
  'cellspacing',
  'color',
  'colspan',
  'dir',
  'face',
  'height',
  'href',
  'lang',
  'rowspan',
  'size',
  'style',
  'title',
  'valign',
  'width',
]);
/** What letters and boxes look like; nothing that takes them out of their place. */
const STYLES =
  /^(color|background-color|font|text|line-height|letter-spacing|padding|margin|border|width|height|max-width|vertical-align|list-style-type|white-space)/;
const LINKS = /^(https?:|mailto:|tel:)/i;
const SOURCE = 'data-source';

export function cleanFragment(html: string): DocumentFragment {
  // The document is inert: nothing in it runs or loads.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  for (const element of body.querySelectorAll(UNWRAPPED)) element.replaceWith(...element.childNodes);
  for (const element of body.querySelectorAll<HTMLElement>('*')) cleanElement(element);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
}

function cleanElement(element: HTMLElement): void {
  const source = element.getAttribute('src') ?? '';
  for (const name of element.getAttributeNames()) if (!ATTRIBUTES.has(name)) element.removeAttribute(name);
  if (!LINKS.test(element.getAttribute('href') ?? '')) element.removeAttribute('href');
  for (const property of [...element.style]) {
    const loads = /url\s*\(|image-set/i.test(element.style.getPropertyValue(property));
    if (loads || !STYLES.test(property)) element.style.removeProperty(property);
  }
  if (element.tagName !== 'IMG') return;
  if (/^data:image\//i.test(source)) element.setAttribute('src', source);
  else if (/^https?:/i.test(source)) element.setAttribute(SOURCE, source);
}

export function textFragment(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (index > 0) fragment.append(document.createElement('br'));
    fragment.append(line);
  }
  return fragment;
}

/** As the mail carries it. */
export function outgoingHtml(root: HTMLElement): string {
  // In a document of its own, where no picture is loaded for being named.
  const copy = document.implementation.createHTMLDocument().importNode(root, true);
  for (const image of copy.querySelectorAll(`img[${SOURCE}]`)) {
    image.setAttribute('src', image.getAttribute(SOURCE) ?? '');
    image.removeAttribute(SOURCE);
  }
  for (const element of copy.querySelectorAll('[contenteditable]')) element.removeAttribute('contenteditable');
  return `<div>${copy.innerHTML}</div>`;
}

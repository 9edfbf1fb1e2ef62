/** Between plain text and HTML. */

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function htmlFromText(text: string): string {
  return `<div>${escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>')}</div>`;
}

/** What one reads of an HTML body, for quoting it in a reply. The document is inert: nothing in it runs or loads. */
export function textFromHtml(html: string): string {
  const document = new DOMParser().parseFromString(html, 'text/html');
  for (const element of document.querySelectorAll('script, style, title')) element.remove();
  for (const element of document.querySelectorAll('br')) element.replaceWith('\n');
  for (const element of document.querySelectorAll('p, div, tr, li, h1, h2, h3, blockquote')) element.append('\n');
  return (document.body.textContent ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

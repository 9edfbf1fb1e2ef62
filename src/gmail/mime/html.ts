/**
 * What a reader sees of an HTML body, as plain text. A small tokeniser in one pass: regular expressions over whole
 * documents take quadratic time on mail that was made to hurt.
 */
import { withoutEnd } from '../../platform/text';
import { decodeEntities } from './entities';

/** Elements whose content is not shown. */
const UNSEEN = /^(?:head|style|script|title|template|svg)$/;
const BLOCK =
  /^(?:address|article|aside|blockquote|body|center|dd|div|dl|dt|fieldset|figure|figcaption|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul)$/;
/** Blocks that stand apart from their neighbours by an empty line. */
const PARAGRAPH = /^(?:p|h[1-6]|ul|ol|table|pre|blockquote)$/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
/** Elements that the next one of their kind ends. */
const SINGLE = /^(?:p|li)$/;
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i;

type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly name: string; readonly attributes: string };

/** The tags and texts of a document in order; comments, declarations and unseen content are left out. */
function htmlTokens(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const find = finder(html);
  const unclosed = new Set<string>();
  const afterUnseen = (name: string, from: number): number => {
    const end = unclosed.has(name) ? undefined : closing(html, name, from);
    if (end !== undefined) return end;
    unclosed.add(name);
    // Without its end, a style sheet swallows the rest, as in browsers; a head or a title hides nothing.
    return name === 'style' || name === 'script' ? html.length : from;
  };
  let at = 0;
  while (at < html.length) {
    const open = find('<', at);
    if (open < 0) {
      tokens.push({ kind: 'text', text: html.slice(at) });
      break;
    }
    if (open > at) tokens.push({ kind: 'text', text: html.slice(at, open) });
    if (html.startsWith('<!--', open)) {
      const end = find('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const begin = /^<(\/?)([a-zA-Z][^\s/>]{0,40})/.exec(html.slice(open, open + 60));
    if (begin === null) {
      const declaration = html[open + 1] === '!' || html[open + 1] === '?' || html[open + 1] === '/';
      const end = declaration ? find('>', open) : -1;
      if (end < 0) tokens.push({ kind: 'text', text: '<' });
      at = end < 0 ? open + 1 : end + 1;
      continue;
    }
    const name = begin[2].toLowerCase();
    const end = tagEnd(html, open + begin[0].length, find);
    const attributes = html.slice(open + begin[0].length, end);
    tokens.push({ kind: begin[1] === '/' ? 'close' : 'open', name, attributes });
    at = end + 1;
    if (begin[1] === '' && UNSEEN.test(name) && !attributes.endsWith('/')) at = afterUnseen(name, at);
  }
  return tokens;
}

/** The text of a document as a reader sees it: paragraphs, line breaks, list marks; quoted mail with `> `. */
export function plainFromHtml(html: string): string {
  const page = new Page();
  let preformatted = 0;
  let hiddenIn: string | undefined;
  let hiddenDepth = 0;
  for (const token of htmlTokens(html)) {
    if (hiddenIn !== undefined) {
      // Pre-headers and other text for machines: not part of what was written.
      if (token.kind !== 'text' && token.name === hiddenIn)
        hiddenDepth += token.kind === 'open' && !SINGLE.test(hiddenIn) ? 1 : -1;
      if (hiddenDepth === 0) hiddenIn = undefined;
      continue;
    }
    if (token.kind === 'text') {
      page.text(decodeEntities(token.text), preformatted > 0);
      continue;
    }
    const { name, attributes } = token;
    const opens = token.kind === 'open';
    if (opens && !VOID.test(name) && HIDDEN.test(attributes) && !attributes.endsWith('/')) {
      hiddenIn = name;
      hiddenDepth = 1;
      continue;
    }
    if (name === 'br') page.lineBreak();
    else if (name === 'td' || name === 'th') page.text(' ', false);
    else if (BLOCK.test(name)) page.block(PARAGRAPH.test(name));
    if (name === 'li' && opens) page.mark('-');
    if (name === 'pre') preformatted = Math.max(0, preformatted + (opens ? 1 : -1));
    if (name === 'blockquote') page.quote(opens ? 1 : -1);
    if (name === 'hr') {
      page.mark('----------');
      page.block(false);
    }
  }
  return page.toString();
}

/** Lines of text under way. */
class Page {
  private readonly lines: string[] = [];
  private line = '';
  private depth = 0;
  /** Quote depth of an empty line that stands before what comes next; negative for none. */
  private gap = -1;
  private pendingSpace = false;

  text(text: string, preformatted: boolean): void {
    if (preformatted) {
      text.split(/\r\n|\r|\n/).forEach((piece, index) => {
        if (index > 0) this.lineBreak();
        this.append(piece);
      });
      return;
    }
    // Non-breaking spaces are spaces on paper, but those of the source collapse and these do not.
    for (const [index, word] of text.split(/[ \t\r\n\f]+/).entries()) {
      if (index > 0) this.pendingSpace = true;
      if (word !== '') this.append(word.replace(/\u00A0/g, ' '));
    }
  }

  /** Something that the page shows and nobody wrote. */
  mark(text: string): void {
    this.append(text);
    this.pendingSpace = true;
  }

  lineBreak(): void {
    this.flush();
  }

  block(paragraph: boolean): void {
    if (this.line !== '') this.flush();
    if (paragraph) this.gap = this.depth;
    this.pendingSpace = false;
  }

  quote(change: number): void {
    this.depth = Math.max(0, this.depth + change);
  }

  toString(): string {
    if (this.line !== '') this.flush();
    return withoutEnd(this.lines.join('\n').replace(/^\n+/, ''), '\n');
  }

  private append(text: string): void {
    const gap = Math.min(this.gap, this.depth);
    if (this.line === '' && gap >= 0 && this.lines.length > 0) this.lines.push(prefix(gap).trimEnd());
    this.gap = -1;
    this.line += this.pendingSpace && this.line !== '' ? ` ${text}` : text;
    this.pendingSpace = false;
  }

  private flush(): void {
    this.lines.push((prefix(this.depth) + this.line).trimEnd());
    this.line = '';
    this.pendingSpace = false;
  }
}

function prefix(depth: number): string {
  return '> '.repeat(Math.min(depth, 20));
}

/** `indexOf` that remembers what is not there any more, so that many failing searches do not add up. */
function finder(text: string): (what: string, from: number) => number {
  const missing = new Set<string>();
  return (what, from) => {
    if (missing.has(what)) return -1;
    const at = text.indexOf(what, from);
    if (at < 0) missing.add(what);
    return at;
  };
}

/** Where a tag ends: at the first `>` outside of quoted values; without one, at the end of the text. */
function tagEnd(html: string, from: number, find: (what: string, from: number) => number): number {
  let value = false;
  for (let at = from; at < html.length; at += 1) {
    const code = html.charCodeAt(at);
    if (code === 0x3e) return at;
    if (value && (code === 0x22 || code === 0x27)) {
      const closed = find(html[at], at + 1);
      // A quote that nothing closes is a slip of the mailer, not a value up to the end of the mail.
      if (closed >= 0) at = closed;
    }
    if (code > 0x20) value = code === 0x3d;
  }
  return html.length;
}

function closing(html: string, name: string, from: number): number | undefined {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index;
}

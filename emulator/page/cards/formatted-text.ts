/**
 * The formatting that cards allow inside a text: `<b> <i> <u> <s> <font color> <a href> <time> <br>` (facts, platform
 * 5.1). Read into a tree, never handed to the browser as markup: whatever else stands there is shown as it was typed.
 */
export type TextNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'bold' | 'italic' | 'underline' | 'strike' | 'time'; readonly children: readonly TextNode[] }
  | { readonly kind: 'colour'; readonly colour: string; readonly children: readonly TextNode[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly TextNode[] };

const KINDS: Readonly<Record<string, 'bold' | 'italic' | 'underline' | 'strike' | 'time'>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  time: 'time',
};
const TAG = /<(\/?)([a-z]+)((?:\s+[a-z-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*)\s*\/?>/gi;
/** Deeper than anybody writes; what is deeper is shown without its formatting. */
const MAXIMUM_DEPTH = 32;

interface Open {
  readonly tag: string;
  readonly children: TextNode[];
  readonly close: (children: readonly TextNode[]) => TextNode;
}

export function parseFormattedText(source: string): TextNode[] {
  const root: TextNode[] = [];
  const stack: Open[] = [];
  const current = () => stack.at(-1)?.children ?? root;
  const closeTop = () => {
    const top = stack.pop()!;
    current().push(top.close(top.children));
  };
  let position = 0;
  for (const match of source.matchAll(TAG)) {
    const [whole, slash, name, attributes] = match;
    const tag = name.toLowerCase();
    const open = tag === 'br' ? undefined : openerOf(tag, attributes);
    if (open === undefined && tag !== 'br') continue;
    pushText(current(), source.slice(position, match.index));
    position = match.index + whole.length;
    if (tag === 'br') current().push({ kind: 'break' });
    else if (slash === '/') {
      if (stack.some((entry) => entry.tag === tag)) {
        while (stack.at(-1)?.tag !== tag) closeTop();
        closeTop();
      }
    } else if (stack.length < MAXIMUM_DEPTH) stack.push({ tag, children: [], close: open! });
  }
  pushText(current(), source.slice(position));
  while (stack.length > 0) closeTop();
  return root;
}

function openerOf(tag: string, attributes: string): Open['close'] | undefined {
  const kind = KINDS[tag];
  if (kind !== undefined) return (children) => ({ kind, children });
  if (tag === 'font') {
    const colour = safeColour(attribute(attributes, 'color'));
    return (children) => ({ kind: 'colour', colour, children });
  }
  if (tag === 'a') {
    const url = safeUrl(attribute(attributes, 'href'));
    return (children) => ({ kind: 'link', url, children });
  }
  return undefined;
}

function attribute(attributes: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|(\\S+))`, 'i').exec(attributes);
  return decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '');
}

/** A name or a number; nothing that could carry anything else into a style. */
function safeColour(colour: string): string {
  return /^(#[0-9a-f]{3,8}|[a-z]{3,20})$/i.test(colour) ? colour : '';
}

/** Empty where it is anything but a web page, a mail address or a phone number. */
export function safeUrl(url: string): string {
  return /^(https?:\/\/|mailto:|tel:)[^\s]+$/i.test(url) ? url : '';
}

function pushText(nodes: TextNode[], source: string): void {
  if (source !== '') nodes.push({ kind: 'text', text: decodeEntities(source) });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The words alone, for names that a screen reader says. */
export function plainText(source: string): string {
  const words = (nodes: readonly TextNode[]): string =>
    nodes
      .map((node) => (node.kind === 'text' ? node.text : node.kind === 'break' ? ' ' : words(node.children)))
      .join('');
  return words(parseFormattedText(source));
}

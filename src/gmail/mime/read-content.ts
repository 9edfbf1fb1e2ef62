/**
 * Bodies and files out of Gmail's MIME tree. Text parts come in UTF-8 whatever their charset was, and without their
 * transfer encoding (facts, platform 3.9). Nothing in a tree is passed over in silence: what is not a body is a file.
 */
import { textFromBase64Url } from '../../platform/text';
import type { MessagePart } from '../types';
import { plainFromHtml } from './html';
import { inlineIds } from './inline';
import { allParts, attachmentIdOf, childrenOf, dataOf, dispositionOf, sizeOf, typeOf, typeParameter } from './parts';
import { givenName, readAttachment } from './read-attachment';
import { forwardedMessage, forwardedName } from './read-forwarded';
import { htmlFromText, unflow } from './text';
import type { Mail, MailAttachment } from './types';

export type Content = Pick<Mail, 'html' | 'text' | 'attachments' | 'detachedBodies'>;

/** Real mail nests less than ten levels. Below this one, everything is a file. */
const DEEPEST = 50;

/** Bodies by the attachment id under which this reading of the message named them. */
type Bodies = Readonly<Record<string, string>>;

interface Found {
  html?: string;
  text?: string;
}

/** Without `bodies`, those that are missing are named; with them, whatever is missing still is a file. */
export function readContent(root: MessagePart, bodies?: Bodies): Content {
  return new Reading(bodies).read(root);
}

class Reading {
  private readonly attachments: MailAttachment[] = [];
  private readonly detached: { attachmentId: string; mimeType: string; size: number }[] = [];
  /** Named texts without `attachment`, by their place among the attachments: the body, where there is no other. */
  private readonly candidates: { readonly place: number; readonly part: MessagePart }[] = [];

  constructor(private readonly bodies: Bodies | undefined) {}

  read(root: MessagePart): Content {
    const found = this.collect(root, 0);
    if (found.html === undefined && found.text === undefined && this.detached.length === 0) this.promote(found);
    const { html, text } = found;
    return {
      ...(html === undefined ? {} : { html }),
      ...(text === undefined ? {} : { text }),
      attachments: this.markInline(html),
      detachedBodies: this.detached,
    };
  }

  private collect(part: MessagePart, depth: number): Found {
    let inner = part;
    // A multipart of one part is that part, however many of them are wrapped around each other.
    while (typeOf(inner).startsWith('multipart/') && childrenOf(inner).length === 1) [inner] = childrenOf(inner);
    const type = typeOf(inner);
    const children = childrenOf(inner);
    if (depth > DEEPEST) return this.flatten(inner);
    if (type === 'message/rfc822' || type === 'message/global') return this.forwarded(inner, children, depth);
    if (type.startsWith('multipart/') && children.length > 0) {
      const parts = children.map((child) => this.collect(child, depth + 1));
      return type === 'multipart/alternative' ? best(parts) : joined(parts);
    }
    if (type.startsWith('multipart/')) return this.broken(inner);
    return this.leaf(inner, type);
  }

  private leaf(part: MessagePart, type: string): Found {
    const attached = dispositionOf(part) === 'attachment';
    const named = givenName(part) !== '';
    if ((type === 'text/plain' || type === 'text/html') && !attached && !named) return this.body(part, type);
    // The same mail once more, as a program.
    if (type === 'text/x-amp-html') return {};
    if (named && !attached && type.startsWith('text/')) this.candidates.push({ place: this.attachments.length, part });
    this.attachments.push(readAttachment(part, this.attachments.length + 1));
    return {};
  }

  private body(part: MessagePart, type: string): Found {
    const attachmentId = attachmentIdOf(part);
    const data = dataOf(part) ?? (attachmentId === undefined ? '' : this.bodies?.[attachmentId]);
    if (data === undefined && this.bodies !== undefined) {
      this.attachments.push(readAttachment(part, this.attachments.length + 1));
      return {};
    }
    if (data === undefined) {
      this.detached.push({ attachmentId: attachmentId ?? '', mimeType: type, size: sizeOf(part) });
      return {};
    }
    const text = textFromBase64Url(data);
    if (type === 'text/html') return { html: text };
    if (typeParameter(part, 'format').toLowerCase() !== 'flowed') return { text };
    return { text: unflow(text, typeParameter(part, 'delsp').toLowerCase() === 'yes') };
  }

  private forwarded(part: MessagePart, children: readonly MessagePart[], depth: number): Found {
    if (attachmentIdOf(part) !== undefined || dataOf(part) !== undefined || children.length === 0) {
      const file = readAttachment(part, this.attachments.length + 1);
      this.attachments.push(givenName(part) === '' ? { ...file, name: forwardedName(children[0]) } : file);
      return {};
    }
    const message = children.length === 1 ? children[0] : { mimeType: 'multipart/mixed', parts: children };
    const place = this.attachments.length;
    const bodies = this.collect(message, depth + 1);
    const given = readAttachment(part, place + 1);
    const name = givenName(part) === '' ? forwardedName(children[0]) : given.name;
    this.attachments.splice(place, 0, forwardedMessage(message, bodies, name));
    return {};
  }

  /** A multipart without parts: its boundary was never found, and what stood there is text; but for a line that ends nothing. */
  private broken(part: MessagePart): Found {
    const { text = '' } = this.body(part, 'text/plain');
    return text.trim() === '' || text.trim() === `--${typeParameter(part, 'boundary')}--` ? {} : { text };
  }

  private flatten(part: MessagePart): Found {
    for (const one of allParts(part)) {
      if (childrenOf(one).length === 0) this.attachments.push(readAttachment(one, this.attachments.length + 1));
    }
    return {};
  }

  private promote(found: Found): void {
    const candidate = this.candidates.find(({ part }) => /^text\/(plain|html)$/.test(typeOf(part)));
    if (candidate === undefined) return;
    Object.assign(found, this.body(candidate.part, typeOf(candidate.part)));
    this.attachments.splice(candidate.place, 1);
  }

  private markInline(html: string | undefined): MailAttachment[] {
    const shown = html === undefined ? undefined : inlineIds(html);
    return this.attachments.map((attachment) => {
      const { contentId, type } = attachment;
      if (contentId === undefined) return attachment;
      // As long as the HTML is still to be read, a picture with an id is taken for one that it shows.
      const pending = shown === undefined && this.detached.length > 0 && type.startsWith('image/');
      return { ...attachment, inline: pending || (shown?.has(contentId) ?? false) };
    });
  }
}

/** Of alternatives the last is the richest (RFC 2046 5.1.4); the text is that of a plain one. */
function best(parts: readonly Found[]): Found {
  const rich = [...parts].reverse().find(({ html }) => html !== undefined);
  const plain = [...parts].reverse().find(({ html, text }) => html === undefined && text !== undefined);
  const text = plain?.text ?? rich?.text;
  return { ...(rich === undefined ? {} : { html: rich.html }), ...(text === undefined ? {} : { text }) };
}

/** Several bodies one after the other: each form whole, made of the other form where a body has only that. */
function joined(parts: readonly Found[]): Found {
  const bodies = parts.filter(({ html, text }) => html !== undefined || text !== undefined);
  if (bodies.length < 2) return bodies[0] ?? {};
  const found: Found = {};
  if (bodies.some(({ html }) => html !== undefined)) {
    found.html = bodies.map(({ html, text }) => html ?? htmlFromText(text ?? '')).join('\n');
  }
  if (bodies.some(({ text }) => text !== undefined)) {
    found.text = bodies.map(({ html, text }) => text ?? plainFromHtml(html ?? '')).join('\n');
  }
  return found;
}

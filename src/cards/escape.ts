/** Text on its way into a card: without markup of its own, without characters that change how its surroundings read. */
import { cutText } from '../platform/text';
import type { Span, Text } from './model';

/** Nothing in the sidebar is read beyond this. */
const LONGEST = 600;
const QUIET = '#5f6368';

/** For texts in which the platform reads markup (facts, platform 5.1: a subset of HTML). */
export function markup(content: Text): string {
  return typeof content === 'string' ? escaped(content) : content.map(spanMarkup).join('');
}

/** For labels, titles and values, which are shown as they are; whether markup is read there is nowhere said. */
export function plain(content: string): string {
  return harmless(content).replace(/</g, '‹').replace(/>/g, '›');
}

function spanMarkup(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  if ('bold' in span) return `<b>${escaped(span.bold)}</b>`;
  if ('quiet' in span) return `<font color="${QUIET}">${escaped(span.quiet)}</font>`;
  return `<a href="${escaped(span.url)}">${escaped(span.link)}</a>`;
}

function escaped(content: string): string {
  return harmless(content)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '<br>');
}

/**
 * Control characters, and those that turn the direction of what follows: a subject could make the words of the sidebar
 * around it read backwards.
 */
function harmless(content: string): string {
  const clean = content
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
  return clean.length <= LONGEST ? clean : `${cutText(clean, LONGEST - 1)}…`;
}

/**
 * The same mail recognised on two sides. Providers rewrite what they send: links are wrapped for counting, a picture
 * of one pixel is added, a footer is put below, HTML is made of text. What a person wrote stays.
 */
import { plainFromHtml } from './html';

export interface Body {
  readonly html?: string;
  readonly text?: string;
}

/** A mail is compared by its beginning: what comes after so many characters is quoted history or a newsletter. */
const LONGEST = 200_000;

/** Words of the footers that providers add. Matched without spaces and punctuation. */
const FOOTER =
  /unsubscribe|optout|emailpreferences|manageyourpreferences|viewinbrowser|viewthisemail|poweredby|abmelden|abbestellen|austragen|désabonner|desabonner|désinscri|desuscri|darsedebaja|cancelarsubscri|cancelarinscri|cancellati|disiscriv|annullaliscrizione|afmelden|uitschrijven|avregistrera|avprenumerera|avmeld|afmeld|wypisz|odhlásit|leiratkoz|отписаться|отпис|відписатися|退订|取消订阅|取消訂閱|配信停止|購読解除|수신거부|구독취소|إلغاءالاشتراك/u;

const ATTRIBUTION = /[:：]\s*$/;
const SEPARATOR =
  /^\s*(?:-{2,}|_{10,})\s*(?:original|ursprüngliche|message d'origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk|forwarded|weitergeleitete).*$/i;
const QUOTED_HEADER =
  /^\s*\*?(?:from|von|de|da|van|från|fra|od|sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|date|datum|to|an|à|para|a|aan|till|til|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne)\s*:\*?\s*\S/i;

/**
 * What a reader sees of the mail's own text, without the quoted history: letters, digits and symbols alone, in lower
 * case, so that wrapping, dashes, list marks and quotes do not matter. Empty for a mail of pictures.
 */
export function comparableText(body: Body): string {
  const html = body.html === undefined || body.html.trim() === '' ? undefined : body.html;
  const shown = (html === undefined ? (body.text ?? '') : plainFromHtml(html.slice(0, LONGEST * 5))).slice(0, LONGEST);
  const own = significant(withoutHistory(shown));
  // A mail that is nothing but a quotation is compared by it.
  return own === '' ? significant(shown) : own;
}

/** Whether two comparable texts are of one mail: equal, or one has nothing more than a provider's footer below. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short === '' || !long.startsWith(short)) return false;
  // Only what looks like a footer may differ: a second mail that says the same and something more is another mail.
  return long.length - short.length <= 2000 && FOOTER.test(long.slice(short.length));
}

export function sameBody(a: Body, b: Body): boolean {
  return sameText(comparableText(a), comparableText(b));
}

/** Somebody changed one place of it, or a few near to each other: what stands before and behind makes half of the mail. */
export function isReworked(original: Body, changed: Body): boolean {
  const [a, b] = [comparableText(original), comparableText(changed)];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return a !== '' && (head + tail) * 2 >= a.length;
}

function withoutHistory(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (SEPARATOR.test(line) || isHeaderBlock(lines, at)) break;
    if (/^\s*>/.test(line)) {
      dropAttribution(kept);
      continue;
    }
    kept.push(line);
  }
  return kept.join('\n');
}

/** "On Monday, Ann wrote:" in front of a quotation, which wrapping may have broken into three lines. */
function dropAttribution(kept: string[]): void {
  let end = kept.length;
  while (end > 0 && kept[end - 1].trim() === '') end -= 1;
  if (end === 0 || !ATTRIBUTION.test(kept[end - 1])) return;
  let begin = end - 1;
  while (begin > 0 && end - begin < 3 && kept[begin - 1].trim() !== '') begin -= 1;
  // A paragraph of the mail itself that ends in a colon is longer, or has no date and no address in it.
  if (!/\d|@/.test(kept.slice(begin, end).join(' '))) begin = end - 1;
  kept.splice(begin);
}

/** Outlook quotes with the headers of the mail: at least three in a row. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  return [0, 1, 2].every((offset) => at + offset < lines.length && QUOTED_HEADER.test(lines[at + offset]));
}

function significant(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, '')
    .replace(/[\s\p{P}\p{Cf}\p{Cc}\uFE00-\uFE0F>|`^~+=<_]+/gu, '')
    .toLowerCase();
}

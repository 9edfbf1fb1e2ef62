/** Subjects compared as mail programs compare them: without what replying and forwarding put in front. */
import { oneLine } from './encode';
import { decodeWords } from './words';

/**
 * Prefixes for "reply" and "forward" by language. A counter (`Re[2]:`), a space or a full-width colon may follow.
 * Words in square brackets are part of the subject: lists and ticket systems put them there.
 */
const PREFIXES =
  // English and the many that kept it, German, Dutch, the Nordic languages.
  're|fw|fwd|aw|antw|antwort|wg|weitergeleitet|doorst|sv|vs|vb|vl|fs|svar|vedr|' +
  // French, Italian, Spanish, Portuguese, Romanian, Catalan.
  'ré|réf|tr|r|i|rif|inoltra|inoltro|rv|res|resp|enc|ref|răsp|' +
  // Polish, Czech, Hungarian, Turkish, Greek, Welsh, Indonesian, Vietnamese, Estonian.
  'odp|pd|vá|továbbítás|ynt|ilt|i̇lt|απ|σχετ|πρθ|atb|yml|bls|trs|tl|hl|vast|edasi|' +
  // Russian, Ukrainian, Hebrew, Arabic.
  'отв|ответ|пересл|на|пер|відп|השב|תגובה|הועבר|رد|إعادة توجيه|' +
  // Chinese, Japanese, Korean.
  '回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|답장|회신|전달';
const FRONT = new RegExp(
  `^(?:${PREFIXES})\\s*(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\)|\\^\\d{1,3}|\\d{1,2})?\\s*[:：]\\s*`,
  'iu',
);

/** Lower case, single spaces, no prefixes. Empty where nothing else is in it. */
export function normaliseSubject(subject: string): string {
  let text = oneLine(decodeWords(subject), 2000).normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  for (;;) {
    const shorter = text.replace(FRONT, '');
    if (shorter === text) return text.trim();
    text = shorter;
  }
}

/** What an add-on asks to do to the mail that is being written (`UpdateDraftActionResponse`; facts, platform 5.3). */
import { isObject, object, objects, text } from '../cards/read';
import { parseAddresses, sameAddress, typedAddress } from './addresses';

export interface DraftUpdate {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** Undefined: stays as it is. */
  readonly subject: string | undefined;
  readonly contents: readonly DraftContent[];
  readonly where: 'cursor' | 'start' | 'end';
}

export interface DraftContent {
  readonly content: string;
  readonly kind: 'text' | 'html' | 'fixed-html';
}

const KINDS: Readonly<Record<string, DraftContent['kind']>> = {
  MUTABLE_HTML: 'html',
  IMMUTABLE_HTML: 'fixed-html',
};
const PLACES: Readonly<Record<string, DraftUpdate['where']>> = { INSERT_AT_START: 'start', INSERT_AT_END: 'end' };

/** Undefined where the answer is about no draft. */
export function readDraftUpdate(value: unknown): DraftUpdate | undefined {
  if (!isObject(value)) return undefined;
  const body = object(value['body']);
  return {
    to: addresses(value['to']),
    cc: addresses(value['cc']),
    bcc: addresses(value['bcc']),
    subject: typeof value['subject'] === 'string' ? value['subject'] : undefined,
    contents: objects(body['contents']).map(({ content, contentType }) => ({
      content: text(content),
      kind: KINDS[text(contentType)] ?? 'text',
    })),
    where: PLACES[text(body['updateType'])] ?? 'cursor',
  };
}

export function changesNothing({ to, cc, bcc, subject, contents }: DraftUpdate): boolean {
  return [to, cc, bcc, contents].every(({ length }) => length === 0) && subject === undefined;
}

/** The recipients that are typed, and behind them those that are not among them yet. */
export function withRecipients(typed: string, added: readonly string[]): string {
  const present = parseAddresses(typed);
  const fresh = added
    .flatMap(parseAddresses)
    .filter(({ address }) => !present.some((entry) => sameAddress(entry.address, address)));
  return [typed.trim().replace(/[,;]$/, ''), ...fresh.map(typedAddress)].filter((entry) => entry !== '').join(', ');
}

function addresses(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text).filter((entry) => entry !== '') : [];
}

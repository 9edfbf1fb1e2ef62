/** Partial responses: `fields=history(id,messagesAdded/message/id),historyId` (facts, platform 3.5). */
import { ApiError } from './errors';

/** Undefined stands for "everything below". */
type Mask = Map<string, Mask | undefined>;

const NAMES = new Set(
  (
    'kind emailAddress messagesTotal threadsTotal historyId id threadId labelIds snippet internalDate sizeEstimate raw payload partId mimeType ' +
    'filename headers name value body attachmentId size data parts messages nextPageToken resultSizeEstimate threads drafts message ' +
    'labels messageListVisibility labelListVisibility type color textColor backgroundColor messagesUnread threadsUnread history ' +
    'messagesAdded messagesDeleted labelsAdded labelsRemoved sendAs sendAsEmail displayName replyToAddress signature isPrimary ' +
    'isDefault treatAsAlias verificationStatus smtpMsa classificationLabelValues'
  ).split(' '),
);

const masks = new Map<string, Mask>();

function invalid(selection: string): ApiError {
  const message = `Invalid field selection ${selection}`;
  return new ApiError({
    code: 400,
    message: 'Request contains an invalid argument.',
    detail: message,
    reason: 'invalidParameter',
    status: 'INVALID_ARGUMENT',
    more: { location: 'fields', locationType: 'parameter' },
  });
}

class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  read(): Mask {
    const mask = this.list();
    if (this.position < this.text.length) throw invalid(this.text);
    return mask;
  }

  private list(): Mask {
    const mask: Mask = new Map();
    do this.item(mask);
    while (this.take(','));
    return mask;
  }

  private item(mask: Mask): void {
    const found = /^\s*([A-Za-z0-9_*]+)\s*/.exec(this.text.slice(this.position, this.position + 100));
    if (found === null) throw invalid(this.text);
    const [whole, name] = found;
    if (name !== '*' && !NAMES.has(name)) throw invalid(name);
    this.position += whole.length;
    let below: Mask | undefined;
    if (this.take('/')) {
      below = new Map();
      this.item(below);
    } else if (this.take('(')) {
      below = this.list();
      if (!this.take(')')) throw invalid(this.text);
    }
    const before = mask.get(name);
    if (mask.has(name) && (before === undefined || below === undefined)) mask.set(name, undefined);
    else mask.set(name, before === undefined || below === undefined ? below : new Map([...before, ...below]));
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }
}

/** @throws ApiError 400 for a selection that names no field of the API */
export function selectFields(value: unknown, fields: string | undefined): unknown {
  if (fields === undefined || fields === '') return value;
  let mask = masks.get(fields);
  if (mask === undefined) {
    if (fields.length > 2_000) throw invalid(fields.slice(0, 100));
    mask = new Reader(fields).read();
    if (masks.size > 1_000) masks.clear();
    masks.set(fields, mask);
  }
  return pick(value, mask);
}

function pick(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((entry) => pick(entry, mask));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  const all = mask.has('*');
  const wildcard = mask.get('*');
  for (const [name, entry] of Object.entries(value)) {
    if (!mask.has(name) && !all) continue;
    const below = mask.has(name) ? mask.get(name) : wildcard;
    result[name] = below === undefined ? entry : pick(entry, below);
  }
  return result;
}

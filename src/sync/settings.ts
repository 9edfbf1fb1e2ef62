/**
 * What the user has set: pure. Kept in the head, which is the one value that is never half lost: a forgotten exclusion
 * would send private mail to the CRM.
 */

export interface Settings {
  /** When they were saved: of two commands the later one counts, in whichever order they are found. */
  readonly savedAt: number;
  /** Addresses (`a@b.example`) and domains (`b.example`, with everything below it) that are never synced; lower case. */
  readonly excluded: readonly string[];
  /** Mail among addresses of the user's own domain alone stays private. */
  readonly internalPrivate: boolean;
  /** Mail of a linked thread that the contact is not on goes to the CRM too (T2). */
  readonly withoutContact?: boolean;
  /** So many e-mails of one bulk send are mirrored at once (R3). */
  readonly mostBulk?: number;
  /** Files that the message upload does not take go into the location's media library, which everybody there sees (M3). */
  readonly mediaStorage?: boolean;
  /** What the label on synced mail is called (M7); empty for none, undefined for `CRM`. */
  readonly label?: string;
  /** Minutes between regular runs, as the user wants them; what the platform allows may be another number (G1). */
  readonly cadence?: WantedCadence;
}

export const WANTED_CADENCES = [1, 5, 10, 15, 30, 60] as const;
export type WantedCadence = (typeof WANTED_CADENCES)[number];
/** Where the user has set no other. */
export const FIRST_CADENCE: WantedCadence = 5;

export const FIRST_SETTINGS: Settings = { savedAt: 0, excluded: [], internalPrivate: false };

/** Where the user has set no other number (R3). */
export const MOST_BULK = 200;

/** Room in the head, in characters of all exclusions together. */
export const MOST_EXCLUDED = 900;

const DOMAIN = /^[^\s@.,;:<>"()]+(\.[^\s@.,;:<>"()]+)+$/;

export type Exclusions =
  | { readonly kind: 'read'; readonly excluded: readonly string[] }
  | { readonly kind: 'wrong'; readonly entry: string }
  | { readonly kind: 'too-many' };

/** Addresses and domains as somebody writes them down: by commas, semicolons, spaces or lines, `@b.example` for a domain. */
export function readExclusions(written: string): Exclusions {
  const excluded: string[] = [];
  for (const entry of written.split(/[\s,;]+/).filter((part) => part !== '')) {
    const name = entry.toLowerCase().replace(/^<|>$/g, '').replace(/^\*?@/, '').replace(/^\*\./, '');
    const [local, domain, more] = name.includes('@') ? name.split('@') : ['any', name];
    if (local === '' || more !== undefined || !DOMAIN.test(domain)) return { kind: 'wrong', entry };
    if (!excluded.includes(name)) excluded.push(name);
  }
  return excluded.join(',').length > MOST_EXCLUDED ? { kind: 'too-many' } : { kind: 'read', excluded };
}

/** The settings of a command, which may be written by hand; undefined where they are none. */
export function asSettings(value: unknown): Settings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { savedAt, excluded, internalPrivate, withoutContact, mostBulk, mediaStorage, label, cadence } =
    value as Record<string, unknown>;
  if (typeof savedAt !== 'number' || !Array.isArray(excluded) || typeof internalPrivate !== 'boolean') return undefined;
  if (!excluded.every((entry): entry is string => typeof entry === 'string')) return undefined;
  const read = readExclusions(excluded.join(' '));
  if (read.kind !== 'read') return undefined;
  const bulk = typeof mostBulk === 'number' && mostBulk >= 0 ? { mostBulk: Math.floor(mostBulk) } : {};
  const named = typeof label === 'string' ? readLabelName(label) : undefined;
  const wanted = WANTED_CADENCES.find((minutes) => minutes === cadence);
  return {
    savedAt,
    excluded: read.excluded,
    internalPrivate,
    withoutContact: withoutContact === true,
    ...bulk,
    ...(wanted === undefined ? {} : { cadence: wanted }),
    ...(mediaStorage === true ? { mediaStorage } : {}),
    ...(named === undefined ? {} : { label: named }),
  };
}

/** A label's name as somebody writes it down; empty for none. Undefined where Gmail would not take it. */
export function readLabelName(written: string): string | undefined {
  const name = written.trim().replace(/\s+/g, ' ');
  // The add-on's own ones, and those of Gmail, which nobody can make.
  const taken = /^(threadlink|crm\/|inbox$|sent$|drafts?$|spam$|trash$|unread$|starred$|important$|chats?$)/i.test(
    name,
  );
  return name.length > 60 || taken || /^\/|\/$|\/\/|[\p{Cc}]/u.test(name) ? undefined : name;
}

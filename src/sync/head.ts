/**
 * Reading a head: pure, and total for any text. Its checksum tells a torn or hand-edited one apart; what passes that and
 * still is not as it should be (another version of the add-on wrote it, a number that is none) is read to a defined value,
 * or not at all where nothing could be built on it.
 */
import type { Connection, Head } from './state';

/** Of the head as it is written now. */
export const VERSION = 3;

type Kind = 'text' | 'number' | 'list' | 'record' | 'flag';

/** Every field of a head: a new one has to be said here. */
const KINDS: { readonly [Field in keyof Required<Head>]: Kind } = {
  version: 'number',
  generation: 'number',
  run: 'text',
  connection: 'record',
  labels: 'record',
  claim: 'record',
  settings: 'record',
  history: 'text',
  crmAt: 'number',
  page: 'text',
  intents: 'list',
  pages: 'record',
  echoes: 'list',
  passedAt: 'number',
  startedAt: 'number',
  sweptAt: 'number',
  due: 'number',
  trouble: 'text',
  today: 'record',
  marks: 'record',
  attention: 'list',
  sends: 'list',
  ownSync: 'record',
  bulk: 'record',
  cadence: 'number',
  gap: 'record',
  rereadAt: 'number',
  attempt: 'record',
  spent: 'record',
  crmLeft: 'number',
  joinsBy: 'text',
  incident: 'record',
  mendedAt: 'number',
  forgotten: 'number',
  ownCopies: 'flag',
  rebuild: 'flag',
  doubt: 'flag',
};

/** Without one of these there is no head. */
const NEEDED: readonly (keyof Head)[] = ['connection', 'history', 'pages'];
const NEEDED_OF_CONNECTION: readonly (keyof Connection)[] = [
  ...(['token', 'location', 'crmUser', 'mailbox', 'address', 'installation'] as const),
];

/** `later` is one from a later version of the add-on: it is not touched, since it may hold what this one would drop. */
export function readHeadText(text: string): Head | 'later' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { version } = value;
  if (typeof version !== 'number' || version < 1) return undefined;
  if (version > VERSION) return 'later';
  for (const field of NEEDED) if (!isOfKind(value[field], KINDS[field])) return undefined;
  const connection = value['connection'] as Record<string, unknown>;
  if (!NEEDED_OF_CONNECTION.every((field) => typeof connection[field] === 'string')) return undefined;
  return whole(value);
}

/** Versions 1 and 2 had nothing that is read otherwise now; what they lacked may be missing. */
function whole(value: Readonly<Record<string, unknown>>): Head {
  const found: Record<string, unknown> = { ...value, version: VERSION };
  for (const [field, kind] of Object.entries(KINDS)) if (!isOfKind(value[field], kind)) delete found[field];
  const { connection, ...rest } = found as unknown as Head;
  return {
    ...BLANK,
    ...rest,
    version: VERSION,
    // One that is no number names a page that is not there.
    pages: Object.fromEntries(Object.entries(rest.pages).map(([name, of]) => [name, isOfKind(of, 'number') ? of : 0])),
    connection: {
      ...connection,
      ownAddresses: isOfKind(connection.ownAddresses, 'list') ? connection.ownAddresses : [connection.address],
    },
  };
}

/** What is read where a field is missing, or a number is none. */
const BLANK: Omit<Head, 'version' | 'connection' | 'history' | 'pages'> = {
  generation: 0,
  run: '',
  crmAt: 0,
  page: '',
  intents: [],
  echoes: [],
  passedAt: 0,
  startedAt: 0,
  sweptAt: 0,
  due: 1,
  trouble: '',
  today: { day: 0, mirrored: 0, delivered: 0, pushed: 0 },
  cadence: 60,
};

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'record':
      return isRecord(value);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads armed faults as they come from outside; throws an `Error` that says what is wrong with one. */
import type { Answer, Fault } from '../../core/services';

const ANSWERS: ReadonlySet<string> = new Set<Answer>([
  '401',
  '403-rate',
  '404',
  '413',
  '422',
  '429',
  '500',
  '502',
  '503',
  'html',
  'truncated',
  'empty',
  'timeout',
  'dns',
  'refused',
  'slow',
]);

/** How late a late effect is where the fault does not say. */
const LATE_MS = 60_000;

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
const count: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? undefined : 'must be a whole number from 1';
const oneOf =
  (known: ReadonlySet<string>): Check =>
  (value) =>
    typeof value === 'string' && known.has(value) ? undefined : `must be one of ${[...known].join(', ')}`;

const FIELDS: Readonly<Record<keyof Fault, Check>> = {
  nth: count,
  service: text,
  host: text,
  path: text,
  method: text,
  times: count,
  skip: count,
  forMs: count,
  kill: oneOf(new Set(['before', 'after'])),
  answer: oneOf(ANSWERS),
  effect: oneOf(new Set(['none', 'done', 'late', 'twice'])),
  lateMs: (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0 ? undefined : 'must be milliseconds from 0',
  runInside: (value) =>
    isRecord(value) && typeof value.user === 'string' && typeof value.function === 'string'
      ? undefined
      : 'must be {user, function}',
  act: (value) => (isRecord(value) ? undefined : 'must be an object'),
};

export function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new Error('faults must be a list');
  return value.map((entry: unknown, index) => readFault(entry, `fault ${index + 1}`));
}

function readFault(value: unknown, where: string): Fault {
  if (!isRecord(value)) throw new Error(`${where} must be an object`);
  for (const [name, field] of Object.entries(value)) {
    if (!Object.hasOwn(FIELDS, name)) throw new Error(`${where}: there is no field "${name}"`);
    const wrong = field === undefined ? undefined : FIELDS[name as keyof Fault](field);
    if (wrong !== undefined) throw new Error(`${where}: ${name} ${wrong}`);
  }
  const fault = value as Fault;
  if (!fault.kill && !fault.answer && !fault.effect && !fault.runInside && !fault.act) {
    throw new Error(`${where} does nothing: it needs kill, answer, effect, runInside or act`);
  }
  if (fault.nth !== undefined && (fault.skip !== undefined || fault.forMs !== undefined)) {
    throw new Error(`${where}: skip and forMs do not go with nth`);
  }
  if (fault.lateMs !== undefined && fault.effect !== 'late') {
    throw new Error(`${where}: lateMs belongs to the effect "late"`);
  }
  return Object.freeze(fault.effect === 'late' ? { lateMs: LATE_MS, ...fault } : { ...fault });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

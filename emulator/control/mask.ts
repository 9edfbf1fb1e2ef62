/** Takes secrets out of what the control calls show: whoever looks over a shoulder must not get a token. */
const MASK = '•••';

/** The forms in which the emulated services and the real ones give out tokens and codes. */
const TOKENS = /\bpit-[\w-]{4,}|\bya29\.[\w.-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bBearer\s+[\w.~+/-]+=*/g;
const SECRET_NAME = /token|secret|password|refresh|credential|^(access|pit|code|verifier)$/i;

/** One stored value, by its key: JSON is looked through, other text is searched for tokens; `known` are tokens in use. */
export function maskValue(key: string, value: string, known: readonly string[]): string {
  return maskText(key, value, known);
}

function maskText(name: string, text: string, known: readonly string[]): string {
  const parsed = parse(text);
  if (typeof parsed === 'object' && parsed !== null) return JSON.stringify(maskTree(name, parsed, known));
  if (SECRET_NAME.test(name) && text !== '') return MASK;
  return known.reduce((masked, token) => masked.split(token).join(MASK), text).replace(TOKENS, MASK);
}

function maskTree(name: string, value: unknown, known: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(name, value, known);
  if (Array.isArray(value)) return value.map((entry) => maskTree(name, entry, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, maskTree(key, entry, known)]));
}

function parse(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

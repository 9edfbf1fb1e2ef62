/** Reads `q`: words, quoted phrases, operator:value, -not, OR and {either}, (groups). */
export type Query =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  | { readonly kind: 'term'; readonly operator: string; readonly value: string };

const TOKEN = /\s*(?:(\(|\)|\{|\})|(-?)(?:([A-Za-z_]+\w*):)?(?:"([^"]*)"?|([^\s"(){}]*)))/y;
/** Deeper groups are read as their words. */
const DEEPEST = 50;

interface Token {
  readonly kind: '(' | ')' | '{' | '}' | 'or' | 'term';
  readonly negated: boolean;
  readonly operator: string;
  readonly value: string;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null || TOKEN.lastIndex === from) {
      TOKEN.lastIndex = from + 1;
      continue;
    }
    const [, bracket, minus, operator = '', quoted, plain = ''] = match;
    if (bracket !== undefined) found.push({ kind: bracket as '(', negated: false, operator: '', value: '' });
    else if (minus === '' && operator === '' && quoted === undefined && (plain === 'OR' || plain === '|')) {
      found.push({ kind: 'or', negated: false, operator: '', value: '' });
    } else if (minus !== '' || operator !== '' || (quoted ?? plain) !== '') {
      found.push({ kind: 'term', negated: minus === '-', operator: operator.toLowerCase(), value: quoted ?? plain });
    }
  }
  return found;
}

export function parseQuery(text: string): Query {
  const list = tokens(text.slice(0, 10_000));
  let position = 0;

  const sequence = (end: ')' | '}' | undefined, operator: string, depth: number): Query => {
    const parts: Query[] = [];
    let joins = false;
    while (position < list.length) {
      const token = list[position];
      if (token.kind === end) {
        position++;
        break;
      }
      if (token.kind === 'or') {
        position++;
        joins = parts.length > 0;
        continue;
      }
      const next = unit(operator, depth);
      if (next === undefined) continue;
      const last = parts.at(-1);
      // OR binds closer than the blank between two terms.
      if (joins && last !== undefined) parts[parts.length - 1] = { kind: 'any', of: [last, next] };
      else parts.push(next);
      joins = false;
    }
    return { kind: end === '}' ? 'any' : 'all', of: parts };
  };

  const unit = (operator: string, depth: number): Query | undefined => {
    const token = list[position++];
    if (token.kind === '(' || token.kind === '{') {
      return depth >= DEEPEST ? undefined : sequence(token.kind === '(' ? ')' : '}', operator, depth + 1);
    }
    if (token.kind !== 'term') return undefined;
    const own = token.operator === '' ? operator : token.operator;
    let query: Query;
    const opens = list.at(position)?.kind;
    if (token.value === '' && (opens === '(' || opens === '{') && depth < DEEPEST) {
      position++;
      query = sequence(opens === '(' ? ')' : '}', own, depth + 1);
    } else {
      query = { kind: 'term', operator: own, value: token.value };
    }
    return token.negated ? { kind: 'not', of: query } : query;
  };

  return sequence(undefined, '', 0);
}

/** What a program does when it is evaluated, read off its syntax tree. */
import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  FunctionDeclaration,
  FunctionExpression,
  Literal,
  NewExpression,
  Program,
} from 'acorn';

type Callee = CallExpression['callee'];

/** Calls every node of a tree, parents first; a visitor that gives `false` keeps the walk out of that node. */
export function walk(node: AnyNode, visit: (node: AnyNode) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) walk(child, visit);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

type AnyFunction = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

const isFunction = (node: AnyNode): node is AnyFunction =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);

/** Calls and constructions that happen when the program is evaluated, each as `name of what is called`. */
export function callsAtTopLevel(program: Program): string[] {
  const calls: string[] = [];
  const visit = (node: AnyNode): boolean | undefined => {
    if (isFunction(node)) return false;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const body = wrapperBody(node);
      if (body === undefined) {
        calls.push(`${node.type === 'NewExpression' ? 'new ' : ''}${nameOf(node.callee)}`);
        return undefined;
      }
      // Evaluated where it stands: its body belongs to the top level.
      walk(body, visit);
      node.arguments.forEach((argument) => walk(argument, visit));
      return false;
    }
    if (node.type === 'TaggedTemplateExpression') calls.push(nameOf(node.tag));
    return undefined;
  };
  walk(program, visit);
  return calls;
}

/** The body of `(() => { … })()`. */
function wrapperBody(node: CallExpression | NewExpression): AnyNode | undefined {
  return node.type === 'CallExpression' && isFunction(node.callee) ? (node.callee.body ?? undefined) : undefined;
}

/** `a.b.c` of a callee; `(…)` for what has no name. */
export function nameOf(callee: Callee): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
    return `${nameOf(callee.object)}.${callee.property.name}`;
  }
  return '(…)';
}

/** The texts that are handed to functions of this name as the first argument; undefined for one that is no constant text. */
export function textsGivenTo(program: Program, method: string): (string | undefined)[] {
  const constants = new Map<string, string>();
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && isText(node.init)) {
      constants.set(node.id.name, node.init.value);
    }
    return undefined;
  });
  const texts: (string | undefined)[] = [];
  walk(program, (node) => {
    if (node.type === 'CallExpression' && nameOf(node.callee).split('.').pop() === method) {
      const [first] = node.arguments;
      if (first?.type === 'Identifier') texts.push(constants.get(first.name));
      else texts.push(isText(first) ? first.value : undefined);
    }
    return undefined;
  });
  return texts;
}

function isText(node: AnyNode | null | undefined): node is Literal & { value: string } {
  return node?.type === 'Literal' && typeof node.value === 'string';
}

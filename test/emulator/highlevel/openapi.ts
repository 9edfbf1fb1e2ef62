/** Checks values against the schemas of HighLevel's OpenAPI files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
}

export interface Operation {
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

export interface Specification {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const NAMES = [
  'calendars',
  'contacts',
  'conversations',
  'emails',
  'locations',
  'medias',
  'oauth',
  'opportunities',
  'users',
];

export const SPECIFICATIONS: readonly Specification[] = NAMES.map((name) => {
  const path = join(__dirname, '../../contract/openapi', `${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Specification;
});

/** The operation of a path in either way of writing it (`/contacts/` and `/contacts`). */
export function operationOf(method: string, path: string): { spec: Specification; operation: Operation } | undefined {
  const shape = (text: string) => text.replace(/\{[^}]*\}|:[^/]+/g, '*').replace(/\/$/, '');
  for (const spec of SPECIFICATIONS) {
    for (const [written, methods] of Object.entries(spec.paths)) {
      const operation = methods[method.toLowerCase()];
      if (operation !== undefined && shape(written) === shape(path)) return { spec, operation };
    }
  }
  return undefined;
}

/** What is wrong with a value, each as `where: what`. */
export function problemsOf(spec: Specification, schema: Schema, value: unknown, where = 'answer'): string[] {
  if (schema.$ref !== undefined) {
    const named = spec.components.schemas[schema.$ref.split('/').pop() ?? ''];
    return named === undefined ? [] : problemsOf(spec, named, value, where);
  }
  if (schema.allOf !== undefined) return schema.allOf.flatMap((part) => problemsOf(spec, part, value, where));
  if (value === null || value === undefined) return [];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${where}: not in the enum`];
  switch (schema.type) {
    case 'object':
      return problemsOfObject(spec, schema, value, where);
    case 'array':
      if (!Array.isArray(value)) return [`${where}: not an array`];
      return value.flatMap((item, index) => problemsOf(spec, schema.items ?? {}, item, `${where}[${index}]`));
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === schema.type ? [] : [`${where}: not a ${schema.type}`];
    default:
      return schema.properties === undefined ? [] : problemsOfObject(spec, schema, value, where);
  }
}

function problemsOfObject(spec: Specification, schema: Schema, value: unknown, where: string): string[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [`${where}: not an object`];
  const given = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => given[name] === undefined);
  return [
    ...missing.map((name) => `${where}.${name}: missing`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
      problemsOf(spec, inner, given[name], `${where}.${name}`),
    ),
  ];
}

/**
 * Checks requests and answers against the API's own OpenAPI files: that the operation exists, its Version, its query, its
 * body, and what comes back.
 * Knows as much of OpenAPI as those files use.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const FILES = ['conversations', 'contacts', 'locations', 'users', 'opportunities', 'medias', 'oauth'];
const DOCUMENTS = FILES.map(
  (name) => JSON.parse(readFileSync(path.join(__dirname, 'openapi', `${name}.json`), 'utf8')) as Document,
);

export interface CheckedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: 'application/json' | 'multipart/form-data' | 'application/x-www-form-urlencoded' | undefined;
  /** The JSON body, or the fields of the form; files as the text `(file)`. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

export interface Checked {
  /** Undefined where the documents have no such operation. */
  readonly operation: string | undefined;
  readonly problems: readonly string[];
}

export function checkRequest(request: CheckedRequest): Checked {
  const url = new URL(request.url);
  const found = findOperation(request.method.toLowerCase(), url.pathname);
  if (found === undefined) return { operation: undefined, problems: [] };
  const { operation, document } = found;
  const parameters = operation.parameters ?? [];
  const problems = [...queryProblems(parameters, url), ...versionProblems(parameters, request.headers)];
  const contents = operation.requestBody?.content ?? {};
  if (request.body !== undefined) {
    const content = request.contentType === undefined ? undefined : contents[request.contentType];
    if (content === undefined) problems.push(`a ${request.contentType ?? 'bare'} body is not known`);
    else problems.push(...schemaProblems(document, content.schema, request.body, 'body'));
  } else if (Object.keys(contents).length > 0) problems.push('the body is missing');
  return { operation: operation.operationId, problems };
}

/**
 * An answer against what the files say of its status: required fields and types. Fields that they do not know are no problem,
 * and neither is null: the CRM has more than its files.
 */
export function checkAnswer(
  { method, url }: Pick<CheckedRequest, 'method' | 'url'>,
  status: number,
  body: unknown,
): Checked {
  const found = findOperation(method.toLowerCase(), new URL(url).pathname);
  if (found === undefined) return { operation: undefined, problems: [] };
  const { operation, document } = found;
  const responses = operation.responses ?? {};
  // A create that is documented with 200 answers 201 and the other way round.
  const described = responses[String(status)] ?? (status < 300 ? (responses['200'] ?? responses['201']) : undefined);
  const schema = Object.values(described?.content ?? {})[0]?.schema;
  if (schema === undefined) return { operation: operation.operationId, problems: [] };
  return { operation: operation.operationId, problems: schemaProblems(document, schema, body, 'answer', true) };
}

/** Literal segments win over parameters, and a closing slash counts. */
function findOperation(method: string, pathname: string) {
  const candidates = DOCUMENTS.flatMap((document) =>
    Object.entries(document.paths)
      .filter(([template, methods]) => method in methods && pattern(template).test(pathname))
      .map(([template, methods]) => ({ template, operation: methods[method], document })),
  );
  const parameters = ({ template }: { template: string }) => template.split('{').length;
  return candidates.sort((a, b) => parameters(a) - parameters(b))[0];
}

function pattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function queryProblems(parameters: readonly Parameter[], url: URL): string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const missing = known.filter(({ name, required }) => required === true && !url.searchParams.has(name));
  const problems = missing.map(({ name }) => `query ${name} is missing`);
  for (const [name, value] of url.searchParams) {
    const schema = known.find((parameter) => parameter.name === name)?.schema;
    if (!known.some((parameter) => parameter.name === name)) problems.push(`query ${name} is not known`);
    else if (schema?.enum !== undefined && !schema.enum.includes(value))
      problems.push(`query ${name} is not in its enum`);
    else if (schema?.type === 'number' && Number.isNaN(Number(value))) problems.push(`query ${name} is not a number`);
    else if (Number(value) < (schema?.minimum ?? -Infinity) || Number(value) > (schema?.maximum ?? Infinity)) {
      problems.push(`query ${name} is out of its bounds`);
    }
  }
  return problems;
}

function versionProblems(parameters: readonly Parameter[], headers: Readonly<Record<string, string>>): string[] {
  const version = parameters.find(({ name, in: place }) => place === 'header' && name === 'Version');
  if (version === undefined || version.schema?.enum?.includes(headers.Version) === true) return [];
  return [`Version ${headers.Version} is not ${String(version.schema?.enum)}`];
}

function schemaProblems(document: Document, schema: Schema, value: unknown, at: string, lenient = false): string[] {
  if (lenient && (value === null || value === undefined)) return [];
  if (schema.$ref !== undefined) {
    // The schemas of errors are in a file beside these.
    if (lenient && schema.$ref.startsWith('../common/')) return [];
    const target = document.components.schemas[schema.$ref.split('/').pop() ?? ''];
    return target === undefined
      ? [`${at}: ${schema.$ref} is not there`]
      : schemaProblems(document, target, value, at, lenient);
  }
  if (schema.allOf !== undefined)
    return schema.allOf.flatMap((part) => schemaProblems(document, part, value, at, lenient));
  // The one enum of an object type is `direction`, whose example lists its two values (facts, highlevel 10.3).
  if (schema.type === 'object' && typeof value === 'string' && schema.properties === undefined) return [];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at} is not in its enum`];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at} is not a list`];
    return value.flatMap((entry, index) =>
      schemaProblems(document, schema.items ?? {}, entry, `${at}[${index}]`, lenient),
    );
  }
  if (schema.type === 'object' || schema.properties !== undefined)
    return objectProblems(document, schema, value, at, lenient);
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(String(value)))) return [`${at} is not a time`];
  const isTyped = ['string', 'number', 'boolean'].includes(schema.type ?? '');
  return isTyped && typeof value !== schema.type ? [`${at} is not a ${schema.type ?? ''}`] : [];
}

function objectProblems(document: Document, schema: Schema, value: unknown, at: string, lenient: boolean): string[] {
  if (typeof value !== 'object' || value === null) return [`${at} is not an object`];
  const fields = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => fields[name] === undefined);
  const problems = missing.map((name) => `${at}.${name} is missing`);
  for (const [name, field] of Object.entries(fields)) {
    const known = schema.properties?.[name];
    if (known !== undefined) problems.push(...schemaProblems(document, known, field, `${at}.${name}`, lenient));
    else if (schema.properties !== undefined && !lenient) problems.push(`${at}.${name} is not known`);
  }
  return problems;
}

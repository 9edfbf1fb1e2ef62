/** The page's built files, read once; served at the root. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

export type Page = ReadonlyMap<string, PageFile>;

/** By path: `/main.js`; `/` is `index.html`. Empty where the page is not built. */
export function readPage(folder: string): Page {
  const files = new Map<string, PageFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const type = TYPES[path.extname(entry.name)] ?? 'application/octet-stream';
    files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { type, bytes: readFileSync(file) });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

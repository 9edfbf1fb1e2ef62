/** Addresses as people type them and as headers carry them. */
import { encodeText, oneLine } from './encoded-words';

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** Commas and semicolons part addresses, but not inside quotes or angle brackets. Entries without an @ are left out. */
export function parseAddresses(line: string): MailAddress[] {
  const entries: string[] = [];
  let entry = '';
  let quoted = false;
  let angled = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (character === '\\' && quoted) {
      entry += character + (line[++i] ?? '');
      continue;
    }
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '<') angled = true;
    else if (!quoted && character === '>') angled = false;
    if ((character === ',' || character === ';') && !quoted && !angled) {
      entries.push(entry);
      entry = '';
    } else entry += character;
  }
  entries.push(entry);
  return entries.map(parseOne).filter((parsed) => parsed !== undefined);
}

function parseOne(entry: string): MailAddress | undefined {
  const angled = /^(.*)<([^<>]*)>[^<>]*$/s.exec(entry);
  const address = (angled === null ? entry : angled[2]).trim();
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) return undefined;
  const name =
    angled === null
      ? ''
      : angled[1]
          .trim()
          .replace(/^"(.*)"$/s, '$1')
          .replace(/\\(.)/g, '$1');
  return { name, address };
}

export function writeAddresses(addresses: readonly MailAddress[]): string {
  return addresses.map(writeAddress).join(',\r\n ');
}

function writeAddress({ name, address }: MailAddress): string {
  const safe = oneLine(address).replace(/[\s<>,]/g, '');
  const line = oneLine(name);
  if (line === '') return safe;
  const plain = /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+$/.test(line) && !line.includes('=?');
  const ascii = /^[\x20-\x7e]+$/.test(line) && !line.includes('=?');
  return `${plain ? line : ascii ? `"${line.replace(/(["\\])/g, '\\$1')}"` : encodeText(line)} <${safe}>`;
}

/** As a person types it again: the name in quotes where it has a comma. */
export function typedAddress({ name, address }: MailAddress): string {
  if (name === '') return address;
  return `${/[,;"<>]/.test(name) ? `"${name.replace(/["\\]/g, '')}"` : name} <${address}>`;
}

/** For a list: the name, or what is before the @. */
export function shortName({ name, address }: MailAddress): string {
  return name !== '' ? name : address.split('@')[0];
}

export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

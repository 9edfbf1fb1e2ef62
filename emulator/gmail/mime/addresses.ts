/** Reads address lists in one pass: names, quotes, comments, groups; what is no address is dropped. */
export interface MailAddress {
  readonly name: string;
  /** As written, without angle brackets. */
  readonly email: string;
}

const BARE = /^[^\s<>"(),:;@[\]\\]+@[^\s<>"(),:;@\\]+$/;

/** @param value one header value, unfolded */
export function parseAddressList(value: string): MailAddress[] {
  const found: MailAddress[] = [];
  let name = '';
  let angle: string | undefined;
  const finish = () => {
    const email = (angle ?? name).trim();
    if (email !== '') found.push({ name: angle === undefined ? '' : name.trim(), email });
    name = '';
    angle = undefined;
  };
  for (let i = 0; i < value.length; i++) {
    const character = value[i];
    if (character === '"') {
      for (i++; i < value.length && value[i] !== '"'; i++) {
        if (value[i] === '\\') i++;
        name += value[i] ?? '';
      }
    } else if (character === '(') {
      i = commentEnd(value, i);
    } else if (character === '<') {
      const end = value.indexOf('>', i);
      angle = value.slice(i + 1, end < 0 ? value.length : end);
      i = end < 0 ? value.length : end;
    } else if (character === ',' || character === ';') {
      finish();
    } else if (character === ':' && angle === undefined) {
      // The name of a group: `undisclosed-recipients:;`.
      name = '';
    } else if (angle === undefined) {
      name += character;
    }
  }
  finish();
  return found;
}

function commentEnd(value: string, from: number): number {
  let depth = 0;
  for (let i = from; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === '(') depth++;
    else if (value[i] === ')' && --depth === 0) return i;
  }
  return value.length;
}

export function isAddress(email: string): boolean {
  return email.length <= 320 && BARE.test(email);
}

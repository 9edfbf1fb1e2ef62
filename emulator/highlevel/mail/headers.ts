/** Header fields of mails that the CRM writes: encoded words, folding, parameters (RFC 5322, 2047, 2231). */

/** One header field with its line break; long values are folded at spaces. */
export function field(name: string, value: string): string {
  const words = value.replace(/[\r\n]+/g, ' ').split(' ');
  let line = `${name}:`;
  let text = '';
  for (const word of words) {
    if (line.length + 1 + word.length > 76 && line.trim() !== `${name}:`) {
      text += `${line}\r\n`;
      line = ` ${word}`;
    } else {
      line += ` ${word}`;
    }
  }
  return `${text}${line}\r\n`;
}

/** Text with encoded words of at most 75 characters where it is not plain ASCII. */
export function encoded(text: string): string {
  const clean = text.replace(/[\r\n\0]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(clean)) return clean;
  const words: string[] = [];
  let chunk = '';
  for (const character of clean) {
    if (Buffer.byteLength(chunk + character) > 45) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** `Name <a@b>` for a header, the name quoted or encoded. */
export function mailbox(name: string, address: string): string {
  const clean = address.replace(/[\s<>,;]+/g, '');
  if (name === '') return clean;
  const phrase = /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded(name);
  return `${phrase} <${clean}>`;
}

/** A parameter of Content-Type or Content-Disposition, after RFC 2231 where it is not plain ASCII. */
export function parameter(name: string, value: string): string {
  const clean = value.replace(/[\r\n\0]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(clean)) return `; ${name}="${clean.replace(/["\\]/g, '\\$&')}"`;
  const extended = encodeURIComponent(clean).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `; ${name}*=UTF-8''${extended}`;
}

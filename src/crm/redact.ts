/** Makes a service's own message fit for a log: no address, link, token or text of a mail in it (X14). */

const LIMIT = 200;

export function redact(message: string): string {
  return (
    message
      .slice(0, 1000)
      .replace(/\bhttps?:\/\/\S+/gi, '(link)')
      .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '(address)')
      .replace(/\bbearer\s+\S+/gi, '(token)')
      .replace(/\bpit-[\w-]+/gi, '(token)')
      // JSON web tokens, codes and keys. Ids of the CRM are shorter, and they help.
      .replace(/[\w.~+/-]{40,}=*/g, '(token)')
      .replace(/\+?\d[\d ().-]{7,}\d/g, '(number)')
      // Validators quote what they were given, and what they were given may be a mail's text.
      .replace(/"[^"]{25,}"|'[^']{25,}'|“[^”]{25,}”/g, '(text)')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LIMIT)
  );
}

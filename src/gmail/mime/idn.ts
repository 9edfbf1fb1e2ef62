/** Domain names with letters outside ASCII, in their ASCII form (RFC 3492, punycode). */

const BASE = 36;
const FIRST = 0x80;

/** Lower case and in ASCII. Undefined where it has no ASCII form. */
export function asciiDomain(domain: string): string | undefined {
  const labels = domain
    .normalize('NFKC')
    .toLowerCase()
    .split(/[.\u3002]/);
  const encoded = labels.map((label) => (/^[\0-\x7f]*$/.test(label) ? label : encodeLabel(label)));
  const name = encoded.join('.');
  const sane = name.length <= 253 && encoded.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  return sane ? name : undefined;
}

function encodeLabel(label: string): string {
  const codes = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  let output = codes
    .filter((code) => code < FIRST)
    .map((code) => String.fromCharCode(code))
    .join('');
  const basic = output.length;
  if (basic > 0) output += '-';
  let handled = basic;
  let code = FIRST;
  let delta = 0;
  let bias = 72;
  while (handled < codes.length) {
    const next = Math.min(...codes.filter((one) => one >= code));
    delta += (next - code) * (handled + 1);
    code = next;
    for (const one of codes) {
      if (one < code) delta += 1;
      if (one !== code) continue;
      let rest = delta;
      for (let step = BASE; ; step += BASE) {
        const threshold = Math.min(Math.max(step - bias, 1), 26);
        if (rest < threshold) break;
        output += digit(threshold + ((rest - threshold) % (BASE - threshold)));
        rest = Math.floor((rest - threshold) / (BASE - threshold));
      }
      output += digit(rest);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    code += 1;
  }
  return `xn--${output}`;
}

function digit(value: number): string {
  return 'abcdefghijklmnopqrstuvwxyz0123456789'[value];
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let step = 0;
  for (; rest > 455; step += BASE) rest = Math.floor(rest / 35);
  return step + Math.floor((36 * rest) / (rest + 38));
}

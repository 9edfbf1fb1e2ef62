/** Trace ids in the form of a UUID, made from the number of the request, so that they cost no random state. */
export function traceIdOf(requests: number, salt: number): string {
  let hash = Math.imul(requests + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  let digits = '';
  for (let i = 0; i < 4; i++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + i;
    digits += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return [0, 8, 12, 16, 20].map((at, i, all) => digits.slice(at, all[i + 1] ?? 32)).join('-');
}

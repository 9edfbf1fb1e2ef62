/** What happens to mail on the way, from a seed: bytes that change, lines that are lost, doubled or swapped, ends that are missing. */
import type { UglyMail } from './expectation';

/** Mulberry32: a sequence that is the same wherever it runs. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutation = (lines: string[], random: (below: number) => number) => string[];

/** Over latin1 lines with their ends. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (lines, random) => lines.slice(0, 1 + random(lines.length)),
  'lose a line': (lines, random) => lines.filter((_, index) => index !== random(lines.length)),
  'double a line': (lines, random) => around(lines, random, (line) => [line, line]),
  'swap two lines': (lines, random) => {
    const [a, b] = [random(lines.length), random(lines.length)];
    return lines.map((line, index) => (index === a ? lines[b] : index === b ? lines[a] : line));
  },
  'change a byte': (lines, random) =>
    around(lines, random, (line) => {
      const at = random(line.length || 1);
      return [line.slice(0, at) + String.fromCharCode(random(256)) + line.slice(at + 1)];
    }),
  'insert rubbish': (lines, random) =>
    around(lines, random, (line) => [
      line,
      `${String.fromCharCode(...Array.from({ length: 40 }, () => random(256)))}\r\n`,
    ]),
  'line ends of LF': (lines) => lines.map((line) => line.replace('\r\n', '\n')),
  'line ends of CR': (lines, random) => around(lines, random, (line) => [line.replace('\r\n', '\r')]),
  'an empty line': (lines, random) => around(lines, random, (line) => ['\r\n', line]),
  'all in one line': (lines, random) => around(lines, random, (line) => [line.trimEnd()]),
};

function around(lines: string[], random: (below: number) => number, change: (line: string) => string[]): string[] {
  const at = random(lines.length);
  return lines.flatMap((line, index) => (index === at ? change(line) : [line]));
}

/** `count` mails, each one of `mails` after one to four mutations. */
export function mutated(mails: readonly UglyMail[], count: number, seed: number): UglyMail[] {
  const random = randomFrom(seed);
  const kinds = Object.keys(MUTATIONS);
  return Array.from({ length: count }, (_, index) => {
    const base = mails[random(mails.length)];
    let lines: string[] = base.raw.toString('latin1').match(/[^\n]*\n|[^\n]+$/g) ?? [''];
    const done: string[] = [];
    for (let step = 1 + random(4); step > 0; step -= 1) {
      const kind = kinds[random(kinds.length)];
      done.push(kind);
      lines = MUTATIONS[kind](lines.length === 0 ? [''] : lines, random);
    }
    return {
      name: `seed ${seed}, ${index}: ${base.name}, ${done.join(', ')}`,
      raw: Buffer.from(lines.join(''), 'latin1'),
    };
  });
}

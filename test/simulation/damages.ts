/** What can become of the property store: every way in which somebody edits, loses or puts back what is in it (X11). */
export type Stored = Readonly<Record<string, string>>;

export interface Damage {
  readonly name: string;
  /** Of a store as it is and as it was a step earlier, what is under which key then; undefined for nothing. */
  readonly does: Readonly<Record<string, string | undefined>>;
  /** Something that the head in use names is missing, or the head itself. */
  readonly hurts: boolean;
}

/** What the engine keeps: the head, the one before it, the pages. */
function isEngines(key: string): boolean {
  return key === 'head' || key === 'head.prev' || key.startsWith('page.');
}

function namedBy(head: string | undefined): string[] {
  const text = head?.slice(7) ?? '';
  // A head that was damaged before names nothing.
  const pages = /"pages":(\{[^{}]*\})/.exec(text)?.[1] ?? '{}';
  return Object.entries(JSON.parse(pages) as Record<string, number>).map(
    ([name, generation]) => `page.${name}.${generation.toString(36)}`,
  );
}

/** Every damage of this store. `before` is what was in it a step earlier. */
export function damagesOf(stored: Stored, before: Stored): Damage[] {
  const keys = Object.keys(stored).filter(isEngines);
  const used = ['head', ...namedBy(stored['head'])];
  const all = (value: (key: string) => string | undefined, which = keys) =>
    Object.fromEntries(which.map((key) => [key, value(key)]));
  const short = (key: string): string => key.replace(/\.[0-9a-z]+$/, (end) => (key.startsWith('page.') ? '' : end));
  const one = (what: string, value: (key: string) => string | undefined): Damage[] =>
    keys.map((key) => ({ name: `${short(key)} ${what}`, does: { [key]: value(key) }, hurts: used.includes(key) }));
  const pages = namedBy(stored['head']);
  const former = namedBy(before['head']);
  return [
    ...one('deleted', () => undefined),
    ...one('cut in half', (key) => stored[key].slice(0, stored[key].length / 2)),
    ...one('garbage', () => 'x'),
    ...one('another character', (key) => `${stored[key].slice(0, -3)}?${stored[key].slice(-2)}`),
    ...pages.flatMap((key) => {
      const old = former.find((other) => short(other) === short(key) && other !== key);
      if (old === undefined) return [];
      return [{ name: `${short(key)} as it was`, does: { [key]: before[old] }, hurts: true }];
    }),
    ...(before['head'] === undefined ? [] : [{ name: 'head as it was', does: { head: before['head'] }, hurts: false }]),
    ...(pages.length < 2
      ? []
      : [
          {
            name: 'two pages swapped',
            does: { [pages[0]]: stored[pages[1]], [pages[1]]: stored[pages[0]] },
            hurts: true,
          },
        ]),
    {
      name: 'all pages deleted',
      does: all(
        () => undefined,
        keys.filter((key) => key.startsWith('page.')),
      ),
      hurts: pages.length > 0,
    },
    { name: 'both heads garbage', does: all(() => 'x', ['head', 'head.prev']), hurts: true },
    { name: 'both heads deleted', does: all(() => undefined, ['head', 'head.prev']), hurts: true },
    {
      name: 'everything wiped',
      does: Object.fromEntries(Object.keys(stored).map((key) => [key, undefined])),
      hurts: true,
    },
  ];
}

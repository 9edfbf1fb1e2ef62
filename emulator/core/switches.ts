/**
 * Behaviour of the real platforms that no document settles. Each is a switch with the value that the facts think
 * likeliest as its default; `PUT /emulator/crm/settings` sets them, and the simulation runs both ways. A service adds
 * its switches to its own `switches.ts` with this shape and the world merges them.
 */
export interface Switch<Value extends string | number | boolean = string | number | boolean> {
  readonly value: Value;
  /** Other values that may be set; for booleans and numbers left out. */
  readonly choices?: readonly Value[];
  /** What it changes, in one sentence, with the line of the facts that leaves it open. */
  readonly about: string;
}

export type SwitchTable = Readonly<Record<string, Switch>>;

/** The values in force, by name. */
export type SwitchValues<Table extends SwitchTable> = {
  [Name in keyof Table]: Table[Name]['value'] extends boolean
    ? boolean
    : Table[Name]['value'] extends number
      ? number
      : string;
};

export function defaultsOf<Table extends SwitchTable>(table: Table): SwitchValues<Table> {
  return Object.fromEntries(Object.entries(table).map(([name, { value }]) => [name, value])) as SwitchValues<Table>;
}

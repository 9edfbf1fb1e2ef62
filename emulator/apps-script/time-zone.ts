/** Time zones by their IANA names, from the table that Node carries; an unknown name is taken for UTC. */
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
        era: 'short',
      });
    } catch {
      format = undefined;
    }
    formats.set(zone, format);
  }
  return formats.get(zone);
}

export function isUtc(zone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Universal|Greenwich)$|^GMT$|^Etc\/GMT[+-]?0$/i.test(zone);
}

/** Asked once: it takes long and does not change while the process lives. */
let machineZone: string | undefined;

/** Is this machine's local time that of the zone, so that nothing needs to be put in its place? */
export function isMachineZone(zone: string): boolean {
  machineZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return machineZone === zone || (isUtc(machineZone) && isUtc(zone));
}

/** The name in English, as `Date.prototype.toString` puts it in brackets. */
export function zoneName(zone: string, ms: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: isKnownZone(zone) ? zone : 'UTC', timeZoneName: 'long' });
  return format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

export function isKnownZone(zone: string): boolean {
  return isUtc(zone) || formatOf(zone) !== undefined;
}

/** Minutes that the zone is ahead of UTC at that moment. */
export function offsetMinutes(zone: string, ms: number): number {
  const format = isUtc(zone) || Number.isNaN(ms) ? undefined : formatOf(zone);
  if (format === undefined) return 0;
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = value;
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
  const asUtc = Date.UTC(
    year,
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
  );
  return Math.round((asUtc - Math.floor(ms / 1000) * 1000) / 60_000);
}

/** A date whose UTC fields are the local fields of that moment in the zone. */
export function toLocal(zone: string, ms: number): Date {
  return new Date(ms + offsetMinutes(zone, ms) * 60_000);
}

/** The moment at which the zone's clock shows these local fields, given as if they were UTC. */
export function fromLocal(zone: string, asUtc: number): number {
  const first = asUtc - offsetMinutes(zone, asUtc) * 60_000;
  return asUtc - offsetMinutes(zone, first) * 60_000;
}

/** Is this user connected, and when does the add-on run next? */
import type { WorldState } from '../api/control';
import { untilMoment } from '../parts/moment';

interface ConnectionProps {
  readonly state: WorldState;
  readonly user: string;
  readonly live: boolean;
  /** What is going on, in words; empty where nothing is. */
  readonly doing: string;
}

export function ConnectionState({ state, user, live, doing }: ConnectionProps) {
  const triggers = state.triggers.filter((trigger) => trigger.user === user);
  const recurring = triggers.find(({ everyMinutes }) => everyMinutes !== undefined);
  const next = triggers.map(({ at }) => at).filter((at) => at !== undefined && at >= state.clock) as number[];
  const connected = (state.properties[user]?.count ?? 0) > 0;
  const text = !connected
    ? 'Not connected'
    : recurring === undefined
      ? 'Connected, no timer'
      : `Connected, every ${recurring.everyMinutes} min`;
  return (
    <p class="connection" data-connected={connected}>
      <span class="lamp" aria-hidden="true" />
      <span>
        {text}
        <small role={doing === '' ? undefined : 'status'}>
          {doing || (next.length > 0 ? `next run ${untilMoment(Math.min(...next), state.clock)}` : 'no run is due')}
          {!live && ' · waiting for the emulator'}
        </small>
      </span>
    </p>
  );
}

/** Time and trouble: the clock, what is armed against the add-on, what it did, and whether both sides still agree. */
import type { WorldState } from '../api/control';
import { usePass } from '../shell/use-pass';
import { BalanceView } from './balance-view';
import { ClockView } from './clock-view';
import { FaultsView } from './faults-view';
import { RunsView } from './runs-view';
import { LogView, StoreView } from './store-view';
import { SwitchesView } from './switches-view';

interface TroubleProps {
  readonly state: WorldState;
  readonly user: string;
  readonly version: number;
  readonly onChanged: () => void;
  readonly onTimePassed: () => void;
}

export function TroublePanel({ state, user, version, onChanged, onTimePassed }: TroubleProps) {
  const passing = usePass(onTimePassed);
  const { users } = state.crm;
  const quiet = state.accounts.filter(({ behaviour }) => behaviour?.delivery === 'takes' && behaviour.autoReply === '');
  const addresses = new Set(quiet.map(({ email }) => email.toLowerCase()));
  const contacts = state.crm.contacts.filter(({ email }) => addresses.has(email.toLowerCase()));
  const now = state.clock;
  return (
    <div class="trouble">
      <BalanceView {...{ user, users, contacts, now, version, onChanged }} />
      <FaultsView {...{ user, version, onChanged }} />
      <ClockView {...{ state, passing }} />
      <RunsView {...{ version, now }} />
      <StoreView {...{ user, version }} />
      <LogView {...{ version, now }} />
      <SwitchesView {...{ version, onChanged }} />
    </div>
  );
}

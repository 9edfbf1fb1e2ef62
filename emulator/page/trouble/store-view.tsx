/** What the add-on stored for this user, against what the platform allows, and what it logged. */
import { readLog, readStore } from '../api/trouble';
import { Failure } from '../parts/empty';
import { briefMoment } from '../parts/moment';
import { useLoaded } from '../shell/use-loaded';
import { Block } from './block';

/** facts, platform 2.1 */
const STORE_BYTES = 500_000;
const VALUE_BYTES = 9_216;
const LINES = 30;
const LOUD = new Set(['WARNING', 'ERROR']);

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;

export function StoreView({ user, version }: { user: string; version: number }) {
  const { value: store = {}, error } = useLoaded(`store ${user}`, version, () => readStore(user));
  const entries = Object.entries(store).map(([key, value]) => ({ key, value, bytes: bytesOf(key) + bytesOf(value) }));
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Block title="Store">
      {error !== undefined && <Failure text={error} />}
      <p class="note">
        {entries.length} of the user's properties, {kilobytes(total)} of {kilobytes(STORE_BYTES)}; a value may have{' '}
        {kilobytes(VALUE_BYTES)}.
      </p>
      <meter min={0} max={STORE_BYTES} value={total} aria-label="Size of the store" />
      {entries.map(({ key, value, bytes }) => (
        <details key={key}>
          <summary>
            <span class="grow">
              <code>{key}</code>
            </span>
            <small>{kilobytes(bytes)}</small>
          </summary>
          <pre tabIndex={0}>{value}</pre>
        </details>
      ))}
    </Block>
  );
}

export function LogView({ version, now }: { version: number; now: number }) {
  const { value: lines = [], error } = useLoaded('log', version, () => readLog(LINES));
  return (
    <Block title="Log">
      {error !== undefined && <Failure text={error} />}
      {lines.length === 0 && <p class="note">The add-on has logged nothing.</p>}
      <ul class="log">
        {[...lines].reverse().map(({ seq, at, level, text }) => (
          <li key={seq}>
            <span class="when">{briefMoment(at, now)}</span> {LOUD.has(level) && <b>{level}</b>} <code>{text}</code>
          </li>
        ))}
      </ul>
    </Block>
  );
}

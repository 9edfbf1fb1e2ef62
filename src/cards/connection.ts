/** What home, settings and the card of a thread say alike of the connection (S1). */
import type { SyncView } from '../sync/view';
import type { Format } from './format';
import type { Widget } from './model';
import type { Words } from './words';

const MINUTE = 60_000;

/** `Last sync 7 minutes ago · next in 53 minutes`. */
export function beatLine({ home }: Words, view: SyncView, format: Format): string {
  const beat = Math.max(view.passedAt, view.startedAt);
  const every = view.slow === '' ? view.cadence : 60;
  const next = view.cadence === 0 ? home.nextNone : home.next(format.soon(beat + every * MINUTE));
  return `${home.last(format.ago(view.passedAt))} · ${next}`;
}

export function addressRow({ home }: Words, { address }: SyncView['connection']): Widget {
  return { kind: 'row', icon: 'mail', above: home.address, text: address };
}

/** Between which user and which sub-account, and how. */
export function connectionRows({ home }: Words, { crmUserName, locationName, kind }: SyncView['connection']): Widget[] {
  return [
    { kind: 'row', icon: 'person', above: home.user, text: crmUserName },
    { kind: 'row', icon: 'business', above: home.subAccount, text: locationName },
    { kind: 'row', icon: 'link', above: home.kind, text: kind === 'oauth' ? home.kindOauth : home.kindToken },
  ];
}

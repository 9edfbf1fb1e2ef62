/** The add-on's card on top, or what stands there before there is one: it opens, or it failed. */
import { CardHostContext } from '../cards/actions';
import { CardView } from '../cards/card';
import { Failure } from '../parts/empty';
import type { Cards } from './use-cards';

export function ShownCards({ cards: { top, host, busy, failure, open } }: { cards: Cards }) {
  return (
    <>
      <div
        class="progress"
        data-busy={busy}
        role="progressbar"
        aria-label="The add-on is working"
        aria-hidden={!busy}
      />
      {failure !== undefined && (
        <div class="failed-card">
          <Failure text={`The add-on answered with an error: ${failure}`} />
          {top === undefined && (
            <button type="button" class="button" disabled={busy} onClick={open}>
              Try again
            </button>
          )}
        </div>
      )}
      {top === undefined && failure === undefined && (
        <div class="loading-card" aria-label="The add-on is opening" role="img">
          <span />
          <span />
          <span />
          <span />
          <span />
        </div>
      )}
      <CardHostContext.Provider value={host}>
        {top !== undefined && <CardView key={top.key} card={top.card} />}
      </CardHostContext.Provider>
    </>
  );
}

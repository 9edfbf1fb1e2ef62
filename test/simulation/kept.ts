/**
 * Faults that once showed a mistake of the engine, run each time. A call is told by what it asks for and not by its number,
 * which changes with every request that the engine saves; so each is a handful of faults around the one that showed it.
 */
import type { Point } from './cuts';

export interface Kept {
  readonly scenario: string;
  readonly moment: string;
  /** Method, host and path of the calls. */
  readonly calls: RegExp;
  readonly faults: readonly string[];
  /** The run after it is killed too, before this call of it: from then on messages are dealt with one by one. */
  readonly killedAgainAt?: number;
  /** What was wrong. */
  readonly showed: string;
}

export const KEPT: readonly Kept[] = [
  {
    scenario: 'long-day',
    moment: '11-pass',
    calls: /^GET services\S+\/messages\/email\//,
    faults: ['413'],
    showed:
      'an e-mail of the CRM that could not be read was not waited for: its own copy in Gmail was logged beside it (T11)',
  },
  {
    scenario: 'long-day',
    moment: '11-pass',
    calls: /^GET gmail\S+\/messages\/\w+\?format=metadata/,
    faults: ['422'],
    showed:
      'a message of Gmail that could not be read was not waited for: the same mail was copied out of the CRM (T11)',
  },
  {
    scenario: 'same-words-twice',
    moment: '2-pass',
    calls: /^GET gmail\S+\/messages\?labelIds=/,
    faults: ['kill-after'],
    killedAgainAt: 20,
    showed: 'one by one, an e-mail came before the message that is the same mail, and was copied (T11, X7)',
  },
  {
    scenario: 'history-expires',
    moment: '2-pass',
    calls: /^PropertiesService getKeys/,
    faults: ['kill-before'],
    killedAgainAt: 20,
    showed:
      'one by one, the logged e-mail ended the message that had not joined its link yet: the thread was lost (T5, X7)',
  },
  {
    scenario: 'long-day',
    moment: '13-pass',
    calls: /^POST gmail\S+\/batchModify/,
    faults: ['truncated-none', 'empty-none'],
    showed: 'an answer that was cut off counted as labels that stand (X6)',
  },
  {
    scenario: 'deliver-in-thread',
    moment: '3-pass',
    calls: /^POST gmail\S+\/batchModify/,
    faults: ['422-none'],
    showed: 'a label that was refused once was given up (X7)',
  },
  {
    scenario: 'long-day',
    moment: '14-pass',
    calls: /^GET gmail\S+\/messages\/\w+\?format=full/,
    faults: ['413'],
    showed: 'a delivery report that could not be read was an answer, and the mail it is about was moved to it (T5, T9)',
  },
  {
    scenario: 'deliver-bounces',
    moment: '1-pass',
    calls: /^PUT services\S+\/status/,
    faults: ['429-late'],
    showed: 'what a report had set to failed was set to delivered by an effect that came late (T9, X6)',
  },
  {
    scenario: 'mirror-two-of-a-thread',
    moment: '1-pass',
    calls: /^GET services\S+\/messages\/email\//,
    faults: ['413'],
    showed: 'the second e-mail of a thread did not wait for the first one, which it answers (X7)',
  },
  {
    scenario: 'mirror-two-of-a-thread',
    moment: '1-pass',
    calls: /^POST gmail\S+\/messages\?internalDateSource/,
    faults: ['401-late', '429-late'],
    showed: 'nor where Gmail was only too busy for the first one: it began a thread of its own (T2, X7)',
  },
  {
    scenario: 'connect-long-after',
    moment: '1-pass',
    calls: /^GET services\S+\/messages\/email\//,
    faults: ['413', '422'],
    showed: 'an e-mail from before the connection that could not be read at first was copied later (C4)',
  },
  {
    scenario: 'connect-after-loss',
    moment: '2-connect',
    calls: /^GET gmail\S+\/messages\?labelIds=/,
    faults: ['401', '404', '413', '422'],
    showed:
      'where Gmail did not say what the add-on had written, nothing was lost, and what came before was never copied (X11)',
  },
  {
    scenario: 'connect-after-loss',
    moment: '2-connect',
    calls: /^PUT services\S+\/customValues\//,
    faults: ['kill-after', 'timeout-done'],
    showed: 'a connect that was cut after its claim took what had been lost for its own beginning (C6, X11)',
  },
  {
    scenario: 'linked-by-hand',
    moment: '1-link-do',
    calls: /^POST services\S+\/messages\/inbound/,
    faults: ['twice', '500-very-late'],
    showed:
      'the first mail of a thread that was linked by hand was in the CRM twice, in two threads, and nobody was told (T7, X1)',
  },
];

/** Those of a recording that are kept. Throws where one is not there any more: then it has to be told anew. */
export function keptPoints(scenario: string, points: readonly Point[]): { point: Point; killedAgainAt?: number }[] {
  return KEPT.filter((kept) => kept.scenario === scenario).flatMap((kept) => {
    const begin = `${scenario}/${kept.moment}/`;
    const found = points.filter(
      ({ id, site, cut }) => id.startsWith(begin) && kept.faults.includes(cut.name) && kept.calls.test(site),
    );
    if (found.length === 0) throw new Error(`there is no cut of ${begin} ${String(kept.calls)} any more`);
    return found.map((point) => ({ point, killedAgainAt: kept.killedAgainAt }));
  });
}

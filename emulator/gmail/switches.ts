/** What no document settles about Gmail. Each default is the likeliest answer, or the harsher one where the facts lean to neither. */
import type { SwitchTable, SwitchValues } from '../core/switches';

export const GMAIL_SWITCHES = {
  gmailEnforceQuota: {
    value: true,
    about:
      'Answer 403 rateLimitExceeded when the bucket of 3,000 units, refilled at 100 a second, is empty (facts, platform 3.1).',
  },
  gmailKeepMessageId: {
    value: false,
    about:
      'Sending keeps a well-formed Message-ID instead of replacing it (facts, platform 3.6; reliability, probe P1).',
  },
  gmailSendJoinsWithoutThreadId: {
    value: false,
    about:
      'A sent message with fitting References and Subject joins the thread although no threadId was given (facts, platform 3.6).',
  },
  gmailInsertThreadNeedsSubject: {
    value: false,
    about: 'messages.insert honours threadId only where References and Subject fit (facts, platform 3.7).',
  },
  gmailInsertDateFromHeader: {
    value: true,
    about:
      'messages.insert takes internalDate from the Date header whatever internalDateSource says (facts, platform 3.7).',
  },
  gmailImportMarksSpam: {
    value: true,
    about: 'messages.import without neverMarkSpam puts the mail into spam (facts, platform 3.7).',
  },
  gmailJoinBySubject: {
    value: false,
    about:
      'Mail without a known parent joins the newest thread of the last week with the same subject and participants.',
  },
  gmailStableAttachmentIds: { value: false, about: 'attachmentId is the same in every answer (facts, platform 3.5).' },
  gmailLargeBodyBytes: {
    value: 1_048_576,
    about:
      'Text bodies of more bytes are handed out by attachmentId instead of data (the reference allows it and names no size).',
  },
  gmailNestedMailBytes: {
    value: true,
    about:
      'A message/rfc822 part with a file name has an attachmentId for its bytes beside its nested parts (facts, platform 3.5).',
  },
  gmailQuoteDecodedNames: {
    value: true,
    about:
      'A decoded name with specials in an address header comes quoted (facts, platform 3.5, say decoded and no more).',
  },
  gmailHistoryDays: {
    value: 7,
    about: 'Days after which a history id expires (facts, platform 3.3: at least a week, may be hours).',
  },
  gmailBareHistory: { value: true, about: 'Now and then a history record has only `messages` (facts, platform 3.3).' },
  gmailEmptyHistoryPage: {
    value: false,
    about: 'The first page of a history that is not empty has no records but a page token (facts, reliability R9).',
  },
  gmailHugeHistoryIds: { value: false, about: 'History ids lie beyond 2^53 (facts, reliability C25).' },
  gmailSearchLagMs: {
    value: 0,
    about: 'Milliseconds until a new message is found by `q` (facts, platform 3.4: hours were reported).',
  },
  gmailBounceDelayMs: { value: 0, about: 'Milliseconds until a refused recipient comes back as a delivery report.' },
  gmailDraftEditKeepsId: {
    value: true,
    about: 'A draft edited in Gmail keeps its draft id (facts, reliability, probe P5).',
  },
  gmailDraftEditKeepsHeaders: {
    value: false,
    about: 'A draft edited in Gmail keeps its X- headers (facts, reliability, probe P5).',
  },
  gmailAddsMissingMessageId: {
    value: false,
    about: 'Received mail without a Message-ID is given one at mx.google.com.',
  },
  gmailKeepsXHeaders: {
    value: true,
    about: 'X- headers survive sending (facts, platform 3.6; reliability, probe P2).',
  },
  gmailUsedDraftStatus: {
    value: 404,
    choices: [404, 400],
    about: 'What drafts.send of a draft that was sent answers (facts, reliability, probe P3).',
  },
  gmailListLagMs: {
    value: 0,
    about: 'Milliseconds until a new message is in messages.list by label (facts, reliability, probe P4).',
  },
  gmailHistoryLagMs: {
    value: 0,
    about: 'Milliseconds until a change is in history.list (facts, reliability, probe P4).',
  },
  gmailSendsPerDay: {
    value: 2_000,
    about: 'Messages an account may send in 24 hours, a 429 from then on (facts, platform 2, 3.2: 500 for consumers).',
  },
  gmailArchivesArrivals: {
    value: false,
    about: 'A filter of the user archives mail as it comes, so that it is never in INBOX (facts, platform 3.3).',
  },
  gmailTrashTooSoonMs: {
    value: 0,
    about: 'threads.trash answers 400 failedPrecondition so long after a message came (facts, platform 3.2).',
  },
} as const satisfies SwitchTable;

export type GmailSwitches = SwitchValues<typeof GMAIL_SWITCHES>;

/**
 * Every sentence of the sidebar, in English. Plain language: what happened, why, what to do next. No word of the trade
 * but the names that the CRM's own screens use (a test keeps it so).
 */
import type { ProblemCode } from '../../account/problems';
import type { PassResult } from '../../sync/pass';
import type { Reason } from '../../sync/state';
import type { Span, Text } from '../model';

/** What is the matter, and what helps. */
export interface Advice {
  readonly what: string;
  readonly advice: string;
}

function many(count: number, one: string, more: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${more}`;
}

const ago = (span: string) => (span === '' ? 'just now' : `${span} ago`);
const soon = (span: string) => (span === '' ? 'any moment' : `in ${span}`);

export const EN = {
  name: 'Threadlink',
  time: {
    minutes: (count: number) => many(count, 'minute', 'minutes'),
    hours: (count: number) => many(count, 'hour', 'hours'),
    days: (count: number) => many(count, 'day', 'days'),
    ago,
    soon,
    never: 'not yet',
  },

  buttons: {
    home: 'Home',
    back: 'Back',
    syncNow: 'Sync now',
    settings: 'Settings',
    activity: 'Activity',
    check: 'Check and continue',
    connect: 'Connect',
    reconnect: 'Connect again',
    cancel: 'Cancel',
    show: 'Show',
    retry: 'Try again',
    retryAll: 'Try all again',
    stopThread: 'Stop syncing this thread',
    resumeThread: 'Sync this thread again',
    openCrm: 'Open in the CRM',
    openGmail: 'Open',
    changeAddress: 'Change address',
    useAddress: 'Use this address',
    disconnect: 'Disconnect',
    disconnectNow: 'Yes, disconnect',
    keep: 'Keep it connected',
    googleAccess: 'Google account access',
  },

  welcome: {
    title: 'Connect your CRM',
    what: 'Threadlink keeps e-mail threads that start in your HighLevel CRM in step with this mailbox, both ways: what the CRM sends shows up here, and what you and your contact write here shows up there.',
    where:
      'Mail goes only between Google and your own CRM. There is no server in between, and nobody else sees it. Threads that did not start in the CRM stay private.',
    steps: 'Three steps',
    step1: (place: Span): Text => [
      '1. In the CRM, open ',
      place,
      ' and create a new one with the permissions listed below.',
    ],
    step1Place: 'Settings › Private Integrations',
    step2: '2. Copy the token that the CRM shows once, and paste it here.',
    step3: '3. Paste the address of any page of your sub-account, or its Location ID.',
    token: 'Private Integration token',
    tokenHint: 'Starts with pit-',
    location: 'Location ID or sub-account address',
    locationHint: 'Settings › Business Profile shows the Location ID',
    scopes: 'Permissions to select in the CRM',
    disconnecting: 'Threadlink is being disconnected. This takes a moment longer, because a sync was still running.',
    again: 'Connect again',
    againWhat: (name: string) => `Paste a working token for ${name}. Everything since the last sync is caught up with.`,
  },

  choose: {
    title: 'Who is who?',
    found: (name: Span): Text => ['The token works for ', name, '.'],
    user: 'You in the CRM',
    userNone: 'Nobody in the CRM has an e-mail address of this mailbox. Please choose yourself.',
    userProposed: 'Proposed because the e-mail address is the same.',
    address: 'Your address for CRM mail',
    primary: (email: string) => `${email} (main address)`,
    ownSync: 'Is the CRM’s own Gmail sync on for you?',
    ownSyncWhy:
      'The CRM does not say whether its own Gmail sync is on. Both together would show every mail twice. Look under Settings › My Profile › Email in the CRM.',
    ownSyncOff: 'No, it is off',
    ownSyncOn: 'Yes, it is on',
    missing: (scopes: string) =>
      `The sync works. Without these permissions some parts of the sidebar stay empty: ${scopes}`,
    starts: 'Sync begins now: earlier mail is left as it is.',
  },

  connected: (name: string) => `Connected to ${name}.`,
  noTimer: 'Google did not let Threadlink run by itself. It syncs whenever you open it here.',

  home: {
    connection: 'Connection',
    subAccount: 'Sub-account',
    user: 'You in the CRM',
    address: 'Connected address',
    kind: 'Kind',
    kindToken: 'Private Integration: copies and logs mail; the CRM sends its own mail itself',
    kindOauth: 'App: copies and logs mail, and sends CRM mail through Gmail',
    inStep: 'Everything is in step',
    working: 'First sync has not run yet',
    last: (when: string) => `Last sync ${when}`,
    next: (when: string) => `next ${when}`,
    nextNone: 'next when you open Threadlink',
    hourly: 'Google lets this add-on run once an hour by itself. Opening a synced thread or “Sync now” syncs at once.',
    revived: 'The regular sync had stopped and was started again.',
    today: 'Today',
    fromCrm: (count: number) => `${many(count, 'mail', 'mails')} copied from the CRM`,
    toCrm: (count: number) => `${many(count, 'mail', 'mails')} logged in the CRM`,
    delivered: (count: number) => `${many(count, 'mail', 'mails')} sent for the CRM`,
    nothingToday: 'Nothing to sync so far today',
    waiting: (count: number) => `${many(count, 'mail waits', 'mails wait')} and will go by itself`,
    parked: (count: number) => `${many(count, 'mail is', 'mails are')} set aside`,
    held: (count: number) => `${many(count, 'mail needs', 'mails need')} your decision`,
    formerThreads: (count: number) =>
      `${many(count, 'thread', 'threads')} of an earlier address no longer ${count === 1 ? 'syncs' : 'sync'}`,
    recent: 'Recently synced threads',
    noThreads: 'No threads yet. The first e-mail that you send from the CRM to a contact starts one.',
    noSubject: '(no subject)',
    thread: (count: number) => many(count, 'mail', 'mails'),
    unnamedThread: 'Thread',
  },

  thread: {
    title: 'This thread',
    synced: 'This thread is synced with the CRM',
    stopped: 'You stopped syncing this thread',
    formerAddress: (address: string) =>
      `This thread belongs to an address that is no longer connected. Threads with ${address} sync.`,
    why: 'Why is this thread not synced?',
    notConnected: 'Threadlink is not connected yet.',
    notStarted:
      'It did not start with an e-mail from the CRM. Only threads that begin there are synced; all other mail stays private.',
    onlyDraft: 'It holds only a draft. Drafts are never synced.',
    disconnecting: 'Threadlink is being disconnected.',
    contact: 'Contact',
    noContact: (address: string) => `${address} is not a contact in the CRM.`,
    several: (count: number) => `${count} contacts in the CRM have this address. The first one is shown.`,
    crmDown:
      'The CRM did not answer, so the contact cannot be shown right now. The mails below are as of the last sync.',
    gmailDown: 'Gmail did not answer, so the mails cannot be shown right now.',
    noDisturb: 'Does not want e-mail (do not disturb is on)',
    owner: (name: string) => `Owner: ${name}`,
    tags: (tags: string) => `Tags: ${tags}`,
    messages: 'Mails of this thread',
    waitingOnes: 'On the way from the CRM',
    more: (count: number) => `${many(count, 'earlier mail', 'earlier mails')} not shown`,
    you: 'You',
    fromCrm: 'Sent from the CRM',
    receivedByCrm: 'Received by the CRM, copied here',
    toCrm: 'Logged in the CRM',
    both: 'In both places already',
    left: (why: string) => `Not synced: ${why}`,
    waiting: (why: string, until: string) => (until === '' ? `Waiting: ${why}` : `Waiting until ${until}: ${why}`),
    parked: (why: string) => `Set aside: ${why}`,
    held: (why: string) => `Needs your decision: ${why}`,
    draft: 'Draft: syncs when it is sent',
    spam: 'In spam: does not sync unless you move it out',
    trash: 'In the bin: does not sync unless you move it out',
    before: 'From before this thread was synced',
    next: 'Goes with the next sync',
    settled: 'Dealt with in an earlier sync',
    untracked: 'not tracked, because Gmail sent it',
    tracking: {
      pending: 'not sent yet',
      scheduled: 'scheduled',
      queued: 'about to be sent',
      sent: 'sent',
      delivered: 'delivered',
      opened: 'opened',
      clicked: 'link clicked',
      replied: 'answered',
      read: 'read',
      failed: 'failed',
      undelivered: 'not delivered',
      bounced: 'not delivered',
      complained: 'marked as spam',
      unsubscribed: 'unsubscribed',
    } as Readonly<Record<string, string>>,
  },

  settings: {
    title: 'Settings',
    notConnected: 'Connect your CRM first.',
    cadence: 'Regular sync',
    every: (minutes: number) => (minutes === 60 ? 'Every hour' : `Every ${many(minutes, 'minute', 'minutes')}`),
    noCadence: 'Only when you use Threadlink',
    label: 'Label',
    labelWhat: 'Synced mail carries the label CRM.',
  },

  address: {
    title: 'Change the connected address',
    what: 'From now on, what you send from the CRM with the new address syncs and starts new threads.',
    former: (count: number) =>
      count === 0
        ? 'Threads of the old address stop syncing, both ways.'
        : `${many(count, 'thread', 'threads')} of the old address ${count === 1 ? 'stops' : 'stop'} syncing, both ways. Mails that are there stay.`,
    choose: 'Address',
    only: 'This mailbox has only one address that can send mail. Add another one in Gmail under Settings › Accounts first.',
    changed: (address: string) => `${address} is connected now.`,
  },

  disconnect: {
    title: 'Disconnect?',
    what: (name: string) => `Syncing with ${name} stops at once, both ways. All mail and everything in the CRM stays.`,
    waiting: (count: number) =>
      count === 0
        ? 'Nothing is waiting to be synced.'
        : `${many(count, 'mail is', 'mails are')} still waiting and will not be synced:`,
    andMore: (count: number) => `and ${many(count, 'more mail', 'more mails')}`,
    labels: 'Labels in Gmail',
    removeLabels: 'Also take the CRM label off all mail',
    after: 'Afterwards',
    token: 'In the CRM: delete the token under Settings › Private Integrations.',
    google: 'In Google: take back the access under Third-party access of your Google account.',
    done: 'Disconnected.',
    soon: 'Disconnecting. A sync that is still running stops within a minute.',
  },

  activity: {
    title: 'Activity',
    attention: 'Set aside or waiting',
    none: 'Nothing is waiting and nothing is set aside.',
    latest: 'Latest',
    nothing: 'Nothing has been synced yet.',
    fromCrm: 'E-mail from the CRM',
    fromGmail: 'Mail from Gmail',
    since: (when: string) => `since ${when}`,
    nextTry: (when: string) => `next try ${when}`,
    onlyYou: 'does not go on by itself',
    more: (count: number) => `and ${count} more`,
    did: {
      mirrored: 'Copied from the CRM',
      delivered: 'Sent for the CRM',
      pushed: 'Logged in the CRM',
      linked: 'Thread started',
      joined: 'Thread continued',
      both: 'In both places already',
      left: 'Not synced',
      gone: 'Deleted before it was synced',
      removed: 'Second copy removed',
    } as Readonly<Record<string, string>>,
  },

  /** Why a mail is not on both sides, by the contract's reasons. */
  reasons: {
    'next-pass': { what: 'there were too many at once', advice: 'It goes with the next sync.' },
    checking: {
      what: 'it is being made sure that it did not arrive already',
      advice: 'Nothing to do. It goes on by itself within a few minutes.',
    },
    'own-copy': {
      what: 'the CRM may have received the same mail itself',
      advice: 'Nothing to do. It goes on by itself within a few minutes.',
    },
    order: { what: 'an earlier mail of the thread goes first', advice: 'It follows by itself.' },
    'not-sent-yet': { what: 'the CRM has not sent it yet', advice: 'It is copied as soon as the CRM has sent it.' },
    'crm-busy': { what: 'the CRM was too busy to take it', advice: 'It is tried again by itself.' },
    'gmail-busy': { what: 'Gmail was too busy to take it', advice: 'It is tried again by itself.' },
    'no-time': { what: 'the last sync ran out of time', advice: 'It goes with the next sync.' },
    unreadable: { what: 'it could not be read', advice: 'It is tried again by itself. You can also try it now.' },
    'refused-by-crm': {
      what: 'the CRM did not accept it',
      advice: 'Look at the contact in the CRM, then try it again.',
    },
    'refused-by-gmail': {
      what: 'Gmail did not accept it',
      advice: 'Try it again. The mail itself is safe in the CRM.',
    },
    'contact-gone': {
      what: 'the contact is no longer in the CRM',
      advice: 'Restore or create the contact in the CRM, then try it again.',
    },
    'too-large': { what: 'it is too large', advice: 'Send large files as a link instead.' },
    attachment: {
      what: 'one of its attachments could not be fetched yet',
      advice: 'It is tried again by itself, and in the end goes without that attachment.',
    },
    'without-contact': {
      what: 'the contact is not on it',
      advice: 'It stays private. Nothing is sent to the CRM.',
    },
    doubtful: {
      what: 'it cannot be told whether it was already sent',
      advice: 'Look in the CRM and in your Sent mail, then decide.',
    },
    'cannot-deliver': {
      what: 'the CRM waits for somebody to send it, and this connection cannot',
      advice: 'Make another e-mail provider the default in the CRM, and send it again there.',
    },
  } satisfies Record<Reason, Advice> as Readonly<Record<string, Advice>>,

  /** The contract's rules, as the reason for leaving or treating a mail so. */
  rules: {
    R1: 'you wrote it in the CRM, and Gmail sends it',
    R2: 'you wrote it in the CRM, which sent it',
    R3: 'it is a bulk mail in your name',
    R4: 'it is a bulk mail that is not in your name',
    R5: 'an automation sent it',
    R6: 'another app sent it in your name',
    R7: 'the CRM’s own Gmail sync sent it',
    R8: 'the CRM has not sent it, or could not',
    R9: 'it belongs to another CRM user',
    R10: 'the CRM waits for somebody to send it, and this connection cannot',
    R11: 'you wrote it in the sidebar',
    T1: 'the thread did not start in the CRM',
    T2: 'the contact is not on it',
    T3: 'it belongs to a thread that is not synced',
    T4: 'it answers a mail of a synced thread',
    T5: 'it answers a mail that the CRM sent',
    T6: 'it is a draft, or was deleted or in spam',
    T7: 'you linked the thread by hand',
    T8: 'you stopped syncing this thread',
    T9: 'it is a delivery report or an automatic answer',
    T10: 'a colleague’s mailbox takes care of it',
    T11: 'it is in both places already',
    C4: 'it is from before the connection',
    C6: 'it belongs to an address that is no longer connected',
    C9: 'it belongs to another sub-account',
    C10: 'the contact is not assigned to you',
    X4: 'a second copy was there',
    X5: 'it was in the CRM already',
  } as Readonly<Record<string, string>>,

  /** Why the last sync did not end well. */
  troubles: {
    'crm-token': {
      what: 'The CRM no longer accepts the token',
      advice: 'Create a new token in the CRM and connect again. Nothing of the time between is lost.',
    },
    'crm-scope': {
      what: 'The token lacks a permission',
      advice: 'Add the missing permission to the token in the CRM, or connect again with a new one.',
    },
    'crm-location': {
      what: 'The token does not open this sub-account any more',
      advice: 'Create a token in this sub-account and connect again.',
    },
    'crm-busy': { what: 'The CRM is busy', advice: 'Nothing to do. The sync goes on by itself.' },
    'crm-down': {
      what: 'The CRM does not answer',
      advice: 'Nothing to do. The sync goes on by itself as soon as the CRM is back.',
    },
    'gmail-down': {
      what: 'Gmail does not answer',
      advice: 'Nothing to do. The sync goes on by itself as soon as Gmail is back.',
    },
    'google-permission': {
      what: 'Threadlink may no longer use this mailbox',
      advice: 'Close the sidebar and open Threadlink again. Allow every box that Google shows.',
    },
    'store-full': {
      what: 'Google would not save the state of the sync',
      advice: 'Nothing is lost. It is tried again with the next sync. If this stays, disconnect and connect again.',
    },
    'store-damaged': {
      what: 'A part of what Threadlink remembered was unreadable',
      advice: 'It is rebuilt from your mailbox and the CRM. Nothing to do.',
    },
    'store-lost': {
      what: 'What Threadlink remembered cannot be read',
      advice: 'Connect again. Mail that is synced already stays as it is.',
    },
    'timer-none': {
      what: 'Google does not let Threadlink run by itself',
      advice: 'It syncs whenever you open it here. To change that, disconnect and connect again.',
    },
  } as Readonly<Record<string, Advice>>,

  problems: {
    'token-missing': { what: 'The token is missing', advice: 'Paste the Private Integration token from the CRM.' },
    'token-malformed': {
      what: 'That does not look like a token',
      advice: 'Copy the whole token from the CRM, without anything before or after it. It starts with pit-.',
    },
    'token-refused': {
      what: 'The CRM does not accept this token',
      advice: 'Check that it was copied whole and not deleted in the CRM. A new one can be created there at any time.',
    },
    'token-kind': {
      what: 'This token belongs to an agency',
      advice: 'Create the token inside the sub-account: switch to it in the CRM, then Settings › Private Integrations.',
    },
    'location-missing': {
      what: 'The sub-account is missing',
      advice: 'Paste the Location ID, or the address of any page of the sub-account.',
    },
    'location-malformed': {
      what: 'That does not look like a Location ID',
      advice: 'Paste the Location ID from Settings › Business Profile, or the address of any page of the sub-account.',
    },
    'location-unknown': {
      what: 'There is no sub-account with this Location ID',
      advice: 'Copy the Location ID again from Settings › Business Profile in the CRM.',
    },
    'location-refused': {
      what: 'This token belongs to another sub-account',
      advice: 'Create the token in the same sub-account whose Location ID you entered.',
    },
    'location-inactive': {
      what: 'This sub-account is not active',
      advice: 'Ask your agency to activate it, then connect again.',
    },
    'scope-missing': {
      what: 'The token lacks permissions',
      advice: 'Add them to the token in the CRM under Settings › Private Integrations, then check again:',
    },
    'crm-down': {
      what: 'The CRM does not answer properly',
      advice: 'Please try again in a few minutes. Nothing was changed.',
    },
    'crm-busy': { what: 'The CRM is busy', advice: 'Please try again in a minute. Nothing was changed.' },
    'gmail-refused': {
      what: 'Threadlink may not use this mailbox',
      advice: 'Close the sidebar and open Threadlink again. Allow every box that Google shows.',
    },
    'gmail-down': { what: 'Gmail does not answer', advice: 'Please try again in a few minutes. Nothing was changed.' },
    unreachable: {
      what: 'Neither Gmail nor the CRM answered',
      advice: 'Please try again in a few minutes. Nothing was changed.',
    },
    'no-users': {
      what: 'The CRM shows no users for this sub-account',
      advice: 'Check that you are a user of this sub-account, and that the token may view users.',
    },
    'user-unknown': {
      what: 'Nobody was chosen in the CRM',
      advice: 'Go back and choose yourself among the users of the sub-account.',
    },
    'address-unknown': {
      what: 'This mailbox cannot send with that address',
      advice: 'Choose another address, or confirm this one first in Gmail under Settings › Accounts.',
    },
    'own-sync-on': {
      what: 'The CRM’s own Gmail sync is on for you',
      advice:
        'Both together would show every mail twice. Turn it off in the CRM under Settings › My Profile › Email, then connect again.',
    },
    'own-sync-unanswered': {
      what: 'One question is still open',
      advice: 'Please say whether the CRM’s own Gmail sync is on for you.',
    },
    'too-late': {
      what: 'That took longer than 15 minutes',
      advice: 'For safety the token was forgotten. Please enter it once more.',
    },
    'other-location': {
      what: 'Another sub-account is connected',
      advice: 'A mailbox can be connected to one sub-account. Disconnect that one first:',
    },
    'other-account': {
      what: 'This connection was made by another mailbox',
      advice: 'Disconnect, then connect again with this mailbox:',
    },
    busy: { what: 'A sync is running right now', advice: 'Please try again in a minute.' },
    'store-full': {
      what: 'Google would not save the connection',
      advice: 'Please try again. If this stays, disconnect first.',
    },
    'not-connected': { what: 'Threadlink is not connected', advice: 'Connect your CRM first.' },
    'thread-unknown': { what: 'This thread is not synced', advice: 'Open the thread again to see why.' },
    'item-unknown': { what: 'This mail is no longer waiting', advice: 'It was dealt with in the meantime.' },
    unexpected: {
      what: 'Something went wrong here',
      advice: 'Your mail is safe. Please try again. If it happens again, open Threadlink afresh.',
    },
  } satisfies Record<ProblemCode, Advice> as Readonly<Record<string, Advice>>,

  /** What “Sync now” came to. */
  results: {
    done: 'Everything is in step.',
    unfinished: 'A part is synced, the rest follows within a minute.',
    'not-connected': 'Threadlink is not connected yet.',
    busy: 'A sync is running already.',
    'other-account': 'This connection belongs to another mailbox.',
    'disconnect-wanted': 'Threadlink was disconnected.',
    failed: 'The sync could not be completed.',
  } satisfies Record<PassResult, string>,

  noted: 'Noted. It takes effect with the sync that is running.',
  stopped: 'This thread no longer syncs.',
  resumed: 'This thread syncs again.',
  retried: 'Tried again.',
};

export type Words = typeof EN;

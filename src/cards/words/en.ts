/**
 * Every sentence of the sidebar, in English. Plain language: what happened, why, what to do next. No word of the trade
 * but the names that the CRM's own screens use (a test keeps it so).
 */
import type { PassResult } from '../../sync/pass';
import type { Span, Text } from '../model';
import { many } from './counts';
import { EN_CODES } from './en-codes';
import { EN_CRM } from './en-crm';

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
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    moment: (date: string, clock: string) => `${date}, ${clock}`,
    /** Of Java's date formats, where the platform does not know the user's own. */
    clockPattern: 'HH:mm',
    datePattern: 'yyyy-MM-dd',
    group: ',',
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
    checkThread: 'Check this thread',
    checkAll: 'Check all threads',
    preview: 'What would sync now',
    export: 'Export',
    write: 'Write e-mail',
    reply: 'Answer',
    send: 'Send',
    sendAgain: 'Send it now',
    showDrafts: 'Show drafts',
    showSent: 'Show Sent',
    use: 'Insert',
    more: 'More',
    add: 'Add',
    save: 'Save',
    saveAgain: 'Save once more',
    lookAgain: 'Look again',
    done: 'Done',
    createContact: 'Create contact',
    ownSyncOff: 'It is off now',
    wasSent: 'Yes, it was sent',
    sendOnceMore: 'Send again',
    stopThread: 'Stop syncing this thread',
    resumeThread: 'Sync this thread again',
    logThis: 'Log in the CRM',
    linkThread: 'Sync this thread',
    openCrm: 'Open in the CRM',
    changeAddress: 'Change address',
    useAddress: 'Use this address',
    disconnect: 'Disconnect',
    disconnectNow: 'Yes, disconnect',
    keep: 'Keep it connected',
    googleAccess: 'Google account access',
    signIn: 'Sign in instead',
    openSignIn: 'Open the CRM’s sign-in',
    signedIn: 'I have signed in',
    useCode: 'Use this address',
    takeOver: 'Take its place',
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
    signAgain: (name: string) =>
      `Sign in to the CRM again and choose ${name}. Everything since the last sync is caught up with.`,
  },

  signIn: {
    title: 'Sign in to the CRM',
    what: 'Signing in connects Threadlink as an app. Then it can also send CRM mail through this Gmail address.',
    steps: '1. Open the sign-in, choose your sub-account and allow access.\n2. Close that page and come back here.',
    trouble: 'The page ended with an error?',
    troubleWhat: 'Copy its whole address from your browser and paste it here.',
    address: 'Address of that page',
    notYet: 'You are not signed in yet.',
    doneTitle: 'You are signed in',
    doneWhat: 'Close this page and go on in Threadlink in Gmail.',
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
    noClaims:
      'The token may not read or write custom values. Threadlink then cannot notice when a second mailbox is connected for you: please connect only one.',
    starts: 'Sync begins now: earlier mail is left as it is.',
  },

  takeOver: {
    title: 'Another mailbox is connected',
    what: (name: string): Text => [
      'In the CRM, ',
      { bold: name },
      ' is connected with another mailbox already. Two at once would show and log every mail twice.',
    ],
    then: 'If you go on, this mailbox takes its place in 10 minutes. What was written before then stays with the other one, which finishes it; its threads stop syncing after that.',
    user: 'This CRM user',
  },

  connected: (name: string) => `Connected to ${name}.`,
  noTimer: 'Google did not let Threadlink run by itself. It syncs whenever you open it here.',

  /** The message in the inbox, after what is the matter and what to do. */
  notice: {
    nothingLost: 'Until then no mail is copied. Nothing is lost: the sync goes on where it stopped.',
    oneWaits: 'Everything else is synced as usual.',
  },
  home: {
    connection: 'Connection',
    subAccount: 'Sub-account',
    user: 'You in the CRM',
    address: 'Connected address',
    kind: 'Kind',
    kindToken: 'Private Integration: copies and logs mail; the CRM sends its own mail itself',
    kindOauth: 'App: copies and logs mail, and sends CRM mail through Gmail',
    inStep: 'Everything is in step',
    /** Why it cannot be said that everything is in step. */
    standing: {
      running: {
        what: 'A sync is running',
        advice: 'What it has done so far is there already. Look again in a minute.',
      },
      cut: {
        what: 'The last sync did not get to its end',
        advice: 'Nothing is lost: the next one goes on where it stopped. “Sync now” goes on at once.',
      },
      behind: {
        what: 'The sync is not through yet',
        advice: 'The next one goes on with the rest. “Sync now” goes on at once.',
      },
      late: {
        what: 'The last sync is a while ago',
        advice: 'What came since then is not copied yet. “Sync now” does it at once.',
      },
    },
    last: (when: string) => `Last sync ${when}`,
    next: (when: string) => `next ${when}`,
    nextNone: 'next when you open Threadlink',
    hourly: 'Google lets this add-on run once an hour by itself. Opening a synced thread or “Sync now” syncs at once.',
    slow: {
      'day-of-google':
        'The time that Google gives the sync a day is nearly used up: until it is renewed, it runs once an hour. Opening a synced thread syncs at once.',
      'day-of-crm':
        'The CRM’s daily number of requests for this sub-account is nearly used up: until tomorrow the sync runs once an hour.',
    },
    revived: 'The regular sync had stopped and was started again.',
    today: 'Today',
    fromCrm: (count: number) => `${many(count, 'mail', 'mails')} copied from the CRM`,
    toCrm: (count: number) => `${many(count, 'mail', 'mails')} logged in the CRM`,
    delivered: (count: number) => `${many(count, 'mail', 'mails')} sent for the CRM`,
    nothingToday: 'Nothing to sync so far today',
    waiting: (count: number) => `${many(count, 'mail waits', 'mails wait')} and will go by itself`,
    capped: (count: number, until: string) =>
      `Gmail’s daily limit is near: ${many(count, 'mail goes', 'mails go')} on at ${until}`,
    parked: (count: number) => `${many(count, 'mail is', 'mails are')} set aside`,
    held: (count: number) => `${many(count, 'mail needs', 'mails need')} your decision`,
    formerThreads: (count: number) =>
      `${many(count, 'thread', 'threads')} of an earlier address no longer ${count === 1 ? 'syncs' : 'sync'}`,
    recent: 'Recently synced threads',
    noThreads: 'No threads yet. The first e-mail that you send from the CRM to a contact starts one.',
    thread: (count: number) => many(count, 'mail', 'mails'),
    unnamedThread: 'A thread without a subject',
  },

  thread: {
    title: 'This thread',
    synced: 'This thread is synced with the CRM',
    stopped: 'You stopped syncing this thread',
    formerAddress: (address: string) =>
      `This thread belongs to an address that is no longer connected. Threads with ${address} sync.`,
    takenOver: 'Another mailbox is connected for you in the CRM now, so this thread no longer syncs here.',
    why: 'Why is this thread not synced?',
    notStarted:
      'It did not start with an e-mail from the CRM. Only threads that begin there are synced; all other mail stays private.',
    onlyDraft: 'It holds only a draft. Drafts are never synced.',
    gmailDown: 'Gmail did not answer, so the mails cannot be shown right now.',
    messages: 'Mails of this thread',
    waitingOnes: 'On the way from the CRM',
    opening: 'Opening this thread or “Sync now” syncs it at once.',
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
    lostFile: (name: string, size: string) => (size === '' ? `Without ${name}` : `Without ${name} (${size})`),
    lostReasons: {
      'too-large': 'It is too large for the CRM. The media library takes up to 25 MB: see the settings.',
      'type-refused': 'The CRM does not take files of this kind. The media library may: see the settings.',
      'too-many': 'The mail has more files than can go. It is still in Gmail.',
      refused: 'The CRM did not take it.',
      gone: 'It could not be found any more.',
      'not-allowed': 'It is kept outside the CRM. Open the mail in the CRM to see it.',
      unreadable: 'It could not be read.',
    },
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

  linking: {
    title: 'Sync this thread',
    what: 'This thread did not start in the CRM. If you sync it, everybody who sees the contact there can read it.',
    contact: 'With which contact?',
    from: 'From when on?',
    fromNow: 'From now on',
    withEarlier: (count: number) => `With the earlier mails (${count})`,
    nobody: 'Nobody on this thread is a contact in the CRM. Create the contact first.',
    done: 'This thread is synced now.',
    not: 'This thread could not be synced. Please open it again.',
  },

  settings: {
    title: 'Settings',
    cadence: 'Regular sync',
    every: (minutes: number) => (minutes === 60 ? 'Every hour' : `Every ${many(minutes, 'minute', 'minutes')}`),
    label: 'Label',
    labelName: 'Name of the label on synced mail',
    labelHint: 'Leave it empty for no label',
    labelWhat: 'CRM/Attention is on what needs a look.',
    badLabel: 'Gmail does not take that name for a label. Please choose another one.',
    files: 'Files',
    filesWhat: 'Files that are too large or of another kind for a mail in the CRM',
    media: 'Put them into the media library, where everybody in the sub-account can see them',
    bulk: 'Mails of one bulk send that are copied at once',
    bulkHint: 'The rest is copied when its contact answers',
    badBulk: 'The number of mails has to be a whole number, such as 200.',
    privacy: 'What stays private',
    excluded: 'Never sync these addresses and domains',
    excludedHint: 'One on each line, such as anna@law.example or bank.example',
    mail: 'Mail of synced threads',
    internal: (domain: string) => `Keep mail among people of ${domain} alone private`,
    withoutContact: 'Also log mail that the contact is not on',
    privateLabel: 'The label CRM/Private keeps a single mail out of the CRM.',
    wrongEntry: (entry: string) => `“${entry}” is neither an address nor a domain. Please check the list.`,
    tooMany: 'The list is too long. Use domains instead of single addresses.',
    saved: 'Settings saved.',
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
    app: 'In the CRM: the app stays installed for your colleagues. If nobody uses it any more, an admin uninstalls it under Settings › Integrations.',
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
    tools: 'Look closer',
    exportSubject: (day: string) => `Threadlink activity of ${day}`,
    exportBody: 'The latest activity of the sync is attached as a table.',
    exported: 'The list is in your drafts.',
    notExported: 'Gmail did not take the list. Please try again.',
    columns: { time: 'Time', what: 'What', why: 'Why', mail: 'Mail', id: 'Id' },
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

  ...EN_CODES,
  ...EN_CRM,

  notAll: 'Synced. Not everything is on both sides yet: see what waits.',
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
  logged: 'Logged in the CRM.',
  retried: 'Tried again.',
  ownSyncOff: 'Noted. Mail goes to the CRM again.',
  saidSent: 'Noted: it was sent.',
  sentAgain: 'Sent again, or on its way.',
};

export type Words = typeof EN;

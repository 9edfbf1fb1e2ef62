/**
 * The part of the English catalogue that goes by codes: why a mail waits, by which rule it was left, why a sync did not
 * end well, what is in the way of connecting. `what` follows a colon or stands alone; `advice` says what to do.
 */
import type { ProblemCode } from '../../account/problems';
import type { Reason } from '../../sync/state';

/** What is the matter, and what helps. */
export interface Advice {
  readonly what: string;
  readonly advice: string;
}

export const EN_CODES = {
  /** Why a mail is not on both sides, by the contract's reasons. */
  reasons: {
    'next-pass': { what: 'there were too many at once', advice: 'It goes with the next sync.' },
    checking: {
      what: 'it is being made sure that it did not arrive already',
      advice: 'Nothing to do. It goes on by itself within a few minutes.',
    },
    'own-copy': {
      what: 'the same mail may still arrive in both places by itself',
      advice: 'Nothing to do. It goes on by itself within a few minutes.',
    },
    order: { what: 'an earlier mail of the thread goes first', advice: 'It follows by itself.' },
    'not-sent-yet': { what: 'the CRM has not sent it yet', advice: 'It is copied as soon as the CRM has sent it.' },
    'crm-busy': { what: 'the CRM was too busy to take it', advice: 'It is tried again by itself.' },
    'gmail-busy': { what: 'Gmail was too busy to take it', advice: 'It is tried again by itself.' },
    'no-time': { what: 'the last sync ran out of time', advice: 'It goes with the next sync.' },
    unreadable: { what: 'it could not be read', advice: 'It is tried again by itself. You can also try it now.' },
    'too-heavy': {
      what: 'it is too large or too involved to be read here',
      advice: 'Open it in Gmail or in the CRM. It is tried again once a day.',
    },
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
    'unsure-sent': {
      what: 'its draft is gone, and it is not in Sent',
      advice: 'Ask the contact or look into Sent and the trash. Then say whether it was sent.',
    },
    'draft-changed': {
      what: 'its draft was changed before it was sent',
      advice: 'Send the draft yourself and say that it was sent, or delete it and have the mail sent again.',
    },
    repeated: {
      what: 'the same mail was sent within the last 24 hours',
      advice: 'Say whether it is to be sent once more.',
    },
    twice: {
      what: 'it is in the CRM twice',
      advice: 'The CRM took it in late. Delete one of the two there, then try this again.',
    },
    'send-again': { what: 'you asked to send it again', advice: 'It goes with the next sync.' },
    colleague: {
      what: 'a colleague’s mailbox has it too and logs it first',
      advice: 'Nothing to do. If it is not in the CRM after an hour, it is logged from here.',
    },
    asked: { what: 'you asked to log it in the CRM', advice: 'It goes with the next sync.' },
    'sending-cap': {
      what: 'Gmail lets you send only so many mails a day',
      advice: 'It goes by itself as soon as there is room again.',
    },
    'former-mailbox': {
      what: 'it belongs to the mailbox that was connected before',
      advice: 'That mailbox takes care of it. If it is no longer in use, try again: then its mails of then come here.',
    },
    'before-connection': {
      what: 'it was written before this connection, and nobody can tell whether it was sent',
      advice: 'Look into your Sent mail, then say whether it was sent.',
    },
    'said-sent': { what: 'you said that it was sent', advice: 'The CRM shows it with the next sync.' },
    'own-sync': {
      what: 'the CRM’s own Gmail sync would show it twice',
      advice: 'Turn that sync off in the CRM, then say so on the home card. It goes by itself after that.',
    },
    status: { what: 'the CRM does not show yet that it was sent', advice: 'The mail was sent. Nothing to do.' },
    forgotten: {
      what: 'it came before Threadlink lost what it remembered, your exclusions too',
      advice: 'Set your exclusions again in the settings. “Try again” then brings into the CRM what belongs there.',
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
    'T8-label': 'it carries the label CRM/Private',
    'T8-address': 'somebody on it is among the addresses that you never sync',
    'T8-internal': 'it is among people of your own domain only',
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

  /** Rules that somebody should do something about. */
  warnings: {
    R7: {
      what: 'The CRM’s own Gmail sync is on',
      advice:
        'Both together show every mail twice. Turn it off in the CRM under Settings › My Profile › Email, then say so here. Until then nothing of yours goes to the CRM.',
    },
    R10: {
      what: 'The CRM waits for somebody to send a mail',
      advice:
        'It was handed to an e-mail provider that nobody sends for. In the CRM under Settings › Email Services, make the sub-account’s own provider the default, then send the mail again.',
    },
  },

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
    'crm-sign-in': {
      what: 'The CRM no longer accepts the sign-in',
      advice: 'Sign in again. Nothing of the time between is lost.',
    },
    'crm-renewal': {
      what: 'The CRM wants you to sign in again soon',
      advice: 'Sign in again today, so that the sync goes on without a gap.',
    },
    'crm-consent': {
      what: 'The app lacks a permission',
      advice: 'Sign in again and allow everything that the CRM shows.',
    },
    'crm-inactive': {
      what: 'The sub-account is not active',
      advice: 'Ask your agency to activate it. The sync then goes on by itself.',
    },
    'crm-app': {
      what: 'The app of this connection is not set up properly any more',
      advice: 'Ask whoever installed Threadlink for you to check the app’s ID and secret. Nothing is lost meanwhile.',
    },
    'claim-moving': {
      what: 'Another mailbox was connected for you in the CRM',
      advice: 'It takes over within minutes. This one finishes what began here.',
    },
    'claim-moved': {
      what: 'Another mailbox is connected for you in the CRM now',
      advice: 'Nothing new syncs here. If that was not you, connect again here; otherwise disconnect this one.',
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
      advice: 'Connect again, and look through your settings. Mail that is synced already stays as it is.',
    },
    held: {
      what: 'A mail waits for your decision',
      advice: 'Open Threadlink in Gmail and choose Activity: it cannot be told whether the mail was sent.',
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
    'sign-in-late': {
      what: 'This sign-in is too old',
      advice: 'Begin it again in the sidebar. It has to be finished within 15 minutes.',
    },
    'sign-in-missing': {
      what: 'You are not signed in yet',
      advice: 'Finish the sign-in on the CRM’s page. If that page ended with an error, paste its address.',
    },
    'sign-in-refused': {
      what: 'The CRM did not give access',
      advice: 'Sign in again, and choose your sub-account there. Somebody with the right to install apps may have to.',
    },
    'code-malformed': {
      what: 'That is not the address of the page',
      advice: 'Copy the whole address of the page on which the sign-in ended, from the address bar of your browser.',
    },
    'code-used': {
      what: 'This sign-in was used before, or is too old',
      advice: 'Begin it again in the sidebar.',
    },
    'sign-in-lost': {
      what: 'The CRM did not answer the sign-in',
      advice: 'Begin it again in the sidebar. Nothing was changed.',
    },
    'agency-install': {
      what: 'The app was installed for a whole agency',
      advice: 'Sign in again and choose your sub-account on the CRM’s page.',
    },
    'app-misconfigured': {
      what: 'Signing in is not set up properly',
      advice: 'Ask whoever installed Threadlink for you to check the app’s ID and secret. A token works meanwhile.',
    },
    'other-location': {
      what: 'Another sub-account is connected',
      advice: 'A mailbox can be connected to one sub-account. Disconnect that one first:',
    },
    'other-account': {
      what: 'This connection was made by another mailbox',
      advice: 'Disconnect, then connect again with this mailbox:',
    },
    'claim-live': {
      what: 'Another mailbox is connected for you in the CRM',
      advice: 'Disconnect it there first, or take its place here.',
    },
    busy: { what: 'A sync is running right now', advice: 'Please try again in a minute.' },
    'store-full': {
      what: 'Google would not save the connection',
      advice: 'Please try again. If this stays, disconnect first.',
    },
    'not-connected': { what: 'Threadlink is not connected', advice: 'Connect your CRM first.' },
    'thread-unknown': { what: 'This thread is not synced', advice: 'Open the thread again to see why.' },
    'item-unknown': { what: 'This mail is no longer waiting', advice: 'It was dealt with in the meantime.' },
    'contact-unknown': {
      what: 'This contact cannot be shown',
      advice: 'It is no longer in the CRM, or it is not assigned to you. Open the thread again.',
    },
    'record-unknown': {
      what: 'This is no longer in the CRM',
      advice: 'It was deleted or moved meanwhile. Open the contact again to see what is there.',
    },
    unexpected: {
      what: 'Something went wrong here',
      advice: 'Your mail is safe. Please try again. If it happens again, open Threadlink afresh.',
    },
  } satisfies Record<ProblemCode, Advice> as Readonly<Record<string, Advice>>,
};

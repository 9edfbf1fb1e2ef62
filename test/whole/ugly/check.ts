/** What of a mail is not as expected, in words. */
import type { Arrived } from './deliver';
import type { Expected, UglyMail } from './expectation';

export function problemsOf(mail: UglyMail, want: Expected, got: Arrived): string[] {
  if (got.setAside.length > 0) return [`set aside: ${got.setAside.join(' ')}`];
  if (got.emails.length !== 1) return [`${got.emails.length} times in the CRM`];
  const [{ subject, from }] = got.emails;
  const accepted = want.attachments.filter((file) => file.accepted);
  const refused = want.attachments.filter((file) => !file.accepted);
  const readable = mail.readable === undefined ? got.text === want.text : mail.readable.test(got.text);
  return [
    ...differs('subject', subject, want.subject),
    // Without a sender the CRM shows its contact, and the mail says that it is unknown.
    ...(want.from === ''
      ? got.unknownSender
        ? []
        : ['the sender is not said to be unknown']
      : differs('sender', from.toLowerCase(), want.from)),
    ...(readable ? [] : differs('text', got.text, want.text)),
    ...differs(
      'files',
      [...got.hashes].sort().join(),
      accepted
        .map(({ hash }) => hash)
        .sort()
        .join(),
    ),
    ...differs('number of files that are named', got.lost.length, refused.length),
    ...refused
      .filter(({ name }) => name !== '' && !got.lost.some((sentence) => sentence.includes(name)))
      .map(({ name }) => `${name} is not named: ${got.lost.join(' ')}`),
  ];
}

function differs(what: string, got: string | number, want: string | number): string[] {
  if (got === want) return [];
  const shown = (value: string | number) => JSON.stringify(value).slice(0, 300);
  return [`${what}: ${shown(got)} instead of ${shown(want)}`];
}

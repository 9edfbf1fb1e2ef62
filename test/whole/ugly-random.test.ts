/**
 * Mail that was damaged on the way, from a seed (`UGLY_SEED=n UGLY_COUNT=n`): what it says can be anybody's guess, but it
 * is in the CRM exactly once, nothing is set aside, and every pass ends well (X1, X2, X7).
 */
import { deliverAll } from './ugly/deliver';
import { headerMails } from './ugly/headers';
import { kindMails } from './ugly/kinds';
import { libraryMail } from './ugly/library-mail';
import { mutated } from './ugly/mutations';
import { structureMails } from './ugly/structures';

jest.setTimeout(300_000);

test('X1, X7: damaged mail is in the CRM once each', () => {
  const { UGLY_SEED: seed = '1', UGLY_COUNT: count = '120' } = process.env;
  const small = [...headerMails(), ...structureMails(), ...kindMails(), ...libraryMail('cpython')].filter(
    ({ raw }) => raw.length < 50_000,
  );
  const mails = mutated(small, Number(count), Number(seed));
  const { arrived } = deliverAll(mails);
  const wrong = arrived.filter(({ emails, setAside }) => emails.length !== 1 || setAside.length > 0);
  expect(wrong.map(({ name, emails, setAside }) => `${name}: ${emails.length} times, ${setAside.join()}`)).toEqual([]);
});

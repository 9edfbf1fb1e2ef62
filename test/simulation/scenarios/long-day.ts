/** One day with everything in it: 31 messages of two colleagues, three contacts and a stranger. */
import { AGENT, COLLEAGUE } from '../day';
import { CRM } from '../letters';
import type { Scenario } from '../scenario';

const pending = { channel: 'gmail' } as const;
const file = (name: string) => [{ name, type: 'text/plain', base64: Buffer.from('ten pieces').toString('base64') }];

export const LONG_DAY: Scenario = {
  name: 'long-day',
  rules: 'all',
  play: (day) => {
    day.switches({ replyTo: 'user' }).connected(AGENT, { app: true }).connected(COLLEAGUE);
    // Morning: a copy, a mail through Gmail, one with a file, and a colleague's.
    const offer = day.crmSends({ subject: 'The blue kitchen' });
    const sent = day.crmSends({ ...pending, subject: 'The garden door', contact: 1 });
    day.crmSends({ subject: 'Drawings of the roof', contact: 2, attachments: file('roof.txt') });
    const theirs = day.crmSends({ subject: 'The other house', contact: 2 }, COLLEAGUE);
    day.later(1);
    day.passes();

    const answer = day.contactAnswers({ to: offer.letter, attachment: 'my notes' });
    const door = day.contactAnswers({ to: sent.letter, contact: 1 });
    day.contactAnswers({ to: theirs.letter, contact: 2, user: COLLEAGUE });
    day.strangerWrites();
    day.passes();

    const mine = day.userAnswers({ to: answer, html: true });
    day.userAnswers({ to: door });
    day.crmSends({ subject: 'Re: The blue kitchen', replyTo: offer });
    day.later(1);
    day.pass();

    day.contactAnswers({ to: mine, cc: [COLLEAGUE] });
    day.crmSends({
      ...pending,
      subject: 'Re: The garden door',
      replyTo: sent,
      contact: 1,
      attachments: file('door.txt'),
    });
    day.strangerWrites({ subject: 'The blue kitchen' });
    day.later(1);
    day.passes();

    // Noon: the CRM takes the answers in by itself, then both do.
    day.switches({ replyTo: 'crm' });
    const noon = day.crmSends({ subject: 'Lunch offer', contact: 1 });
    day.later(1);
    day.pass();
    day.contactAnswers({ to: noon.letter, contact: 1 });
    day.later(4);
    day.pass();
    day.switches({ replyTo: 'both' });
    const both = day.crmSends({ subject: 'Windows and doors', contact: 2 });
    day.later(1);
    day.pass();
    day.contactAnswers({ to: both.letter, contact: 2 });
    day.later(11);
    day.pass();

    // Afternoon: bulk and automatic mail, mail of no concern, and the history is gone.
    day.switches({ replyTo: 'user' });
    day.crmSends({ subject: 'News of March', kind: 'bulk', from: AGENT });
    day.crmSends({ subject: 'Welcome', kind: 'workflow', contact: 1, synced: false });
    day.crmSends({ subject: 'From the brand', kind: 'bulk', from: 'news@brand.example', contact: 2, synced: false });
    day.strangerWrites({ from: day.contacts[1].email, subject: 'A question of mine' });
    day.world.gmail.expireHistory(AGENT);
    day.later(1);
    day.syncsNow();

    // One comes back.
    day.hostOf(1, 'bounces');
    const returned = day.crmSends({ ...pending, subject: 'To an old address', contact: 1 });
    day.amend(returned.letter, { [CRM]: 1, [AGENT]: 1 });
    day.later(1);
    day.pass();
    day.pass();
    day.hostOf(1, 'takes');

    const evening = day.crmSends({ ...pending, subject: 'Until tomorrow', contact: 2 });
    day.later(1);
    day.pass();
    const late = day.contactAnswers({ to: evening.letter, contact: 2 });
    day.userAnswers({ to: answer });
    day.pass();
    day.userAnswers({ to: late });
    day.opensHome();
    day.pass();

    // The next day: the token has to be renewed, then another address, then the end.
    day.later(23 * 60);
    day.crmSends({ ...pending, subject: 'Good morning' });
    day.pass();
    day.changesAddress('agent.sales@example.com');
    day.later(15);
    day.contactAnswers({ to: evening.letter, contact: 2, synced: false });
    day.later(1);
    day.pass();
    day.disconnect();
  },
};

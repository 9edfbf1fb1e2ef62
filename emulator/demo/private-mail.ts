/** What was in the user's mailbox before anything was connected: their own life, which the add-on has nothing to do with. */
import { AGENT, COLLEAGUE } from '../world/empty';
import type { World } from '../world/world';
import { composeMail, type DemoMail, type Mailbox } from './compose';
import { invitation, pdf } from './files';
import { FRIENDS } from './people';
import { chart, sea } from './pictures';

type Letter = Pick<DemoMail, 'body' | 'attachments' | 'inline' | 'extra'> & {
  readonly from: Mailbox;
  readonly to?: readonly Mailbox[];
  /** Hours before the world's first moment. */
  readonly hoursAgo: number;
  /** Labels beside INBOX or SENT. */
  readonly labels?: readonly string[];
};

interface Thread {
  readonly owner: Mailbox;
  readonly subject: string;
  readonly letters: readonly Letter[];
}

const LIST = ['List-Id: <news.example>', 'List-Unsubscribe: <mailto:leave@news.example>', 'Precedence: bulk'];
const UNREAD = ['UNREAD'];

const THREADS: readonly Thread[] = [
  {
    owner: AGENT,
    subject: 'Saturday?',
    letters: [
      {
        from: FRIENDS.sam,
        hoursAgo: 66,
        body: 'Hi Alex,\n\nthe climbing hall has the new routes up. Saturday at ten?\n\nSam',
      },
      { from: AGENT, to: [FRIENDS.sam], hoursAgo: 65, body: 'Ten is early, but yes. I bring coffee.\n\nAlex' },
      {
        from: FRIENDS.sam,
        hoursAgo: 41,
        body: 'My arms say thank you for the day off today.\n\n> Ten is early, but yes. I bring coffee.',
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Photos from the coast',
    letters: [
      {
        from: FRIENDS.mum,
        hoursAgo: 52,
        body: '<p>Dear Alex,</p><p>this was the view from our room, every evening.</p><p><img src="cid:sea.png" alt="The sea at sunset" width="192"></p><p>Love, Mum</p>',
        inline: [sea('sea.png')],
      },
      { from: AGENT, to: [FRIENDS.mum], hoursAgo: 50, body: 'Beautiful! Call you on Sunday.\n\nAlex' },
    ],
  },
  {
    owner: AGENT,
    subject: 'Fahrradtour im Frühling',
    letters: [
      {
        from: FRIENDS.jonas,
        hoursAgo: 120,
        body: 'Hallo Alex,\n\nhast du am langen Wochenende im Mai schon etwas vor? Ich würde gern die Strecke am See fahren, zwei Tage, mit einer Übernachtung.\n\nViele Grüße\nJonas',
      },
      {
        from: AGENT,
        to: [FRIENDS.jonas],
        hoursAgo: 98,
        body: 'Hallo Jonas,\n\nsehr gern! Ich kümmere mich um die Unterkunft.\n\nBis bald\nAlex',
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Your appointment on 12 March',
    letters: [
      {
        from: FRIENDS.dentist,
        hoursAgo: 74,
        body: 'Dear Alex Agent,\n\nthis confirms your appointment on Thursday, 12 March, at 08:30. Please tell us a day ahead if you cannot come.\n\nDr. Lee, Dental Practice',
        attachments: [
          invitation('invite.ics', {
            uid: 'appointment-4711@drlee-dental.example',
            title: 'Dental check-up',
            place: '4 Harbour Lane',
            start: Date.UTC(2026, 2, 12, 8, 30),
          }),
        ],
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Your statement for February',
    letters: [
      {
        from: FRIENDS.bank,
        hoursAgo: 27,
        labels: UNREAD,
        body: '<p>Dear customer,</p><p>your statement for <b>February 2026</b> is attached.</p><p><small>This mailbox is not read.</small></p>',
        attachments: [
          pdf('statement-2026-02.pdf', 'First Harbour Bank', [
            'Statement 2/2026',
            '',
            'Balance 1 February: 2,410.55',
            'Balance 28 February: 2,988.10',
          ]),
        ],
        extra: ['Auto-Submitted: auto-generated'],
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Order 20817 is on its way',
    letters: [
      {
        from: FRIENDS.shop,
        hoursAgo: 90,
        body: '<h2>Thank you!</h2><p>Your order <b>20817</b> left our workshop today.</p><table><tr><td>2 ×</td><td>Notebook, dotted</td></tr><tr><td>1 ×</td><td>Pine pencil box</td></tr></table>',
        extra: ['Auto-Submitted: auto-generated'],
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'The Morning Ledger: what the port strike means',
    letters: [
      {
        from: FRIENDS.news,
        hoursAgo: 2,
        labels: UNREAD,
        body: '<h1>The Morning Ledger</h1><p>Good morning. Three stories for your Monday.</p><h3>The port strike, day nine</h3><p>Shippers begin to look for other ways.</p><h3>Rates</h3><p>No change, again.</p><p><img src="cid:rates.png" alt="Rates since autumn"></p><p><a href="https://morningledger.example/leave">Leave this list</a></p>',
        inline: [chart('rates.png', [3, 4, 4, 5, 5, 4])],
        extra: LIST,
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Build Weekly #212',
    letters: [
      {
        from: FRIENDS.weekly,
        hoursAgo: 148,
        body: '<h1>Build Weekly</h1><ul><li>Fewer meetings, better notes</li><li>A checklist for hand-overs</li><li>Reader question: how long is your Monday?</li></ul>',
        extra: LIST,
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Heating inspection in your building',
    letters: [
      {
        from: FRIENDS.landlord,
        hoursAgo: 190,
        body: 'Dear tenant,\n\nthe heating will be inspected on 9 March between 9 and 12. Please make sure that somebody is in.\n\nHill Street Letting',
      },
      {
        from: AGENT,
        to: [FRIENDS.landlord],
        hoursAgo: 188,
        body: 'Good morning,\n\nI work from home that day, any time is fine.\n\nAlex Agent',
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Your ticket to Porthaven',
    letters: [
      {
        from: FRIENDS.rail,
        hoursAgo: 30,
        body: '<p>Outward: <b>Fri 20 March, 16:05</b><br>Return: <b>Sun 22 March, 18:40</b></p><p>Your ticket is attached.</p>',
        attachments: [
          pdf('ticket.pdf', 'Coastline Rail', [
            'Fri 20 March 16:05  coach 4, seat 21',
            'Sun 22 March 18:40  coach 2, seat 7',
          ]),
        ],
      },
    ],
  },
  {
    owner: AGENT,
    subject: 'Desk plan',
    letters: [
      {
        from: COLLEAGUE,
        hoursAgo: 44,
        body: 'Hi Alex,\n\nI am in on Tuesday and Thursday this week. Can I have the desk at the window?\n\nCasey',
      },
      { from: AGENT, to: [COLLEAGUE], hoursAgo: 43, body: 'All yours.\n\nAlex' },
    ],
  },
  {
    owner: COLLEAGUE,
    subject: 'Desk plan',
    letters: [
      {
        from: COLLEAGUE,
        to: [AGENT],
        hoursAgo: 44,
        body: 'Hi Alex,\n\nI am in on Tuesday and Thursday this week. Can I have the desk at the window?\n\nCasey',
      },
      { from: AGENT, to: [COLLEAGUE], hoursAgo: 43, body: 'All yours.\n\nAlex' },
    ],
  },
  {
    owner: COLLEAGUE,
    subject: 'Choir on Wednesday',
    letters: [
      {
        from: FRIENDS.sam,
        to: [COLLEAGUE],
        hoursAgo: 20,
        labels: UNREAD,
        body: 'Hi Casey,\n\nwe begin half an hour later this week. Bring the Fauré.\n\nSam',
      },
    ],
  },
];

export function plantPrivateMail(world: World): void {
  const now = world.clock.now;
  const letters = THREADS.flatMap(({ owner, subject, letters: list }) => {
    const ids: string[] = [];
    return list.map((letter, index) => {
      const messageId = `<${world.ids.hex(16)}@${letter.from.email.split('@')[1]}>`;
      const references = [...ids];
      ids.push(messageId);
      return { owner, letter, messageId, references, subject: index === 0 ? subject : `Re: ${subject}` };
    });
  });
  letters.sort((a, b) => b.letter.hoursAgo - a.letter.hoursAgo);
  for (const { owner, letter, messageId, references, subject } of letters) {
    const date = now - letter.hoursAgo * 3_600_000;
    const raw = composeMail(
      { ...letter, to: letter.to ?? [owner], subject, date, messageId, references },
      `part-${world.ids.hex(12)}`,
    );
    const place = letter.from.email === owner.email ? 'SENT' : 'INBOX';
    world.gmail.plant(owner.email, raw, [place, ...(letter.labels ?? [])], date);
  }
}

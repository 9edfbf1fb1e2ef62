/** Cards of an open thread: whether it syncs and why, what became of each mail, and syncing one by hand. */
import { undecided, working } from './account';
import {
  ANA,
  answered,
  connected,
  CRM,
  german,
  MINUTE,
  mirrored,
  openThread,
  stranger,
  type CardStates,
  type Sidebar,
} from './scene';

/** Opened and answered, the answer logged. */
function linked(bar: Sidebar): string {
  connected(bar);
  const thread = mirrored(bar);
  const { emailMessageId } = bar.send({ subject: 'Price list' });
  bar.world.highlevel.track(emailMessageId, 'opened');
  answered(bar, thread);
  bar.world.advance(5 * MINUTE, false);
  bar.timer();
  bar.world.advance(MINUTE, false);
  return thread;
}

const FILE = [
  '--cut\r\n\r\nSee the file.',
  '--cut\r\nContent-Type: application/x-msdownload\r\nContent-Disposition: attachment; filename="setup.exe"\r\n\r\nMZ',
  '--cut--',
].join('\r\n');

function refusedPush(bar: Sidebar, answer: '422' | '502'): Sidebar {
  connected(bar);
  const thread = mirrored(bar);
  answered(bar, thread);
  bar.world.advance(5 * MINUTE, false);
  bar.world.appsScript.setFaults([
    {
      host: CRM,
      path: '/conversations/messages/inbound',
      answer,
      times: 9,
      ...(answer === '502' ? { effect: 'done' } : {}),
    },
  ]);
  return openThread(bar, thread);
}

function long(bar: Sidebar): Sidebar {
  connected(bar);
  const thread = mirrored(bar);
  for (let count = 0; count < 12; count++) answered(bar, thread, { text: `Answer ${count}` });
  bar.world.advance(5 * MINUTE, false);
  bar.timer();
  bar.world.advance(MINUTE, false);
  return openThread(bar, thread);
}

export const THREAD_STATES: CardStates = {
  thread: (bar) => openThread(bar, linked(bar)),
  'thread-de': (bar) => openThread(bar, linked(german(bar))),
  'thread-long': long,
  'thread-stopped': (bar) => openThread(bar, linked(bar)).press('thread.stop'),
  'thread-file': (bar) => {
    connected(bar);
    const thread = mirrored(bar);
    answered(bar, thread, { headers: ['Content-Type: multipart/mixed; boundary=cut'], text: FILE });
    bar.world.advance(5 * MINUTE, false);
    bar.timer();
    return openThread(bar, thread);
  },
  'thread-parked': (bar) => refusedPush(bar, '422'),
  'thread-waiting': (bar) => refusedPush(bar, '502'),
  'thread-held': (bar) => {
    undecided(bar);
    const { messages } = bar.gmail('GET', 'messages?labelIds=SENT') as { messages: { threadId: string }[] };
    return openThread(bar, messages[0].threadId);
  },
  'thread-crm-down': (bar) => {
    const thread = linked(bar);
    bar.world.advance(5 * MINUTE, false);
    bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 500 }]);
    return openThread(bar, thread);
  },
  'thread-left': (bar) => {
    const thread = linked(bar);
    const { messages } = bar.gmail('GET', `threads/${thread}?format=metadata&metadataHeaders=Message-ID`);
    const parent = messages.at(-1).payload.headers[0].value as string;
    const raw = [
      'To: bruno.keller@zurich.example',
      'Subject: Re: Offer for the showroom',
      `In-Reply-To: ${parent}`,
      `References: ${parent}`,
      '',
      'Please have a look.',
      '',
    ];
    bar.gmail('POST', 'messages/send', { threadId: thread, raw: Buffer.from(raw.join('\r\n')).toString('base64url') });
    bar.world.advance(5 * MINUTE, false);
    bar.timer();
    return openThread(bar, thread);
  },
  'thread-former-address': (bar) => {
    working(bar);
    const { messages } = bar.gmail('GET', 'messages?labelIds=SENT') as { messages: { threadId: string }[] };
    bar.menu('onSettings').press('address.show');
    const alias = bar.choices('address')!.find(({ selected }) => !selected)!.value;
    bar.press('address.change', { address: [alias] });
    return openThread(bar, messages[0].threadId);
  },
  'thread-unlinked': (bar) => stranger(connected(bar), `Ana Pereira <${ANA}>`),
  'thread-unknown-sender': (bar) => stranger(connected(bar), 'Nina Newcomer <nina@new.example>'),
  'thread-several-people': (bar) =>
    stranger(connected(bar), `Ana Pereira <${ANA}>`, [
      'Cc: Bruno Keller <bruno.keller@zurich.example>, x@else.example',
    ]),
  'thread-draft': (bar) => {
    connected(bar);
    const raw = Buffer.from([`To: ${ANA}`, 'Subject: Draft', '', 'Not yet', ''].join('\r\n')).toString('base64url');
    const { message } = bar.gmail('POST', 'drafts', { message: { raw } });
    return bar.open({ at: 'message', id: message.id as string });
  },
  'thread-link': (bar) => stranger(connected(bar), `Ana Pereira <${ANA}>`).press('link.show'),
  check: (bar) => openThread(bar, linked(bar)).press('check.thread'),
  'check-missing': (bar) => {
    const thread = linked(bar);
    const copy = bar.gmail('GET', `threads/${thread}?format=minimal`).messages[0].id as string;
    bar.gmail('DELETE', `messages/${copy}`);
    return openThread(bar, thread).press('check.thread');
  },
  'check-crm-down': (bar) => {
    openThread(bar, linked(bar));
    bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 90 }]);
    return bar.press('check.thread');
  },
  'check-all': (bar) => {
    linked(bar);
    return bar.menu('onActivity').press('check.all');
  },
  'activity-new': (bar) => connected(bar).menu('onActivity'),
  activity: (bar) => {
    working(bar);
    bar.send({ subject: 'Automatic', kind: 'workflow' });
    bar.world.advance(MINUTE, false);
    bar.timer();
    return bar.menu('onActivity');
  },
  'activity-undecided': (bar) => undecided(bar).menu('onActivity'),
  'activity-undecided-de': (bar) => undecided(german(bar)).menu('onActivity'),
  'dry-run': (bar) => {
    const thread = linked(bar);
    answered(bar, thread);
    bar.send({ subject: 'Another offer' });
    bar.send({ subject: 'Automatic', kind: 'workflow' });
    bar.world.advance(MINUTE, false);
    return bar.menu('onActivity').press('preview.show');
  },
  'dry-run-nothing': (bar) => {
    linked(bar);
    bar.timer();
    return bar.menu('onActivity').press('preview.show');
  },
};

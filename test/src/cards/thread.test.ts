/** The card of an open message (S2, G2): who, whether it syncs and why, and what became of each mail. */
import { AGENT, MINUTE, newSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';
const ANA = 'ana.pereira@lisbon.example';

let bar: Sidebar;
beforeEach(() => {
  bar = newSidebar();
}, 60_000);

/** A connected mailbox with one mail of the CRM in it. */
function linked() {
  bar.connect();
  bar.world.advance(MINUTE, false);
  return bar.link();
}

const openThread = (id: string) => bar.open({ at: 'thread', id });

describe('a linked thread', () => {
  test('S2: contact, sync, state and tracking of a mail of the CRM, links into the CRM', () => {
    const { sent, threadId } = linked();
    bar.world.highlevel.track(sent.emailMessageId, 'opened');
    openThread(threadId);
    for (const part of ['Ana Pereira', ANA, 'Azulejo Lda', '+351210000001']) expect(bar.text).toContain(part);
    expect(bar.text).toContain('This thread is synced with the CRM');
    expect(bar.text).toContain('Sent from the CRM · opened');
    expect(bar.links).toContainEqual(expect.stringContaining('https://app.gohighlevel.com/v2/location/'));
    expect(bar.has('thread.stop')).toBe(true);
  });

  test('M4: a file that did not go is named with its reason, however many mails came after it', () => {
    const { threadId } = linked();
    const thread = bar.gmail('GET', `threads/${threadId}?format=metadata&metadataHeaders=Message-ID`);
    const id = thread.messages.at(-1).payload.headers[0].value as string;
    const body = [
      '--cut\r\n\r\nSee the file.',
      '--cut\r\nContent-Type: application/x-msdownload\r\nContent-Disposition: attachment; filename="setup.exe"\r\n\r\nMZ',
      '--cut--',
    ].join('\r\n');
    bar.mailFrom(
      ANA,
      [
        'Subject: Re: An offer',
        `References: ${id}`,
        'Message-ID: <f1@lisbon.example>',
        'Content-Type: multipart/mixed; boundary=cut',
      ],
      body,
    );
    bar.timer();
    bar.answer(threadId);
    bar.timer();
    bar.world.advance(MINUTE, false);
    openThread(threadId);
    expect(bar.text).toContain('Without setup.exe');
    expect(bar.text).toContain('does not take files of this kind');
  });

  test('G2: opening it syncs it at once: an answer that came since is logged', () => {
    const { threadId } = linked();
    bar.answer(threadId);
    bar.world.advance(5 * MINUTE, false);
    openThread(threadId);
    expect(bar.text).toContain('Logged in the CRM');
    expect(bar.head.today.pushed).toBe(1);
  });

  test('G2: a second look within half a minute asks nothing twice', () => {
    const { threadId } = linked();
    bar.world.advance(MINUTE, false);
    openThread(threadId);
    const since = bar.seq;
    bar.world.advance(10_000, false);
    openThread(threadId);
    expect(bar.requests(since).some(({ path }) => path?.includes('/history'))).toBe(false);
  });

  test('S9: one round of requests, with the sync fresh', () => {
    const { threadId } = linked();
    bar.world.advance(10_000, false);
    const since = bar.seq;
    openThread(threadId);
    expect(new Set(bar.requests(since).map(({ round }) => round)).size).toBe(1);
  });

  test('own answers from Gmail are logged and not tracked', () => {
    const { threadId } = linked();
    bar.answer(threadId);
    const raw = [
      `From: ${AGENT}`,
      `To: ${ANA}`,
      'Subject: Re: An offer',
      'In-Reply-To: <a1@lisbon.example>',
      'References: <a1@lisbon.example>',
      '',
      'Thanks!',
      '',
    ];
    bar.gmail('POST', 'messages/send', { raw: Buffer.from(raw.join('\r\n')).toString('base64url'), threadId });
    bar.world.advance(5 * MINUTE, false);
    openThread(threadId);
    expect(bar.text).toContain('Logged in the CRM · not tracked, because Gmail sent it');
  });

  test('T6: drafts, spam and what is in the bin say so', () => {
    const { threadId } = linked();
    const { id } = bar.answer(threadId);
    bar.gmail('POST', `messages/${id}/trash`);
    const raw = [`To: ${ANA}`, 'Subject: Re: An offer', 'In-Reply-To: <a1@lisbon.example>', '', 'Not yet', ''];
    bar.gmail('POST', 'drafts', { message: { raw: Buffer.from(raw.join('\r\n')).toString('base64url'), threadId } });
    openThread(threadId);
    expect(bar.text).toContain('Draft: syncs when it is sent');
    expect(bar.text).toContain('In the bin');
  });

  test('a refused push is set aside with its reason, an advice and a button', () => {
    const { threadId } = linked();
    bar.answer(threadId);
    bar.world.advance(5 * MINUTE, false);
    bar.world.appsScript.setFaults([{ host: CRM, path: '/conversations/messages/inbound', answer: '422', times: 9 }]);
    openThread(threadId);
    expect(bar.text).toContain('Set aside: the CRM did not accept it');
    expect(bar.text).toContain('Look at the contact in the CRM');
    expect(bar.has('item.retry')).toBe(true);
    bar.world.appsScript.setFaults([]);
    bar.press('item.retry');
    expect(bar.text).not.toContain('Set aside:');
    expect(openThread(threadId).text).toContain('Logged in the CRM');
  });

  test('an unknown outcome is waited for, and the card says until when', () => {
    const { threadId } = linked();
    bar.answer(threadId);
    bar.world.advance(5 * MINUTE, false);
    bar.world.appsScript.setFaults([
      { host: CRM, path: '/conversations/messages/inbound', answer: '502', effect: 'done' },
    ]);
    openThread(threadId);
    expect(bar.text).toMatch(/Waiting until \d\d?:\d\d( [AP]M)?: it is being made sure that it did not arrive already/);
  });

  test('S9: a CRM that is down leaves a usable card', () => {
    const { threadId } = linked();
    bar.world.advance(5 * MINUTE, false);
    bar.world.appsScript.setFaults([{ host: CRM, answer: '503', times: 500 }]);
    openThread(threadId);
    expect(bar.text).toContain('The CRM does not answer');
    expect(bar.text).toContain('Mails of this thread');
    expect(bar.has('thread.stop')).toBe(true);
  });

  test('the status of a failed mail comes with what the CRM says of it, without its markup', () => {
    const { sent, threadId } = linked();
    bar.world.highlevel.track(sent.emailMessageId, 'failed', 'No <b>such</b> user & mailbox');
    bar.world.advance(10_000, false);
    openThread(threadId);
    expect(bar.text).toContain('Sent from the CRM · failed: No ‹b›such‹/b› user & mailbox');
  });

  test('whoever writes the marker of a CRM e-mail into a mail is not taken for the add-on', () => {
    const { sent, threadId } = linked();
    const { id } = bar.mailFrom('mallory@evil.example', [
      'Subject: Hi',
      'Message-ID: <m@evil.example>',
      `X-Threadlink-Email-Id: ${sent.emailMessageId}x`,
    ]);
    expect(bar.open({ at: 'message', id }).text).toContain('Why is this thread not synced?');
    expect(openThread(threadId).text).toContain('This thread is synced');
  });
});

describe('T8: stop syncing this thread', () => {
  test('stops both ways, and can be taken back', () => {
    const { threadId } = linked();
    openThread(threadId).press('thread.stop');
    expect(bar.notice).toContain('no longer syncs');
    expect(bar.text).toContain('You stopped syncing this thread');
    bar.answer(threadId);
    bar.world.advance(5 * MINUTE, false);
    bar.timer();
    expect(openThread(threadId).text).toContain('Not synced: you stopped syncing this thread');
    expect(bar.head.today.pushed).toBe(0);
    bar.press('thread.resume');
    expect(bar.text).toContain('This thread is synced with the CRM');
    answerAgain(threadId);
    bar.world.advance(5 * MINUTE, false);
    openThread(threadId);
    expect(bar.head.today.pushed).toBe(1);
  });

  function answerAgain(threadId: string): void {
    const thread = bar.gmail('GET', `threads/${threadId}?format=metadata&metadataHeaders=Message-ID`);
    const id = thread.messages.at(-1).payload.headers[0].value as string;
    bar.mailFrom(ANA, [
      'Subject: Re: An offer',
      'Message-ID: <a2@lisbon.example>',
      `In-Reply-To: ${id}`,
      `References: ${id}`,
    ]);
  }

  test('a thread that is not linked cannot be stopped by hand', () => {
    linked();
    bar.forge({ do: 'thread.stop', crm: 'AAAAAAAAAAAAAAAAAAAA' });
    expect(bar.text).toContain('This thread is not synced');
    expect(Object.keys(bar.properties).filter((key) => key.startsWith('cmd.'))).toEqual([]);
  });

  test('X13: while another pass runs, the command waits for it and is not lost', () => {
    const { threadId } = linked();
    openThread(threadId);
    const crm = bar.clicks.find(({ parameters }) => parameters.do === 'thread.stop')!.parameters.crm;
    bar.world.advance(5 * MINUTE, false);
    const body = { user: AGENT, at: 'home', function: 'onAction', parameters: { do: 'thread.stop', crm } };
    bar.world.appsScript.setFaults([{ host: CRM, act: { method: 'POST', path: '/emulator/sidebar/action', body } }]);
    bar.timer();
    bar.world.appsScript.setFaults([]);
    expect(bar.world.failedActs).toEqual([]);
    bar.world.advance(2 * MINUTE);
    expect(Object.keys(bar.properties).filter((key) => key.startsWith('cmd.'))).toEqual([]);
    expect(openThread(threadId).text).toContain('You stopped syncing this thread');
    expect(bar.triggers.map(({ handler }) => handler)).toEqual(['onSyncTimer']);
  });
});

describe('any other thread', () => {
  test('T1: why it is not synced, and who the sender is', () => {
    bar.connect();
    const { id } = bar.mailFrom(ANA, ['Subject: Lunch?', 'Message-ID: <l@lisbon.example>']);
    bar.open({ at: 'message', id });
    expect(bar.text).toContain('Why is this thread not synced?');
    expect(bar.text).toContain('did not start with an e-mail from the CRM');
    expect(bar.text).toContain('Ana Pereira');
    expect(bar.has('thread.stop')).toBe(false);
  });

  test('S3: an unknown sender is said to be unknown', () => {
    bar.connect();
    const { id } = bar.mailFrom('someone@else.example', ['Subject: Hello', 'Message-ID: <s@else.example>']);
    expect(bar.open({ at: 'message', id }).text).toContain('someone@else.example is not a contact in the CRM');
  });

  test('not connected: the way to connect', () => {
    const { id } = bar.mailFrom(ANA, ['Subject: Lunch?', 'Message-ID: <l@lisbon.example>']);
    expect(bar.open({ at: 'message', id }).has('connect.check')).toBe(true);
  });

  test('connected beside a message: its card follows', () => {
    const { id } = bar.mailFrom(ANA, ['Subject: Lunch?', 'Message-ID: <l@lisbon.example>']);
    const { token, locationId } = bar.crm;
    bar.open({ at: 'message', id }).press('connect.check', { token, location: locationId }).press('connect.finish');
    expect(bar.text).toContain('Why is this thread not synced?');
  });

  test('a draft that was never sent: never a crash', () => {
    bar.connect();
    const raw = [`To: ${ANA}`, 'Subject: Draft', '', 'Not yet', ''];
    const { message } = bar.gmail('POST', 'drafts', {
      message: { raw: Buffer.from(raw.join('\r\n')).toString('base64url') },
    });
    expect(bar.open({ at: 'message', id: message.id }).text).toContain('only a draft');
    const event = { commonEventObject: {}, gmail: { messageId: 'msg-a:r1234567890', threadId: 'thread-a:r99' } };
    const { ok, result } = bar.world.run(AGENT, 'onGmailMessage', event, 'card');
    expect([ok, JSON.stringify(result).length > 100]).toEqual([true, true]);
  });

  test('platform 5.4: ids in the form of Gmail’s screens do as well', () => {
    const { threadId } = linked();
    bar.world.switches.set({ eventMessageId: 'msg-f' });
    expect(openThread(threadId).text).toContain('This thread is synced with the CRM');
  });

  test('a thread that is gone meanwhile: never a crash', () => {
    bar.connect();
    const event = { commonEventObject: {}, gmail: { messageId: '1000000000000001', threadId: '1000000000000001' } };
    expect(bar.world.run(AGENT, 'onGmailMessage', event, 'card').ok).toBe(true);
  });

  test('markup in names and subjects is read, not obeyed', () => {
    bar.connect();
    const { id } = bar.mailFrom('x@else.example', [
      'Subject: <a href="https://evil.example">Win</a>',
      'Message-ID: <w@else.example>',
    ]);
    bar.world.highlevel.addContact({ name: '<a href="https://evil.example">Me & You</a>', email: 'x@else.example' });
    bar.open({ at: 'message', id });
    expect(JSON.stringify(bar.cards)).not.toContain('<a href');
    expect(JSON.stringify(bar.cards)).toContain('&lt;a href');
  });
});

test('C10: a CRM user who may see only assigned data does not see other people’s contacts', () => {
  const email = 'limited@example.com';
  bar.world.gmail.addAccount({ email, name: 'Limited' });
  bar.world.highlevel.addUser({ name: 'Limited', email, assignedDataOnly: true });
  const limited = bar.as(email).connect();
  const { id } = limited.mailFrom(ANA, ['Subject: Lunch?', 'Message-ID: <l@lisbon.example>']);
  limited.open({ at: 'message', id });
  expect(limited.text).toContain('not assigned to you');
  expect(limited.text).not.toContain('Azulejo');
});

/** Writing from the sidebar (S5): sent once through Gmail, whatever happens, and logged in the CRM as the user's own (R11). */
import type { Answer } from '../../../emulator/core/services';
import { eventFor, type FormInputs } from '../../../emulator/world/events';
import { fillTemplate } from '../../../src/cards/write/templates';
import { editState } from '../../whole/remembered';
import { AGENT, MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const GMAIL = 'gmail.googleapis.com';
const CRM = 'services.leadconnectorhq.com';
const ANA = 'ana.pereira@lisbon.example';
const SEND = '/gmail/v1/users/me/drafts/send';
const DRAFTS = '/gmail/v1/users/me/drafts';
const FORM: FormInputs = { subject: 'Re: An offer', text: 'Dear Ana,\n\nhere it is.' };

let bar: Sidebar;
let threadId: string;
beforeEach(() => {
  bar = connectedSidebar();
  ({ threadId } = bar.link());
}, 60_000);

const openThread = () => bar.open({ at: 'thread', id: threadId });
const received = () =>
  (bar.world.network.received(ANA) ?? [])
    .map(({ raw }) => raw.toString('latin1'))
    .filter((raw) => /here it is/.test(raw));
const drafts = () => (bar.gmail('GET', 'drafts').drafts ?? []) as { id: string }[];
const sent = () => (bar.gmail('GET', 'messages?labelIds=SENT').messages ?? []) as { id: string; threadId: string }[];

function logged(): { direction: string; body: string; from: string }[] {
  const { messages } = bar.crmGet(
    `/conversations/messages/export?locationId=${bar.crm.locationId}&channel=Email&limit=100`,
  );
  const ids = messages.flatMap((row: { meta: { email: { messageIds: string[] } } }) => row.meta.email.messageIds);
  return ids
    .map((id: string) => bar.crmGet(`/conversations/messages/email/${id}`).emailMessage)
    .filter(({ body }: { body: string }) => body.includes('here it is'));
}

/** A click whose run may not come back: Gmail shows an error then. */
function clickHard(parameters: Readonly<Record<string, string>>, form: FormInputs): boolean {
  try {
    bar.forge(parameters, form);
    return true;
  } catch {
    return false;
  }
}

describe('S5: an answer', () => {
  test('goes out through Gmail in the same thread, from the connected address, and is in the CRM as outbound', () => {
    openThread().press('write.reply');
    expect(bar.text).toContain(`To Ana Pereira · ${ANA}`);
    bar.press('write.send', FORM);
    expect(bar.notice).toBe('Sent, and logged in the CRM.');
    const [mail] = received();
    expect(mail).toMatch(/^From: "?Alex Agent"? <agent@example\.com>/m);
    expect(mail).toMatch(/^Subject: Re: An offer/m);
    expect(mail).toMatch(/^In-Reply-To: </m);
    expect(sent()[0].threadId).toBe(threadId);
    expect(logged()).toMatchObject([{ direction: 'outbound', from: AGENT }]);
    expect(drafts()).toEqual([]);
    expect(bar.text).toContain('Logged in the CRM · not tracked');
    for (let pass = 0; pass < 3; pass++) {
      bar.world.advance(11 * MINUTE, false);
      bar.timer();
    }
    expect(logged()).toHaveLength(1);
    expect(received()).toHaveLength(1);
  });

  test('copies go to whom they name, and something else than an address is asked for again', () => {
    openThread()
      .press('write.reply')
      .press('write.send', { ...FORM, cc: 'bruno.keller@zurich.example, nobody' });
    expect(bar.notice).toContain('“nobody” is not an e-mail address');
    openThread()
      .press('write.reply')
      .press('write.send', { ...FORM, cc: 'Bruno <bruno.keller@zurich.example>' });
    expect(bar.world.network.received('bruno.keller@zurich.example')).toHaveLength(1);
  });

  test('X13: two clicks send one mail', () => {
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    bar.forge(parameters, FORM);
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('sent already');
    expect(received()).toHaveLength(1);
    expect(logged()).toHaveLength(1);
  });

  test.each([
    ['POST', DRAFTS],
    ['POST', SEND],
  ])('X13: so do two at once, met at %s %s', (method, path) => {
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    const body = { user: AGENT, at: 'thread', id: threadId, function: 'onAction', parameters, formInputs: FORM };
    bar.world.appsScript.setFaults([
      { host: GMAIL, path, method, act: { method: 'POST', path: '/emulator/sidebar/action', body } },
    ]);
    bar.forge(parameters, FORM);
    bar.world.appsScript.setFaults([]);
    expect(received()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  const LOST: readonly Answer[] = ['502', 'empty', 'truncated'];
  test.each(LOST)('X3: sent, but answered %s: found in Sent', (answer) => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: SEND, answer, effect: 'done' }]);
    bar.press('write.send', FORM);
    expect(bar.notice).toContain('Sent');
    expect(received()).toHaveLength(1);
  });

  test.each(LOST)('X3: not sent and answered %s: the same draft waits for another click, and goes once', (answer) => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: SEND, answer, effect: 'none' }]);
    bar.press('write.send', FORM);
    expect(bar.text).toContain('The mail is not sent yet');
    expect(received()).toEqual([]);
    const again = bar.clickOf('write.again').parameters;
    bar.forge(again);
    expect(bar.notice).toContain('Sent');
    bar.forge(again);
    expect(bar.notice).toContain('sent already');
    expect(received()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  test('X3: a send that takes effect late, after it was asked for again, is one mail', () => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([
      { host: GMAIL, path: SEND, answer: '502', effect: 'late', lateMs: 5 * MINUTE, times: 1 },
    ]);
    bar.press('write.send', FORM).press('write.again');
    bar.world.appsScript.setFaults([]);
    bar.world.advance(10 * MINUTE, false);
    expect(received()).toHaveLength(1);
  });

  test.each(LOST)('X6: the draft was made but answered %s: it is found and sent, not made again', (answer) => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: DRAFTS, method: 'POST', answer, effect: 'done', times: 1 }]);
    bar.press('write.send', FORM);
    expect(bar.notice).toContain('Sent');
    expect(received()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('X13: killed %s its draft was made, the same card sends it when that run is over', (kill, made) => {
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: DRAFTS, method: 'POST', kill }]);
    expect(clickHard(parameters, FORM)).toBe(false);
    bar.world.appsScript.setFaults([]);
    expect(drafts()).toHaveLength(made);
    // It might still be under way.
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Nothing was sent');
    bar.world.advance(2 * MINUTE, false);
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Sent');
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('sent already');
    expect([received().length, drafts().length]).toEqual([1, 0]);
  });

  test('X13: with another text by then it is that text which goes', () => {
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: DRAFTS, method: 'POST', kill: 'after' }]);
    expect(clickHard(parameters, { ...FORM, text: 'Too early.' })).toBe(false);
    bar.world.appsScript.setFaults([]);
    bar.world.advance(2 * MINUTE, false);
    const before = bar.world.network.received(ANA)?.length ?? 0;
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Sent');
    expect(received()).toHaveLength(1);
    expect(bar.world.network.received(ANA)).toHaveLength(before + 1);
  });

  test('refused or too busy: nothing was sent, and it is said', () => {
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: DRAFTS, method: 'POST', answer: '429', times: 1 }]);
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Nothing was sent');
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Sent');
    expect(received()).toHaveLength(1);
  });

  test('a draft that somebody changed or deleted is not sent by another click', () => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([{ host: GMAIL, path: SEND, answer: '502', effect: 'none' }]);
    bar.press('write.send', FORM);
    bar.world.gmail.act(AGENT, 'edit-draft');
    const again = bar.clickOf('write.again').parameters;
    bar.forge(again);
    expect(bar.text).toContain('The draft was changed meanwhile');
    bar.world.gmail.act(AGENT, 'discard-draft');
    bar.forge(again);
    expect(bar.text).toContain('It cannot be told whether the mail was sent');
    bar.world.advance(11 * MINUTE, false);
    bar.press('write.look');
    expect(bar.text).toContain('The draft is gone');
    expect(received()).toEqual([]);
  });

  test('X9: it counts for the daily limit, and over that limit it is said when it can go; nothing is sent meanwhile', () => {
    const hour = Math.floor(bar.world.clock.now / (60 * MINUTE));
    // One below 80 % of what an organisation's mailbox may send.
    editState(bar, (state) => ({ ...state, head: { ...state.head, sends: [[hour - 2, 1_599]] } }));
    openThread().press('write.reply').press('write.send', FORM);
    expect(bar.notice).toBe('Sent, and logged in the CRM.');
    expect(bar.head.sends).toEqual([
      [hour - 2, 1_599],
      [hour, 1],
    ]);
    openThread().press('write.reply');
    expect(bar.text).toContain('Mail can be sent again from');
    const since = bar.seq;
    bar.press('write.send', FORM);
    expect(bar.notice).toMatch(/^Gmail’s daily limit for this mailbox is near\. Mail can be sent again from .*\d:\d\d/);
    expect(bar.requests(since).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect([received().length, drafts().length]).toEqual([1, 0]);
    bar.world.advance(24 * 60 * MINUTE, false);
    bar.timer();
    openThread().press('write.reply').press('write.send', FORM);
    expect(received()).toHaveLength(2);
  });

  test('X9: a second click at the limit finds what the first one sent, and a click whose pass is still to come counts', () => {
    const hour = Math.floor(bar.world.clock.now / (60 * MINUTE));
    openThread().press('write.reply');
    const { parameters } = bar.clickOf('write.send');
    editState(bar, (state) => ({ ...state, head: { ...state.head, sends: [[hour, 1_599]] } }));
    bar.world.appsScript.setProperty(AGENT, 'cmd.0123456789abcdef', JSON.stringify({ do: 'count-send' }));
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('daily limit');
    bar.world.appsScript.setProperty(AGENT, 'cmd.0123456789abcdef', undefined);
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('Sent');
    bar.forge(parameters, FORM);
    expect(bar.notice).toContain('sent already');
    expect(received()).toHaveLength(1);
  });

  test('the CRM down: sent all the same, and logged as soon as it is back', () => {
    openThread().press('write.reply');
    bar.world.appsScript.setFaults([
      { host: CRM, path: '/conversations/messages/inbound', answer: '503', effect: 'none', times: 50 },
    ]);
    bar.press('write.send', FORM);
    expect(bar.notice).toBe('Sent.');
    bar.world.appsScript.setFaults([]);
    bar.world.advance(11 * MINUTE, false);
    bar.timer();
    expect(logged()).toHaveLength(1);
  });

  test.each(['before', 'after'] as const)(
    'killed %s any call of the click: clicked again, it is sent once at most',
    (kill) => {
      const fresh = bar.world.snapshot();
      let cuts = 0;
      for (let nth = kill === 'before' ? 1 : 2; ; nth += 3) {
        bar.world.restore(fresh);
        openThread().press('write.reply');
        const { parameters } = bar.clickOf('write.send');
        bar.world.appsScript.setFaults([{ nth, kill, times: 1 }]);
        const came = clickHard(parameters, FORM);
        bar.world.appsScript.setFaults([]);
        bar.forge(parameters, FORM);
        if (received().length === 0) {
          // It is said that nothing was sent, and the way on is there.
          expect(bar.text + bar.notice).toMatch(/not sent yet|Nothing was sent/);
          if (bar.has('write.again')) bar.press('write.again');
        }
        expect(received().length).toBeLessThanOrEqual(1);
        bar.world.advance(11 * MINUTE, false);
        bar.timer();
        expect(logged()).toHaveLength(received().length);
        if (came) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(10);
    },
    120_000,
  );

  test('S9: a thread that is not synced with the contact, and a contact that is somebody else', () => {
    openThread();
    const other = bar.mailFrom('x@else.example', ['Subject: Hi', 'Message-ID: <x@else.example>']);
    const ana = bar.crm.contacts[0].id;
    const bruno = bar.crm.contacts[1].id;
    for (const parameters of [
      { contact: ana, thread: other.threadId },
      { contact: bruno, thread: threadId },
    ]) {
      bar.forge({ do: 'write.send', once: 'abcdef012345', ...parameters }, FORM);
      expect(bar.text).toContain('This thread is not synced');
    }
    expect(received()).toEqual([]);
  });
});

describe('S5: a new mail', () => {
  const NEW: FormInputs = { subject: 'A question', text: 'Dear Ana,\n\nhere it is.' };
  const begin = () => bar.open().forge({ do: 'contact.show', contact: bar.crm.contacts[0].id }).press('write.new');

  test('T1, R11: begins a link: in the CRM as outbound, and the answer comes there, too', () => {
    begin().press('write.send', NEW);
    expect(bar.notice).toBe('Sent, and logged in the CRM.');
    expect(logged()).toMatchObject([{ direction: 'outbound', from: AGENT }]);
    const [{ threadId: began }] = sent();
    expect(began).not.toBe(threadId);
    const id = /^Message-ID: (.*)$/im.exec(received()[0])![1].trim();
    bar.mailFrom(
      ANA,
      ['Subject: Re: A question', 'Message-ID: <q@lisbon.example>', `In-Reply-To: ${id}`, `References: ${id}`],
      'Yes, here it is.',
    );
    bar.world.advance(11 * MINUTE, false);
    bar.timer();
    expect(
      logged()
        .map(({ direction }) => direction)
        .sort(),
    ).toEqual(['inbound', 'outbound']);
    expect(bar.open({ at: 'thread', id: began }).text).toContain('This thread is synced with the CRM');
  });

  test.each(['before', 'after'] as const)(
    'killed %s any call: one mail at most, and in the CRM where it was sent',
    (kill) => {
      const fresh = bar.world.snapshot();
      let cuts = 0;
      for (let nth = kill === 'before' ? 2 : 4; ; nth += 6) {
        bar.world.restore(fresh);
        begin();
        const { parameters } = bar.clickOf('write.send');
        bar.world.appsScript.setFaults([{ nth, kill, times: 1 }]);
        const came = clickHard(parameters, NEW);
        bar.world.appsScript.setFaults([]);
        bar.forge(parameters, NEW);
        if (received().length === 0 && bar.has('write.again')) bar.press('write.again');
        expect(received().length).toBeLessThanOrEqual(1);
        for (let pass = 0; pass < 3; pass++) {
          bar.world.advance(61 * MINUTE, false);
          bar.timer();
        }
        expect([nth, logged().length]).toEqual([nth, received().length]);
        if (came) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(5);
    },
    240_000,
  );
});

describe('S5: templates', () => {
  const html = '<p>Dear {{contact.first_name}},</p><p><b>here it is</b>. {{user.name}}</p>';

  test('are put into the form with the contact’s own words, and go with their looks where they were left as they are', () => {
    bar.world.highlevel.addRecord('template', { name: 'Offer', type: 'email', template: { subject: 'Offer', html } });
    openThread().press('write.reply');
    const choice = bar.choices('template')!;
    expect(choice.map(({ text }) => text)).toEqual(['None', 'Offer']);
    bar.press('write.template', { template: [choice[1].value] });
    expect(JSON.stringify(bar.cards)).toContain('Dear Ana');
    bar.press('write.send');
    expect(received()[0]).toContain('<b>here it is</b>. Alex Agent');
  });

  test('what nobody has filled in is not sent', () => {
    openThread()
      .press('write.reply')
      .press('write.send', { ...FORM, text: 'Dear {{ custom.name }}' });
    expect(bar.notice).toContain('{{ custom.name }}');
    expect(received()).toEqual([]);
  });

  test('a name with markup in it stays a name', () => {
    const filled = fillTemplate(
      { id: 't', name: 'T', subject: 'For {{contact.name}}', html },
      { crmUserName: 'Alex Agent', locationName: 'L', address: AGENT },
      { name: '<img src=x> O’Neil', email: ANA, phone: '', company: '' },
    );
    expect(filled.html).toContain('&lt;img');
    expect(filled.subject).toBe('For <img src=x> O’Neil');
  });

  test('platform 5.3: in the compose window one is put in at the cursor, filled in for whom it is', () => {
    const { id } = bar.world.highlevel.addRecord('template', {
      name: 'Offer',
      type: 'email',
      template: { subject: 'Offer for {{contact.name}}', html },
    });
    const event = eventFor(bar.world, AGENT, undefined);
    const card = bar.world.run(AGENT, 'onCompose', event, 'card').result;
    expect(JSON.stringify(card)).toContain('"onInsertTemplate"');
    const clicked = eventFor(bar.world, AGENT, undefined, {
      formInputs: { template: [id], recipient: `Ana <${ANA}>`, subject: ['yes'] },
    });
    const { updateDraft } = bar.world.run(AGENT, 'onInsertTemplate', clicked, 'card').result as {
      updateDraft: { subject: string; body: { contents: { content: string }[] } };
    };
    expect(updateDraft.subject).toBe('Offer for Ana Pereira');
    expect(updateDraft.body.contents[0].content).toContain('Dear Ana,');
    const answer = eventFor(bar.world, AGENT, undefined, { formInputs: { template: [id] } });
    expect(bar.world.run(AGENT, 'onInsertTemplate', answer, 'card').result).not.toHaveProperty('updateDraft.subject');
    const unknown = eventFor(bar.world, AGENT, undefined, { formInputs: { template: ['none'] } });
    expect(bar.world.run(AGENT, 'onInsertTemplate', unknown, 'card')).toMatchObject({
      ok: true,
      result: { updateDraft: {} },
    });
  });

  test('the compose window without templates, and without a connection', () => {
    const event = eventFor(bar.world, AGENT, undefined);
    const shown = () => JSON.stringify(bar.world.run(AGENT, 'onCompose', event, 'card').result);
    expect(shown()).toContain('There are no e-mail templates in the CRM.');
    bar.menu('onSettings').press('disconnect.ask').press('disconnect.do');
    expect(shown()).toContain('Threadlink is not connected');
  });
});

/** Settings (S6): what the user can set is kept by the engine, obeyed from the next round on, and checked first. */
import { AGENT, MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const ANA = 'ana.pereira@lisbon.example';

let bar: Sidebar;
beforeEach(() => {
  bar = connectedSidebar();
}, 60_000);

const show = () => bar.menu('onSettings');

test('S6: exclusions, mail among colleagues and mail without the contact are kept', () => {
  show().press('settings.save', {
    excluded: 'Anna@Law.example\n@bank.example, *.clinic.example',
    mail: ['internal', 'withoutContact'],
  });
  expect(bar.notice).toBe('Settings saved.');
  expect(bar.head.settings).toMatchObject({
    excluded: ['anna@law.example', 'bank.example', 'clinic.example'],
    internalPrivate: true,
    withoutContact: true,
  });
  show();
  expect(JSON.stringify(bar.cards)).toContain('anna@law.example\\nbank.example');
  bar.press('settings.save', { mail: [] });
  expect(bar.head.settings).toMatchObject({ internalPrivate: false, withoutContact: false });
  expect(bar.head.settings.excluded).toHaveLength(3);
});

test('R3: how many mails of a bulk send are copied at once', () => {
  show().press('settings.save', { bulk: '25' });
  expect(bar.head.settings.mostBulk).toBe(25);
  show().press('settings.save', { bulk: 'many' });
  expect(bar.notice).toContain('whole number');
  expect(bar.head.settings.mostBulk).toBe(25);
});

test('T8: an exclusion holds for the mail that comes next', () => {
  show().press('settings.save', { excluded: 'lisbon.example' });
  bar.send({ subject: 'Kept back' });
  bar.world.advance(MINUTE, false);
  bar.timer();
  expect(bar.gmail('GET', 'messages?labelIds=SENT').messages).toBeUndefined();
});

test.each([
  ['not an address at all!', 'neither an address nor a domain'],
  [Array.from({ length: 90 }, (_, n) => `somebody-${n}@example-${n}.test`).join('\n'), 'too long'],
])('what is wrong with the list is said, and nothing is changed: %s', (excluded, words) => {
  show().press('settings.save', { excluded });
  expect(bar.notice).toContain(words);
  expect(bar.head.settings).toBeUndefined();
});

test('G1: the regular run is made anew as often as it is wanted, where the platform allows it', () => {
  bar.world.switches.set({ subHourlyTriggers: 'always' });
  show().press('settings.save', { cadence: ['15'] });
  expect(bar.triggers).toMatchObject([{ handler: 'onSyncTimer', everyMinutes: 15 }]);
  expect(bar.head.cadence).toBe(15);
  bar.press('settings.save', { cadence: ['1'] });
  expect(bar.triggers).toMatchObject([{ handler: 'onSyncTimer', everyMinutes: 1 }]);
});

test('G1: where it allows once an hour, the card says so', () => {
  show().press('settings.save', { cadence: ['10'] });
  expect(bar.text).toContain('once an hour by itself');
  expect(bar.triggers).toHaveLength(1);
});

test.each(['0', '7', 'soon', '-5'])('S9: %s minutes are no choice', (minutes) => {
  show().press('settings.save', { cadence: [minutes] });
  expect(bar.head.settings.cadence).toBeUndefined();
});

test('X13: while a pass is running it is noted, and nothing of it is lost', () => {
  show();
  const { parameters } = bar.clickOf('settings.save');
  const body = {
    user: AGENT,
    at: 'home',
    function: 'onAction',
    parameters,
    formInputs: { excluded: ANA, cadence: ['5'] },
  };
  bar.world.appsScript.setFaults([
    {
      host: 'services.leadconnectorhq.com',
      act: { method: 'POST', path: '/emulator/sidebar/action', body },
    },
  ]);
  bar.timer();
  bar.world.appsScript.setFaults([]);
  bar.world.advance(MINUTE, false);
  bar.timer();
  bar.world.run(AGENT, 'onSyncSoon');
  expect(bar.head.settings).toMatchObject({ excluded: [ANA] });
});

test('M3: the media library is used only where that is ticked', () => {
  show();
  expect(bar.text).toContain('everybody in the sub-account can see them');
  bar.press('settings.save', { files: ['media'] });
  expect(bar.head.settings.mediaStorage).toBe(true);
  show().press('settings.save', { files: [] });
  expect(bar.head.settings.mediaStorage).toBeUndefined();
});

test('M7: the label is called as the user wants, or is not there', () => {
  const names = () => (bar.gmail('GET', 'labels').labels as { name: string }[]).map(({ name }) => name);
  show().press('settings.save', { label: '  Deals ' });
  expect(bar.head.settings.label).toBe('Deals');
  bar.timer();
  expect(names()).toContain('Deals');
  expect(names()).not.toContain('CRM');
  show().press('settings.save', { label: 'INBOX' });
  expect(bar.notice).toContain('does not take that name');
  show().press('settings.save', { label: '' });
  bar.timer();
  expect(bar.head.labels.shown).toBeUndefined();
});

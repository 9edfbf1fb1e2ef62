/** Opportunities, tasks, notes, appointments (S4): seen, added once whatever happens, changed, and nobody else's. */
import { readValue } from '../../../src/cards/records/opportunities';
import type { FormInputs } from '../../../emulator/world/events';
import { MINUTE, connectedSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';
const DAY = 86_400_000;

let bar: Sidebar;
let ana: string;
beforeEach(() => {
  bar = connectedSidebar();
  ana = bar.crm.contacts[0].id;
}, 60_000);

const tasksPath = () => `/contacts/${ana}/tasks`;
const show = () => bar.open().forge({ do: 'contact.show', contact: ana });
const tasks = () => bar.crmGet(`/contacts/${ana}/tasks`).tasks as Record<string, unknown>[];
const notes = () => bar.crmGet(`/contacts/${ana}/notes`).notes as Record<string, unknown>[];
const opportunities = () =>
  bar.crmGet(`/opportunities/search?location_id=${bar.crm.locationId}&contact_id=${ana}`).opportunities as Record<
    string,
    unknown
  >[];

/** A click whose run may not come back: Gmail shows an error then. */
function clickHard(parameters: Readonly<Record<string, string>>, form: FormInputs): void {
  try {
    bar.forge(parameters, form);
  } catch {
    bar.cards = [];
  }
}

function pipeline() {
  return bar.world.highlevel.addRecord('pipeline', {
    name: 'Sales',
    stages: [
      { id: 'stage-a', name: 'New', position: 0 },
      { id: 'stage-b', name: 'Proposal', position: 1 },
    ],
  }).id;
}

describe('S4: tasks', () => {
  const due = 20_000 * DAY;

  test('are seen, added with a due day, and ticked off', () => {
    show();
    expect(bar.text).toContain('No open tasks');
    bar.press('task.new').press('task.add', { title: 'Call Ana', due, body: 'About the tiles' });
    expect(bar.notice).toBe('Task added.');
    expect(bar.text).toContain('Call Ana');
    const me = bar.crm.users.find(({ email }) => email === bar.user)!.id;
    expect(tasks()).toMatchObject([{ title: 'Call Ana', body: 'About the tiles', completed: false, assignedTo: me }]);
    expect(String(tasks()[0].dueDate).slice(0, 10)).toBe(new Date(due).toISOString().slice(0, 10));
    bar.press('task.done');
    expect(bar.notice).toBe('Task done.');
    expect(bar.text).toContain('1 task done');
    expect(tasks()).toMatchObject([{ completed: true }]);
  });

  test('X13: a second click on the same form adds nothing', () => {
    show().press('task.new');
    const { parameters } = bar.clickOf('task.add');
    const form = { title: 'Once', due };
    bar.forge(parameters, form);
    bar.forge(parameters, form);
    expect(bar.notice).toBe('It was saved already.');
    expect(tasks()).toHaveLength(1);
  });

  test('X13: nor does one that comes while the first is still on its way', () => {
    show().press('task.new');
    const { parameters } = bar.clickOf('task.add');
    const body = { user: bar.user, at: 'home', function: 'onAction', parameters, formInputs: { title: 'Twice', due } };
    bar.world.appsScript.setFaults([
      {
        host: CRM,
        path: tasksPath(),
        method: 'POST',
        act: { method: 'POST', path: '/emulator/sidebar/action', body },
      },
    ]);
    bar.forge(parameters, { title: 'Twice', due });
    bar.world.appsScript.setFaults([]);
    expect(tasks()).toHaveLength(1);
  });

  test('two tasks of the same name and day are two when they are two forms', () => {
    for (let count = 0; count < 2; count++) show().press('task.new').press('task.add', { title: 'Same', due });
    expect(tasks()).toHaveLength(2);
  });

  test.each(['502', 'empty', 'truncated'] as const)(
    'X6: answered %s although it was done: found, and shown as added',
    (answer) => {
      show().press('task.new');
      bar.world.appsScript.setFaults([{ host: CRM, path: tasksPath(), method: 'POST', answer, effect: 'done' }]);
      bar.press('task.add', { title: 'Found', due });
      expect(bar.notice).toBe('Task added.');
      expect(tasks()).toHaveLength(1);
    },
  );

  test('X6: an unknown outcome is said, and only a second form makes it again', () => {
    show().press('task.new');
    const { parameters } = bar.clickOf('task.add');
    bar.world.appsScript.setFaults([{ host: CRM, path: tasksPath(), method: 'POST', answer: '502', effect: 'none' }]);
    bar.press('task.add', { title: 'Maybe', due });
    expect(bar.text).toContain('It cannot be told whether the CRM saved this');
    expect(tasks()).toHaveLength(0);
    const offered = bar.cards;
    bar.forge(parameters, { title: 'Maybe', due });
    expect(bar.text).toContain('It cannot be told whether the CRM saved this');
    expect(tasks()).toHaveLength(0);
    bar.cards = offered;
    bar.press('task.add');
    expect(bar.notice).toBe('Task added.');
    expect(tasks()).toMatchObject([{ title: 'Maybe' }]);
  });

  test('X6: one that takes effect late is found before it is made once more', () => {
    show().press('task.new');
    bar.world.appsScript.setFaults([
      { host: CRM, path: tasksPath(), method: 'POST', answer: '502', effect: 'late', lateMs: MINUTE },
    ]);
    bar.press('task.add', { title: 'Late', due });
    expect(bar.text).toContain('It cannot be told whether the CRM saved this');
    bar.world.advance(2 * MINUTE, false);
    bar.press('task.add');
    expect(bar.notice).toBe('It was saved already.');
    expect(tasks()).toHaveLength(1);
  });

  test('429: nothing was done, the form stays, and the same click can be made again', () => {
    show().press('task.new');
    const { parameters } = bar.clickOf('task.add');
    bar.world.appsScript.setFaults([{ host: CRM, path: tasksPath(), method: 'POST', answer: '429', times: 1 }]);
    bar.forge(parameters, { title: 'Busy', due });
    expect(bar.notice).toContain('Nothing was saved');
    expect(bar.cards).toEqual([]);
    bar.forge(parameters, { title: 'Busy', due });
    expect(bar.notice).toBe('Task added.');
    expect(tasks()).toHaveLength(1);
  });

  test.each(['before', 'after'] as const)(
    'killed %s any call of the click: clicked again, it is there once',
    (kill) => {
      let cuts = 0;
      for (let nth = 1; ; nth++) {
        show().press('task.new');
        const { parameters } = bar.clickOf('task.add');
        const form = { title: `Cut ${nth}`, due };
        bar.world.appsScript.setFaults([{ nth, kill, times: 1 }]);
        clickHard(parameters, form);
        const fired = bar.cards.length === 0;
        bar.world.appsScript.setFaults([]);
        bar.forge(parameters, form);
        const made = tasks().filter(({ title }) => title === form.title);
        // Where the id was taken and the request never went out, the person is asked before it is made again.
        if (made.length !== 1) {
          expect(made).toEqual([]);
          expect(bar.text).toContain('It cannot be told');
          bar.press('task.add');
          expect(tasks().filter(({ title }) => title === form.title)).toHaveLength(1);
        }
        if (!fired) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(15);
    },
  );

  test('an empty form says so and asks nothing of the CRM', () => {
    show().press('task.new');
    bar.press('task.add', { title: '   ' });
    expect(bar.notice).toContain('fill in');
    expect(tasks()).toEqual([]);
  });

  test('S9: a task of somebody else’s contact is not touched', () => {
    const [, bruno] = bar.crm.contacts;
    const other = bar.world.highlevel.addRecord('task', {
      contactId: bruno.id,
      title: 'His',
      dueDate: new Date(due).toISOString(),
      completed: false,
    });
    show();
    bar.forge({ do: 'task.done', contact: ana, task: other.id });
    expect(bar.text).toContain('no longer in the CRM');
    expect(bar.crmGet(`/contacts/${bruno.id}/tasks`).tasks[0].completed).toBe(false);
  });

  test('a click without a single-use id, or with a made-up one, creates nothing', () => {
    show();
    for (const once of [undefined, '', '../../head', 'x'.repeat(500)]) {
      bar.forge({ do: 'task.add', contact: ana, ...(once === undefined ? {} : { once }) }, { title: 'Forged', due });
    }
    expect(tasks()).toEqual([]);
  });
});

describe('S4: notes', () => {
  test('are seen without their markup, and added once', () => {
    bar.world.highlevel.addRecord('note', { contactId: ana, body: '<p>Likes <b>blue</b></p><script>x()</script>' });
    show();
    expect(bar.text).toContain('Likes blue');
    expect(bar.text).not.toContain('script');
    bar.press('note.new');
    const { parameters } = bar.clickOf('note.add');
    bar.forge(parameters, { note: 'Called.\nWill call back.' });
    expect(bar.notice).toBe('Note added.');
    bar.forge(parameters, { note: 'Called.\nWill call back.' });
    expect(notes()).toHaveLength(2);
    expect(notes().map(({ body }) => body)).toContain('Called.\nWill call back.');
  });
});

describe('S4: opportunities', () => {
  test('are seen with stage, state and value; added; moved and won', () => {
    const id = pipeline();
    show();
    expect(bar.text).toContain('No opportunities');
    bar.press('opportunity.new');
    expect(bar.choices('stage')?.map(({ text }) => text)).toEqual(['New', 'Proposal']);
    bar.press('opportunity.add', { name: 'Kitchen', value: '12,500' });
    expect(bar.notice).toBe('Opportunity added.');
    expect(bar.text).toContain('Sales › New');
    expect(bar.text).toContain('12,500');
    expect(opportunities()).toMatchObject([{ name: 'Kitchen', monetaryValue: 12500, status: 'open' }]);
    bar.press('opportunity.edit').press('opportunity.save', { stage: [`${id}:stage-b`], status: ['won'] });
    expect(bar.notice).toBe('Opportunity saved.');
    expect(bar.text).toContain('Sales › Proposal');
    expect(opportunities()).toMatchObject([{ pipelineStageId: 'stage-b', status: 'won' }]);
  });

  test('X6: a lost answer makes no second one', () => {
    pipeline();
    show().press('opportunity.new');
    const { parameters } = bar.clickOf('opportunity.add');
    const form = { name: 'Roof', stage: [bar.choices('stage')![0].value], value: '' };
    bar.world.appsScript.setFaults([
      { host: CRM, path: '/opportunities', method: 'POST', answer: 'timeout', effect: 'done' },
    ]);
    clickHard(parameters, form);
    bar.world.appsScript.setFaults([]);
    bar.forge(parameters, form);
    expect(opportunities()).toHaveLength(1);
  });

  test('a value that is no number is asked for again', () => {
    pipeline();
    show().press('opportunity.new').press('opportunity.add', { name: 'Roof', value: 'a lot' });
    expect(bar.notice).toContain('has to be a number');
    expect(opportunities()).toEqual([]);
  });

  test('S9: a stage that is in no pipeline, and an opportunity of another contact', () => {
    const id = pipeline();
    show()
      .press('opportunity.new')
      .press('opportunity.add', { name: 'Roof', stage: [`${id}:stage-z`] });
    expect(opportunities()).toEqual([]);
    const other = bar.world.highlevel.addRecord('opportunity', {
      name: 'Bruno’s',
      contactId: bar.crm.contacts[1].id,
      pipelineId: id,
      pipelineStageId: 'stage-a',
      status: 'open',
    });
    bar.forge({ do: 'opportunity.save', contact: ana, opportunity: other.id }, { status: ['lost'] });
    expect(bar.text).toContain('no longer in the CRM');
  });

  test.each([
    ['1200', 1200],
    ['1,200.50', 1200.5],
    ['1.200,50', 1200.5],
    ['€ 12 500', 12500],
    ['12.500', 12500],
    ['12.5', 12.5],
    ['', 0],
    ['-3', undefined],
    ['1e9', undefined],
    ['12.5.0', undefined],
  ])('the value %s', (written, value) => {
    expect(readValue(written)).toBe(value);
  });
});

describe('S4: appointments', () => {
  test('are seen', () => {
    const calendar = bar.world.highlevel.addRecord('calendar', { name: 'Calls', calendarType: 'event' });
    bar.world.highlevel.addRecord('appointment', {
      contactId: ana,
      calendarId: calendar.id,
      title: 'Showroom visit',
      startTime: '2026-05-04 10:30:00',
      endTime: '2026-05-04 11:00:00',
      appointmentStatus: 'confirmed',
    });
    show();
    for (const part of ['Showroom visit', '2026-05-04 10:30', 'confirmed']) expect(bar.text).toContain(part);
  });
});

describe('S9: on bad days', () => {
  test('each part that cannot be read says so, the others stand', () => {
    bar.world.highlevel.addRecord('note', { contactId: ana, body: 'Likes blue' });
    bar.world.appsScript.setFaults([
      { host: CRM, path: tasksPath(), answer: '422', times: 9 },
      { host: CRM, path: '/opportunities/search', answer: '401', times: 9 },
    ]);
    show();
    expect(bar.text).toContain('Could not be read right now');
    expect(bar.text).toContain('lacks the permission');
    expect(bar.text).toContain('Likes blue');
    expect(bar.has('task.new')).toBe(false);
  });

  test('C10: who may see only their own contacts is shown no other one, nor what belongs to it', () => {
    const email = 'limited@example.com';
    bar.world.gmail.addAccount({ email, name: 'Limited' });
    bar.world.highlevel.addUser({ name: 'Limited', email, assignedDataOnly: true });
    bar = bar.as(email).connect();
    bar.world.highlevel.addRecord('note', { contactId: ana, body: 'Likes blue' });
    show();
    expect(bar.text).toContain('not assigned to you');
    expect(bar.text).not.toContain('Likes blue');
    bar.forge({ do: 'note.new', contact: ana });
    expect(bar.text).toContain('cannot be shown');
    bar.forge({ do: 'note.add', contact: ana, once: 'abcdef012345' }, { note: 'Mine' });
    expect(notes()).toHaveLength(1);
  });
});

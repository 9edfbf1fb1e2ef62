/** Cards of a contact and what belongs to it, and of writing. */
import {
  ANA,
  connected,
  CRM,
  GMAIL,
  MINUTE,
  mirrored,
  openThread,
  stranger,
  type CardStates,
  type Sidebar,
} from './scene';

/** Ana with an opportunity, tasks, notes and an appointment. */
function known(bar: Sidebar): string {
  const { highlevel } = bar.world;
  const contactId = bar.crm.contacts[0].id;
  const me = bar.crm.users.find(({ email }) => email === bar.user)!.id;
  const stages = ['New', 'Talking', 'Proposal'].map((name, position) => ({ id: `stage-${position}`, name, position }));
  const pipeline = highlevel.addRecord('pipeline', { name: 'Projects', stages });
  const opportunity = { contactId, pipelineId: pipeline.id, assignedTo: me };
  highlevel.addRecord('opportunity', {
    ...opportunity,
    name: 'Showroom',
    pipelineStageId: 'stage-2',
    monetaryValue: 4800,
    status: 'open',
  });
  highlevel.addRecord('opportunity', {
    ...opportunity,
    name: 'Catalogue 2025',
    pipelineStageId: 'stage-2',
    monetaryValue: 3200,
    status: 'won',
  });
  const task = { contactId, assignedTo: me };
  highlevel.addRecord('task', {
    ...task,
    title: 'Send the schedule',
    dueDate: '2026-03-11T09:00:00Z',
    completed: false,
  });
  highlevel.addRecord('task', {
    ...task,
    title: 'Ask for photographs',
    dueDate: '2026-02-26T09:00:00Z',
    completed: true,
  });
  highlevel.addRecord('note', {
    contactId,
    userId: me,
    body: 'Prefers mail to calls. The budget is decided at the end of a month.',
  });
  const calendar = highlevel.addRecord('calendar', { name: 'Calls', calendarType: 'event' });
  highlevel.addRecord('appointment', {
    contactId,
    calendarId: calendar.id,
    title: 'Showroom: kick-off',
    startTime: '2026-03-16 10:00:00',
    endTime: '2026-03-16 11:00:00',
    appointmentStatus: 'confirmed',
  });
  return contactId;
}

function contact(bar: Sidebar): Sidebar {
  const id = known(bar);
  return connected(bar).open().forge({ do: 'contact.show', contact: id });
}

const blank = (bar: Sidebar) => connected(bar).open().forge({ do: 'contact.show', contact: bar.crm.contacts[0].id });

function templates(bar: Sidebar): void {
  for (const [name, subject] of [
    ['Thanks for your time', 'Thank you, {{contact.first_name}}'],
    ['Offer, short', 'Our offer'],
  ]) {
    bar.world.highlevel.addRecord('template', {
      name,
      subject,
      html: '<p>Dear {{contact.first_name}},</p><p>thank you for your time today.</p>',
    });
  }
}

function reply(bar: Sidebar): Sidebar {
  templates(bar);
  return openThread(bar, mirrored(connected(bar))).press('write.reply');
}

function unsent(bar: Sidebar, effect: 'none' | 'done'): Sidebar {
  reply(bar);
  bar.world.appsScript.setFaults([
    { host: GMAIL, path: '/gmail/v1/users/me/drafts/send', answer: '502', effect },
    ...(effect === 'done'
      ? [{ host: GMAIL, path: '/gmail/v1/users/me/messages', answer: '503', times: 9 } as const]
      : []),
  ]);
  return bar.press('write.send', { text: 'Dear Ana, here it is.' });
}

function compose(bar: Sidebar): Sidebar {
  bar.cards = (bar.world.run(bar.user, 'onCompose', {}, 'card').result as { cards: unknown[] }).cards;
  return bar;
}

export const CONTACT_STATES: CardStates = {
  contact: contact,
  'contact-blank': blank,
  'contact-parts-missing': (bar) => {
    const id = known(bar);
    connected(bar).open();
    bar.world.appsScript.setFaults([
      { host: CRM, path: `/contacts/${id}/tasks`, answer: '422', times: 9 },
      { host: CRM, path: '/opportunities/search', answer: '401', times: 9 },
    ]);
    return bar.forge({ do: 'contact.show', contact: id });
  },
  'contact-create': (bar) => stranger(connected(bar), 'Nina Newcomer <nina@new.example>').press('contact.new'),
  'contact-choose': (bar) => {
    bar.world.switches.set({ allowDuplicateContact: true });
    for (const companyName of ['First GmbH', 'Second GmbH'])
      bar.world.highlevel.addContact({ name: 'Sam Same', email: 'sam@same.example', companyName });
    return stranger(connected(bar), 'Sam <sam@same.example>');
  },
  'contact-gone': (bar) => connected(bar).open().forge({ do: 'contact.show', contact: 'AAAAAAAAAAAAAAAAAAAA' }),
  'contact-not-assigned': (bar) => {
    const email = 'limited@example.com';
    bar.world.gmail.addAccount({ email, name: 'Limited' });
    bar.world.highlevel.addUser({ name: 'Limited', email, assignedDataOnly: true });
    return stranger(connected(bar.as(email)), ANA);
  },
  'opportunity-new': (bar) => contact(bar).press('opportunity.new'),
  opportunity: (bar) => contact(bar).press('opportunity.edit'),
  'task-new': (bar) => contact(bar).press('task.new'),
  'task-unsure': (bar) => {
    contact(bar).press('task.new');
    const path = `/contacts/${bar.crm.contacts[0].id}/tasks`;
    bar.world.appsScript.setFaults([{ host: CRM, path, method: 'POST', answer: '502', effect: 'none' }]);
    return bar.press('task.add', { title: 'Call Ana', due: Date.UTC(2026, 2, 12) });
  },
  'note-new': (bar) => contact(bar).press('note.new'),
  write: (bar) => {
    templates(bar);
    return blank(bar).press('write.new');
  },
  'write-reply': reply,
  'write-template': (bar) => {
    reply(bar);
    return bar.press('write.template', { template: [bar.choices('template')![1].value] });
  },
  'write-not-sent': (bar) => unsent(bar, 'none'),
  'write-changed': (bar) => {
    unsent(bar, 'none').world.gmail.act(bar.user, 'edit-draft');
    return bar.press('write.again');
  },
  'write-unsure': (bar) => {
    const again = unsent(bar, 'none').clickOf('write.again').parameters;
    bar.world.gmail.act(bar.user, 'discard-draft');
    return bar.forge(again);
  },
  'write-gone': (bar) => {
    const again = unsent(bar, 'none').clickOf('write.again').parameters;
    bar.world.gmail.act(bar.user, 'discard-draft');
    bar.forge(again);
    bar.world.advance(11 * MINUTE, false);
    return bar.press('write.look');
  },
  compose: (bar) => {
    templates(bar);
    return compose(connected(bar));
  },
  'compose-none': (bar) => compose(connected(bar)),
};

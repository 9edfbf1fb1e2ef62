/** What the CRM knows of its contacts beside mail: opportunities, tasks, notes, appointments, templates. */
import { AGENT, COLLEAGUE } from '../world/empty';
import type { World } from '../world/world';
import type { Play } from './play';

const day = (date: number, hour = 9) => new Date(Date.UTC(2026, 2, date, hour)).toISOString();

/** In the order of the pipeline. */
const STAGES = ['New lead', 'Talking', 'Proposal sent', 'Negotiation', 'Signed'];

export function fillCrm(world: World, play: Play): void {
  const { highlevel } = world;
  const alex = play.userId(AGENT.email);
  const casey = play.userId(COLLEAGUE.email);
  const pipeline = highlevel.addRecord('pipeline', {
    name: 'Projects',
    stages: STAGES.map((name, position) => ({ id: `stage-${position + 1}`, name, position })),
  });
  const calendar = highlevel.addRecord('calendar', { name: 'Calls', calendarType: 'event' });

  const opportunities: [contact: string, name: string, stage: number, value: number, status: string, owner: string][] =
    [
      ['ana', 'Spring campaign', 3, 4800, 'open', alex],
      ['ana', 'Catalogue 2025', 5, 3200, 'won', alex],
      ['bruno', 'Website Keller Bau', 4, 12500, 'open', alex],
      ['yuki', '日本語サイト', 3, 7600, 'open', alex],
      ['chloe', 'Photo shoot in May', 2, 2100, 'open', alex],
      ['eleni', 'Summer brochure', 2, 3900, 'open', casey],
      ['ivan', 'Wine labels', 5, 1800, 'won', casey],
      ['julia', 'Law firm website', 3, 9000, 'lost', alex],
    ];
  for (const [contact, name, stage, monetaryValue, status, assignedTo] of opportunities) {
    highlevel.addRecord('opportunity', {
      name,
      contactId: play.contactId(contact),
      pipelineId: pipeline.id,
      pipelineStageId: `stage-${stage}`,
      monetaryValue,
      status,
      assignedTo,
    });
  }

  const tasks: [contact: string, title: string, due: string, completed: boolean][] = [
    ['ana', 'Send the revised schedule', day(11), false],
    ['ana', 'Ask for the tile photographs', day(4), true],
    ['bruno', 'Angebot nachfassen', day(12), false],
    ['yuki', 'Book the translator', day(13, 7), false],
    ['farah', 'Call if there is no answer', day(12, 14), false],
  ];
  for (const [contact, title, dueDate, completed] of tasks) {
    highlevel.addRecord('task', { contactId: play.contactId(contact), title, dueDate, completed, assignedTo: alex });
  }

  const notes: [contact: string, body: string][] = [
    ['ana', 'Prefers mail to calls. Budget is decided in the last week of a month.'],
    ['bruno', 'Spricht auch Englisch, schreibt aber lieber Deutsch.'],
    ['chloe', 'Met at the fair in Lyon, October 2025.'],
    ['george', 'Wants a price list as a table, not as a PDF.'],
  ];
  for (const [contact, body] of notes) {
    highlevel.addRecord('note', { contactId: play.contactId(contact), body, userId: alex });
  }

  const appointments: [contact: string, title: string, startTime: string][] = [
    ['ana', 'Spring campaign: kick-off', day(16, 10)],
    ['bruno', 'Ortstermin', day(18, 13)],
    ['yuki', 'Video call', day(17, 8)],
  ];
  for (const [contact, title, startTime] of appointments) {
    highlevel.addRecord('appointment', {
      calendarId: calendar.id,
      contactId: play.contactId(contact),
      title,
      startTime,
      assignedUserId: alex,
    });
  }

  const templates: [name: string, subject: string, html: string][] = [
    [
      'Thanks for your time',
      'Thank you, {{contact.first_name}}',
      '<p>Hello {{contact.first_name}},</p><p>thank you for your time today. I will send the summary by tomorrow.</p>',
    ],
    [
      'Offer, short',
      'Our offer',
      '<p>Hello {{contact.first_name}},</p><p>please find our offer attached. It stands for thirty days.</p>',
    ],
    [
      'Angebot, kurz',
      'Unser Angebot',
      '<p>Guten Tag {{contact.name}},</p><p>anbei unser Angebot. Es gilt dreißig Tage.</p>',
    ],
  ];
  for (const [name, subject, html] of templates) highlevel.addRecord('template', { name, subject, html });
}

/**
 * CRM templates where the user is writing in Gmail itself (S5): the one action that the compose window has room for. It
 * shows the templates, and a click puts the chosen one in at the cursor. The platform tells nothing of the draft but its
 * recipients, and that for a further permission, so it is asked for whom the template is to be filled in (facts,
 * platform 5.3).
 */
import type { Template } from '../../crm/templates';
import { bareAddress } from '../../gmail/mime/addresses';
import { together } from '../../platform/exchange';
import type { SyncView } from '../../sync/view';
import { deskOf } from '../contact/handlers';
import { readContactOf, type ContactReading } from '../contact/read';
import type { Context } from '../context';
import { section, text, type Card } from '../model';
import { problemCard } from '../problem';
import { fillTemplate, readTemplates, type Filled } from './templates';

export const COMPOSE = { recipient: 'recipient', subject: 'subject', template: 'template' };
/** A selection holds 100 (facts, platform 5.1). */
const MOST = 99;

export function composeCard(context: Context): Card {
  const view = context.view();
  if (view === undefined) return problemCard(context.words, { code: 'not-connected' });
  const { write, buttons: names } = context.words;
  const templates = context.run(readTemplates(deskOf(context, view))).slice(0, MOST);
  if (templates.length === 0) {
    return { name: 'templates', title: write.templates, sections: section(undefined, [text(write.noTemplates)]) };
  }
  return {
    name: 'templates',
    title: write.templates,
    sections: section(undefined, [
      text([{ quiet: write.templatesWhat }]),
      {
        kind: 'choice',
        name: COMPOSE.template,
        title: write.template,
        type: 'dropdown',
        choices: templates.map(({ id, name, subject }, index) => ({
          value: id,
          text: name === '' ? subject : name,
          selected: index === 0,
        })),
      },
      // Whether this is an answer is not told; another subject would take it out of its thread.
      {
        kind: 'choice',
        name: COMPOSE.subject,
        title: write.templateSubject,
        type: 'checks',
        choices: [{ value: 'yes', text: write.useSubject, selected: false }],
      },
      { kind: 'input', name: COMPOSE.recipient, title: write.recipient, hint: write.recipientHint },
    ]),
    footer: { main: { text: names.use, do: 'template.insert', filled: true, required: [COMPOSE.template] } },
  };
}

/** The chosen template, filled in for the recipient where the CRM knows them; undefined where it is not there any more. */
export function chosenTemplate(context: Context): Filled | undefined {
  const view = context.view();
  if (view === undefined) return undefined;
  const desk = deskOf(context, view);
  const email = bareAddress(context.event.form(COMPOSE.recipient)[0] ?? '');
  const [templates, reading] = context.run(
    together<unknown>([readTemplates(desk), ...(email === '' ? [] : [readContactOf(desk, { email, name: '' })])]),
  ) as unknown as [readonly Template[], ContactReading | undefined];
  const template = templates.find(({ id }) => id === context.event.form(COMPOSE.template)[0]);
  if (template === undefined) return undefined;
  const whole = filled(view, template, reading);
  return context.event.form(COMPOSE.subject).includes('yes') ? whole : { ...whole, subject: '' };
}

function filled(view: SyncView, template: Template, reading: ContactReading | undefined): Filled {
  const contact =
    reading?.kind === 'found' ? reading.contact : reading?.kind === 'several' ? reading.contacts[0] : undefined;
  return fillTemplate(template, view.connection, contact);
}

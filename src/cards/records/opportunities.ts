/** Opportunities of a contact (S4): the list, one to change, a new one. */
import { opportunityLink } from '../../crm/links';
import { OPPORTUNITY_STATUSES, type Opportunity } from '../../crm/opportunities';
import type { Pipeline } from '../../crm/pipelines';
import type { Contact } from '../../crm/types';
import type { Format } from '../format';
import { buttons, section, text, type Card, type Choice, type Section, type Widget } from '../model';
import type { Words } from '../words';
import { doubtWidgets, saveFooter, type FormState } from './form';
import { partWidgets } from './part';
import type { Records } from './read';

export const OPPORTUNITY = { name: 'name', value: 'value', stage: 'stage', status: 'status' };
const MOST = 12;

export function opportunitySection(words: Words, contact: Contact, records: Records, format: Format): Section {
  const { opportunities: says } = words;
  const pipelines = typeof records.pipelines === 'string' ? [] : records.pipelines;
  const rows = partWidgets(words, records.opportunities, MOST, (all) =>
    [...all]
      .sort(
        (a, b) => Number(b.status === 'open') - Number(a.status === 'open') || (b.updatedAt ?? 0) - (a.updatedAt ?? 0),
      )
      .map((opportunity): Widget => {
        const { id, name, value } = opportunity;
        return {
          kind: 'row',
          icon: 'paid',
          above: stageName(words, pipelines, opportunity),
          text: name === '' ? says.title : name,
          below: [statusName(words, opportunity), value > 0 ? format.amount(value) : '']
            .filter((part) => part !== '')
            .join(' · '),
          open: { do: 'opportunity.edit', parameters: { contact: contact.id, opportunity: id } },
        };
      }),
  );
  const parameters = { contact: contact.id };
  return {
    title: says.title,
    widgets: [
      ...(rows.length === 0 ? [text([{ quiet: says.none }])] : rows),
      ...(typeof records.opportunities === 'string'
        ? []
        : [buttons({ text: words.buttons.add, do: 'opportunity.new', parameters })]),
    ],
  };
}

export function opportunityCard(
  words: Words,
  location: string,
  contact: Contact,
  opportunity: Opportunity,
  pipelines: readonly Pipeline[],
  format: Format,
): Card {
  const { opportunities: says } = words;
  const { id, name, value, status } = opportunity;
  return {
    name: 'opportunity',
    title: name === '' ? says.title : name,
    subtitle: contact.name,
    sections: [
      ...section(undefined, [
        ...(value > 0 ? [{ kind: 'row', icon: 'paid', above: says.value, text: format.amount(value) } as const] : []),
        stageChoice(words, pipelines, opportunity),
        {
          kind: 'choice',
          name: OPPORTUNITY.status,
          title: says.status,
          type: 'dropdown',
          choices: statusChoices(words, status),
        },
        buttons({ text: words.buttons.openCrm, url: opportunityLink(location, id) }),
      ]),
    ],
    footer: {
      main: {
        text: words.buttons.save,
        do: 'opportunity.save',
        filled: true,
        parameters: { contact: contact.id, opportunity: id },
      },
    },
  };
}

export function newOpportunityCard(
  words: Words,
  contact: Contact,
  pipelines: readonly Pipeline[],
  form: FormState,
): Card {
  const { opportunities: says } = words;
  const stages = pipelines.flatMap(({ stages: inside }) => inside);
  if (stages.length === 0) {
    return {
      name: 'opportunity-new',
      title: says.add,
      subtitle: contact.name,
      sections: section(undefined, [text(says.noPipelines)]),
    };
  }
  return {
    name: 'opportunity-new',
    title: says.add,
    subtitle: contact.name,
    sections: [
      ...doubtWidgets(words, form),
      ...section(undefined, [
        {
          kind: 'input',
          name: OPPORTUNITY.name,
          title: says.name,
          value: form.values.name ?? contact.name,
          most: 120,
        },
        stageChoice(words, pipelines, splitStage(form.values.stage ?? '')),
        { kind: 'input', name: OPPORTUNITY.value, title: says.value, value: form.values.value },
      ]),
    ],
    footer: saveFooter(words, form, 'opportunity.add', { contact: contact.id }, [OPPORTUNITY.name, OPPORTUNITY.stage]),
  };
}

function stageChoice(
  { opportunities: says }: Words,
  pipelines: readonly Pipeline[],
  current: { readonly pipelineId: string; readonly stageId: string },
): Widget {
  const choices: Choice[] = pipelines.flatMap(({ id, name, stages }) =>
    stages.map((stage) => ({
      value: `${id}:${stage.id}`,
      text: pipelines.length > 1 ? `${name} › ${stage.name}` : stage.name,
      selected: id === current.pipelineId && stage.id === current.stageId,
    })),
  );
  const none = choices.some(({ selected }) => selected);
  return {
    kind: 'choice',
    name: OPPORTUNITY.stage,
    title: says.stage,
    type: 'dropdown',
    choices: none || choices.length === 0 ? choices : [{ ...choices[0], selected: true }, ...choices.slice(1)],
  };
}

/** A state that is not known stays as it is until another one is chosen. */
function statusChoices({ opportunities: says }: Words, current: string): Choice[] {
  const known: readonly string[] = OPPORTUNITY_STATUSES;
  return [...(known.includes(current) ? [] : [current]), ...known].map((status) => ({
    value: status,
    text: says.statuses[status] ?? status,
    selected: status === current,
  }));
}

export function splitStage(value: string): { pipelineId: string; stageId: string } {
  const [pipelineId = '', stageId = ''] = value.split(':');
  return { pipelineId, stageId };
}

export function stageName(
  { opportunities: says }: Words,
  pipelines: readonly Pipeline[],
  { pipelineId, stageId }: Pick<Opportunity, 'pipelineId' | 'stageId'>,
): string {
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stage = pipeline?.stages.find(({ id }) => id === stageId);
  if (pipeline === undefined) return '';
  return `${pipeline.name} › ${stage?.name ?? says.noStage}`;
}

function statusName({ opportunities: says }: Words, { status }: Opportunity): string {
  return Object.prototype.hasOwnProperty.call(says.statuses, status) ? says.statuses[status] : '';
}

/** A number as people write it, with a point or a comma before the cents; undefined for anything else. */
export function readValue(written: string): number | undefined {
  const bare = written.replace(/[\s'’€$£]/g, '');
  if (bare === '') return 0;
  if (!/^\d{1,3}([.,]\d{3})*([.,]\d{1,2})?$|^\d{1,12}([.,]\d{1,2})?$/.test(bare)) return undefined;
  const cents = /[.,](\d{1,2})$/.exec(bare)?.[1] ?? '';
  const whole = (cents === '' ? bare : bare.slice(0, -cents.length - 1)).replace(/[.,]/g, '');
  return Number(`${whole}.${cents === '' ? '0' : cents}`);
}

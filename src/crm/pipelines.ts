/** Pipelines and their stages, for opportunities (facts, highlevel 6). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, objects, optionalId, readObject, text } from './shapes';

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  /** In the pipeline's own order. */
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}

export function listPipelines(locationId: string): Exchange<readonly Pipeline[]> {
  return crmExchange({
    call: 'pipelines',
    effect: 'read',
    path: ['opportunities', 'pipelines'],
    query: { locationId },
    read: (answer) =>
      objects(readObject(answer).pipelines, 'pipelines')
        .filter(hasId)
        .map((row) => ({
          id: asId(row.id, 'pipeline id'),
          name: text(row.name),
          // The specification does not type them; practice has a position (facts, highlevel 6).
          stages: [...objects(row.stages ?? null, 'stages')]
            .filter(hasId)
            .sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0))
            .map((stage) => ({ id: asId(stage.id, 'stage id'), name: text(stage.name) })),
        })),
  });
}

function hasId(row: { readonly id?: unknown }): boolean {
  return optionalId(row.id) !== undefined;
}

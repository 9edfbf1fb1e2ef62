/** Widgets as a section or a column holds them: a button that stands alone becomes a list of one. */
import { EnumValue } from '../realm/script-object';
import { Button, type CardObject, type Json } from './builder';

export function asWidgets(list: unknown): Json[] {
  return ((list ?? []) as CardObject[]).map((entry) => {
    if (!(entry instanceof Button)) return entry.toCard() as Json;
    const { id, visibility } = entry.fields;
    return {
      ...(id === undefined ? {} : { id }),
      ...(visibility instanceof EnumValue ? { visibility: visibility.label } : {}),
      buttonList: { buttons: [entry.toCard()] },
    };
  });
}

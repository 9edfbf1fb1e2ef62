/** `CardService`: a `new...` method for every class, and the enumerations. It is never counted as a call. */
import { ScriptObject, type Signatures } from '../realm/script-object';
import { ACTION_CLASSES } from './actions';
import { AuthorizationException } from './authorization';
import type { CardClass } from './builder';
import { CARD_CLASSES } from './card';
import * as enums from './enums';
import { ICON_CLASSES } from './icons';
import { INPUT_CLASSES } from './inputs';
import { LAYOUT_CLASSES } from './layout';
import { RESPONSE_CLASSES } from './responses';
import { WIDGET_CLASSES } from './widgets';

const CLASSES: Readonly<Record<string, CardClass | typeof AuthorizationException>> = {
  ...ACTION_CLASSES,
  ...CARD_CLASSES,
  ...ICON_CLASSES,
  ...INPUT_CLASSES,
  ...LAYOUT_CLASSES,
  ...RESPONSE_CLASSES,
  ...WIDGET_CLASSES,
  AuthorizationException,
};

export class CardService extends ScriptObject {
  static readonly scriptName = 'CardService';
  static readonly constants = { ...enums };
  static readonly signatures: Signatures = Object.fromEntries(Object.keys(CLASSES).map((name) => [`new${name}`, [[]]]));
}

for (const [name, Made] of Object.entries(CLASSES)) {
  Object.defineProperty(CardService.prototype, `new${name}`, { value: () => new Made() });
}

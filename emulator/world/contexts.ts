/** In which of the platform's contexts a function of the add-on runs when nobody says: it sets the time limit and more. */
import { cardFunctions, type AppsScriptManifest } from '../apps-script/manifest';

/** A card has 30 seconds, a trigger 6 minutes; the script editor is outside the add-on's context (facts, platform 1.2, 2). */
export type RunContext = 'card' | 'trigger' | 'editor';

export const RUN_CONTEXTS: readonly RunContext[] = ['card', 'trigger', 'editor'];

/** The function of the buttons of every card. */
export const CARD_ACTION = 'onAction';
/** The function of the recurring trigger. */
export const TIMER = 'onSyncTimer';

export function contextOf(manifest: AppsScriptManifest, name: string): RunContext {
  if (name === CARD_ACTION || cardFunctions(manifest).has(name)) return 'card';
  return name.startsWith('onSync') ? 'trigger' : 'editor';
}

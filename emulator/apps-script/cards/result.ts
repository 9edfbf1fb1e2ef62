/**
 * What a card's function returned, as the world gets it; see `Response` for the shape. Cards alone become `{cards}`.
 * Anything else that Gmail cannot show ends the execution with the platform's words.
 */
import type { Realm } from '../realm/realm';
import { ScriptException } from '../realm/script-object';
import type { Json } from './builder';
import { Card } from './card';
import { Response } from './responses';

export function cardResult(realm: Realm, returned: unknown, linkPrefixes: readonly string[] | undefined): Json {
  const value = realm.fromScript(returned);
  if (value === undefined || value === null) return {};
  const result = resultOf(value);
  if (result === undefined) {
    throw new ScriptException(
      'The value returned from Apps Script has a type that cannot be used by the add-ons platform. Also make sure to ' +
        `call build on any builder before returning it. Value: ${shown(realm, value)}`,
    );
  }
  if (linkPrefixes !== undefined) checkLinks(result, linkPrefixes);
  return result;
}

function resultOf(value: unknown): Json | undefined {
  if (value instanceof Card) return { cards: [value.json] };
  if (value instanceof Response) return value.json;
  if (Array.isArray(value) && value.length > 0 && value.every((entry) => entry instanceof Card)) {
    return { cards: value.map((card) => card.json) };
  }
  return undefined;
}

function shown(realm: Realm, value: unknown): string {
  try {
    return `Object with values: ${realm.tools.stringify(value) ?? String(value)}`;
  } catch {
    return String(value);
  }
}

/** `openLinkUrlPrefixes` must cover every link (facts, platform 5.1, 6.1); `*` covers all. */
function checkLinks(result: Json, prefixes: readonly string[]): void {
  if (prefixes.includes('*')) return;
  for (const url of linksIn(result)) {
    if (!prefixes.some((prefix) => covers(prefix, url))) {
      throw new ScriptException(
        `URL (${url}) does not match any of the prefixes whitelisted for use in the add-on.\nWhitelist:\n` +
          prefixes.map((prefix) => `- ${prefix}`).join('\n'),
      );
    }
  }
}

function covers(prefix: string, url: string): boolean {
  if (/^(?:mailto|tel):/i.test(url)) return true;
  const wildcard = /^https:\/\/\*\.([^/]+)(\/.*)?$/i.exec(prefix);
  if (wildcard === null) return url.startsWith(prefix);
  const parts = /^https:\/\/([^/]+)(\/.*)?$/i.exec(url);
  return parts !== null && parts[1].endsWith(`.${wildcard[1]}`) && (parts[2] ?? '/').startsWith(wildcard[2] ?? '/');
}

function* linksIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const entry of value) yield* linksIn(entry);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) {
      if (name === 'openLink' && typeof (entry as Json).url === 'string') yield (entry as { url: string }).url;
      else yield* linksIn(entry);
    }
  }
}

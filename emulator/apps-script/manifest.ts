/** What the emulator reads of `appsscript.json` (facts, platform 6.1), and its list of addresses that may be fetched. */
export interface AppsScriptManifest {
  readonly timeZone: string;
  readonly oauthScopes?: readonly string[];
  readonly urlFetchWhitelist?: readonly string[];
  readonly addOns?: {
    readonly common?: {
      readonly name?: string;
      readonly homepageTrigger?: { readonly runFunction: string };
      readonly universalActions?: readonly { readonly label: string; readonly runFunction?: string }[];
      readonly openLinkUrlPrefixes?: readonly string[];
    };
    readonly gmail?: {
      readonly homepageTrigger?: { readonly runFunction: string };
      readonly contextualTriggers?: readonly { readonly onTriggerFunction: string }[];
      readonly composeTrigger?: {
        readonly selectActions: readonly { readonly text?: string; readonly runFunction: string }[];
        readonly draftAccess?: string;
      };
    };
  };
}

interface Prefix {
  readonly host: string;
  readonly anySubdomain: boolean;
  readonly path: string;
}

/**
 * Reads one prefix of `urlFetchWhitelist`: https only, a full domain, a non-empty path, at most one leading `*` for a
 * subdomain (facts, platform 6.1). Throws where the platform refuses the manifest.
 */
export function readPrefix(text: string): Prefix {
  const match = /^https:\/\/(\*\.)?((?:[a-z0-9-]+\.)+[a-z0-9-]+)(\/.*)$/i.exec(text);
  if (match === null)
    throw new Error(`"${text}" is not a valid URL prefix: https, a full domain and a path are needed`);
  return { anySubdomain: match[1] !== undefined, host: match[2].toLowerCase(), path: match[3] };
}

/** A wildcard does not match the bare domain; the path is a prefix and compares with case (facts, platform 6.1). */
export function mayFetch(prefixes: readonly Prefix[], url: URL): boolean {
  const host = url.hostname.toLowerCase();
  return prefixes.some(
    (prefix) =>
      url.protocol === 'https:' &&
      (prefix.anySubdomain ? host.endsWith(`.${prefix.host}`) : host === prefix.host) &&
      `${url.pathname}${url.search}`.startsWith(prefix.path),
  );
}

/** Functions that the manifest starts as cards; everything else that a person runs is an action or a trigger. */
export function cardFunctions(manifest: AppsScriptManifest): Set<string> {
  const common = manifest.addOns?.common;
  const gmail = manifest.addOns?.gmail;
  const names = [
    common?.homepageTrigger?.runFunction,
    gmail?.homepageTrigger?.runFunction,
    ...(common?.universalActions ?? []).map((action) => action.runFunction),
    ...(gmail?.contextualTriggers ?? []).map((trigger) => trigger.onTriggerFunction),
    ...(gmail?.composeTrigger?.selectActions ?? []).map((action) => action.runFunction),
  ];
  return new Set(names.filter((name) => name !== undefined));
}

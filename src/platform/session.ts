/** Who runs this, and with what authority. */

/** The Google account's own address, in lower case. Needs `userinfo.email` (facts, platform 1.4). */
export function ownAddress(): string {
  return Session.getEffectiveUser().getEmail().toLowerCase();
}

/** The access token for Gmail's REST API, with the manifest's scopes. */
export function googleToken(): string {
  return ScriptApp.getOAuthToken();
}

export function randomId(): string {
  return Utilities.getUuid().replace(/-/g, '').slice(0, 12);
}

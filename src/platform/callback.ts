/**
 * The way back from another service's consent page: it redirects to the script's own address, and the platform runs the
 * function that the state token names, for the user to whom the token was given (facts, platform 8).
 */
export function callbackUrl(): string {
  return `https://script.google.com/macros/d/${ScriptApp.getScriptId()}/usercallback`;
}

/** `values` come back as parameters of `onConsent`. */
export function stateToken(values: Readonly<Record<string, string>>, seconds: number): string {
  const builder = ScriptApp.newStateToken().withMethod('onConsent').withTimeout(seconds);
  for (const [name, value] of Object.entries(values)) builder.withArgument(name, value);
  return builder.createToken();
}

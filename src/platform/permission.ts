/** Whether the user still allows everything that the manifest asks for: single boxes can be left unticked (facts, platform 1.5). */
export function isPermitted(): boolean {
  const { AuthMode, AuthorizationStatus } = ScriptApp;
  return ScriptApp.getAuthorizationInfo(AuthMode.FULL).getAuthorizationStatus() !== AuthorizationStatus.REQUIRED;
}

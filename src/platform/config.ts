/** What whoever deploys the add-on keeps in its script properties, the same for all of its users: the CRM's app (C2). */
export interface AppConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The app's own conversation provider; empty where it has none, and then nothing is delivered. */
  readonly providerId: string;
  /** The app's installation address; undefined for the documented one. */
  readonly authorizeUrl?: string;
}

/** Undefined where no app is configured: then the token is the one way to connect. */
export function appConfig(): AppConfig | undefined {
  const values = PropertiesService.getScriptProperties().getProperties();
  const value = (name: string): string => (values[`oauth.${name}`] ?? '').trim();
  const clientId = value('clientId');
  const clientSecret = value('clientSecret');
  if (clientId === '' || clientSecret === '') return undefined;
  const authorizeUrl = value('authorizeUrl');
  return {
    clientId,
    clientSecret,
    providerId: value('providerId'),
    ...(/^https:\/\/\S+$/.test(authorizeUrl) ? { authorizeUrl } : {}),
  };
}

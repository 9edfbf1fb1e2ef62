/** What the person who deploys the add-on configures in its script properties: the marketplace app (C2). */
import type { World } from './world';

export function configureApp(world: World): void {
  const { clientId, clientSecret, providerId, authorizeUrl } = world.highlevel.app();
  const properties = {
    'oauth.clientId': clientId,
    'oauth.clientSecret': clientSecret,
    'oauth.providerId': providerId,
    'oauth.authorizeUrl': authorizeUrl,
  };
  for (const [name, value] of Object.entries(properties)) world.appsScript.setScriptProperty(name, value);
}

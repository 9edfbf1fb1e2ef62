/**
 * What a mail is sent with: the sub-account's own provider, the add-on's custom provider, or the CRM's own Gmail sync
 * (facts, highlevel 7 and 8).
 */
import { CrmRefusal, type Crm } from '../crm';

export interface Provider {
  /** `provider` of the mail. */
  readonly name: string;
  /** Set for the add-on's provider: the mail stays pending for the app to send. */
  readonly conversationProviderId?: string;
  /** Of a container that the mail begins. */
  readonly messageType: string;
}

/** `provider` of a mail that the CRM's own sync sent from Gmail (facts, highlevel 5.3). */
export const NATIVE_SYNC = 'Leadconnector Gmail';

export function chooseProvider(
  crm: Crm,
  mail: { readonly channel: 'default' | 'gmail'; readonly source: string; readonly userId?: string },
): Provider {
  const { app } = crm.state;
  const { switches } = crm;
  if (mail.channel === 'gmail') {
    if (app === undefined || !hasAppConnection(crm)) {
      throw new CrmRefusal(
        "nobody has connected the add-on's app to this location, so its e-mail provider is not there",
      );
    }
    const messageType = switches.customProviderMessageType;
    return { name: 'custom', conversationProviderId: app.providerId, messageType };
  }
  const messageType = mail.source === 'campaign' ? 'TYPE_CAMPAIGN_EMAIL' : 'TYPE_EMAIL';
  if (switches.addOnProviderIsDefault && app !== undefined) {
    return { name: 'custom', conversationProviderId: app.providerId, messageType };
  }
  // Workflow and bulk mails never go through the user's own mailbox (facts, highlevel 7: the articles of 2026).
  if (mail.source === 'app' && mail.userId !== undefined && nativeSyncUsers(crm).includes(mail.userId)) {
    return { name: NATIVE_SYNC, messageType };
  }
  return { name: switches.ownProvider, messageType };
}

export function nativeSyncUsers(crm: Crm): string[] {
  return crm.switches.nativeSyncUsers.split(',').map((id) => id.trim());
}

function hasAppConnection(crm: Crm): boolean {
  if (crm.state.app?.installedBy === undefined) return false;
  for (const token of crm.state.tokens.values()) if (token.kind === 'app') return true;
  return false;
}

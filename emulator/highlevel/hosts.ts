/** The host names and mail domain under which the CRM is reached. */

/** The REST API (facts, highlevel 1). */
export const API_HOST = 'services.leadconnectorhq.com';

/** The OAuth consent pages (facts, highlevel 2.1); both names are served. */
export const MARKETPLACE_HOSTS = ['marketplace.gohighlevel.com', 'marketplace.leadconnectorhq.com'] as const;

/** Where the addresses of attachments point. The real name is not documented; this one is under the CRM's own domain. */
export const STORAGE_HOST = 'storage.leadconnectorhq.com';

/** The domain of the sub-account's own provider: Message-IDs, reply addresses, bounce addresses. Reserved (RFC 2606). */
export const MAIL_DOMAIN = 'mail.leadconnector.example';

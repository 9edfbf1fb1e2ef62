/** Links into the CRM's own screens; undocumented, in use by others (facts, highlevel 3). */

/** White-labelled CRMs have another host, but cards may link to no host that the manifest does not name. */
const APP = 'https://app.gohighlevel.com/v2/location';

/** The contact's page, with the conversation on it: a stable link to a conversation is not known. */
export function contactLink(locationId: string, contactId: string): string {
  return `${APP}/${encodeURIComponent(locationId)}/contacts/detail/${encodeURIComponent(contactId)}`;
}

export function opportunityLink(locationId: string, opportunityId: string): string {
  return `${APP}/${encodeURIComponent(locationId)}/opportunities/list?opportunity=${encodeURIComponent(opportunityId)}`;
}

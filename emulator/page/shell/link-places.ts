/** Links of the add-on that lead to something which is on this page too: there it is opened instead. */
export type LinkPlace =
  { readonly kind: 'thread'; readonly id: string } | { readonly kind: 'contact'; readonly id: string };

/** A Gmail thread by its API id (`#all/<16 hexadecimal digits>`), a contact's page in the CRM (facts, highlevel 3). */
export function placeOfLink(url: string): LinkPlace | undefined {
  const thread = /^https:\/\/mail\.google\.com\/mail\/[^#]*#[^/]+\/([0-9a-f]{16})$/.exec(url)?.[1];
  if (thread !== undefined) return { kind: 'thread', id: thread };
  const contact = /^https:\/\/app\.gohighlevel\.com\/v2\/location\/[^/]+\/contacts\/detail\/([A-Za-z0-9]+)$/.exec(
    url,
  )?.[1];
  return contact === undefined ? undefined : { kind: 'contact', id: contact };
}

/** What a page of the store is: a text that fits into one property. */

/** The ceiling for one property (facts, reliability 2.1: a usable value is about 8,066 bytes), less the checksum. */
export const PAGE_BYTES = 7_900;

/** Page name to page text; the first letter of a name is its shelf. */
export type Pages = ReadonlyMap<string, string>;

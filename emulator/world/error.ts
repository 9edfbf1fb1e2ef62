/** Asked for something that this world does not have or does not do; the message is for a person. */
export class WorldError extends Error {}

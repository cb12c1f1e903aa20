/** Something that setting up needs cannot be had; the message says what and what to do. */
export class SetupError extends Error {}

/** Thrown when somebody ended an audit: nothing was found, and nothing is appended. */
export class AuditStopped extends Error {}

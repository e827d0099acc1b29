/** Whose rows of a quick audit are: its own, beside those of connectors and of imported files. */

/** Behind the ids of connectors and behind `file`: what is less is of no audit. */
export const AUDIT_ORIGINS = "quick-audit:";

export function auditOrigin(reconciliationId: string): string {
  return AUDIT_ORIGINS + reconciliationId;
}

export function isAuditOrigin(origin: string): boolean {
  return origin.startsWith(AUDIT_ORIGINS);
}

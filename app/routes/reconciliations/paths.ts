/** Where reconciliations are, without a slash at the end. */
export function reconciliationsPath(slug: string): string {
  return `/${slug}/reconciliations`;
}

export function reconciliationPath(slug: string, reconciliationId: string): string {
  return `${reconciliationsPath(slug)}/${reconciliationId}`;
}

/** Where one comes back to from its settings. */
export function homeOf(base: string): string {
  return `${base}/runs`;
}

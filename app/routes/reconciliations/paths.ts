/** Where reconciliations are, without a slash at the end. */
export function reconciliationsPath(slug: string): string {
  return `/${slug}/reconciliations`;
}

export function reconciliationPath(slug: string, reconciliationId: string): string {
  return `${reconciliationsPath(slug)}/${reconciliationId}`;
}

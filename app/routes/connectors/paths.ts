/** Where connectors are, without a slash at the end. */
export function connectorsPath(slug: string): string {
  return `/${slug}/connectors`;
}

export function connectorPath(slug: string, connectorId: string): string {
  return `${connectorsPath(slug)}/${connectorId}`;
}

export function logoPath(slug: string, providerId: string): string {
  return `${connectorsPath(slug)}/logos/${providerId}`;
}

/** What a route may say about itself with `export const handle = { … } satisfies RouteHandle`. */
export interface RouteHandle {
  /** React runs in the browser on this page. Only where native HTML cannot do the job; the route says why in one line. */
  hydrate?: boolean;
  /** The largest body, in bytes, that this route takes as a stream. Without it: 1 MB, read before the route runs. */
  uploadBytes?: number;
  /** A page of an account that is read or filled in: a column instead of the full width. */
  narrow?: boolean;
  /** Under which section of the account its page stands, by what it loaded, where its address says another; null: none. */
  section?: (data: unknown) => "connectors" | null;
}

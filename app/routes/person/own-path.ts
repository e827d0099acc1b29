/** The path of a page of the person's own, with the account they came from carried along (`?in=`). */
export function ownPagePath(path: string, search: URLSearchParams): string {
  const account = search.get("in");
  if (account === null || !/^[a-z0-9-]{2,40}$/.test(account)) return path;
  return `${path}${path.includes("?") ? "&" : "?"}in=${account}`;
}

/** The same, of a request. */
export function ownPageOf(request: Request, path: string): string {
  return ownPagePath(path, new URL(request.url).searchParams);
}

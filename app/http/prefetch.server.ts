/** The browser loads the page ahead of a click (Speculation Rules): nobody has seen it, so it must record nothing. */
export function isPrefetch(request: Request): boolean {
  return /\bprefetch\b/.test(request.headers.get("Sec-Purpose") ?? request.headers.get("Purpose") ?? "");
}

/**
 * Served at `/speculation-rules.json` and named by the `Speculation-Rules` header of every page: links are fetched when
 * the pointer rests on them. Downloads and whatever carries `data-no-prefetch` are left alone.
 */
export const speculationRules = {
  prefetch: [
    {
      where: {
        and: [
          { href_matches: "/*" },
          { not: { selector_matches: "a[download], a[target], [data-no-prefetch], [data-no-prefetch] a" } },
        ],
      },
      eagerness: "moderate",
    },
  ],
};

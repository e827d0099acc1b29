import { at, may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

export const noticesDoors: Record<string, RouteRow> = {
  "routes/operator/mail": { path: at("/operator/mail"), load: may("operator") },
  "routes/operator/resending": {
    path: at("/operator/mail/019aa000-0000-7000-8000-000000000000/resending"),
    load: noPage,
    post: may("operator", 404),
  },
  "routes/notices/list": {
    path: within("/notices"),
    load: may("account.read"),
    // Where one's own list goes on: only the time in the id counts, so ours and none differ by that alone.
    searches: ({ noticeId }) => [`before=${noticeId}`],
  },
  "routes/notices/reading-of-all": {
    path: within("/notices/reading"),
    load: noPage,
    post: may("account.read", 303),
    form: ({ noticeId }) => ({ upTo: noticeId }),
    ids: ["noticeId"],
  },
  // Everybody's own: to another member it is as little there as to a stranger.
  "routes/notices/reading": {
    path: ({ slug, noticeId }) => `/${slug}/notices/${noticeId}/reading`,
    load: noPage,
    post: may("account.read", [303, 404]),
    ids: ["noticeId"],
  },
};

import { type Example } from "~/testing/walk/examples";
import { may, noPage, type RouteRow } from "~/testing/walk/route-row";

const of =
  (rest = "") =>
  ({ slug, callsId, contactId }: Example) =>
    `/${slug}/campaigns/${callsId}/calls/${contactId}${rest}`;

const verb = (rest: string): RouteRow => ({
  path: of(rest),
  load: noPage,
  post: may("campaigns.write", 303),
  ids: ["callsId", "contactId"],
});

export const callDeskDoors: Record<string, RouteRow> = {
  "routes/campaigns/call-desk/desk": {
    path: ({ slug, callsId }) => `/${slug}/campaigns/${callsId}/calls`,
    load: may("campaigns.read"),
    ids: ["callsId"],
  },
  "routes/campaigns/call-desk/next": {
    ...verb(""),
    path: ({ slug, callsId }) => `/${slug}/campaigns/${callsId}/calls/next`,
    ids: ["callsId"],
  },
  "routes/campaigns/call-desk/called": {
    path: of(),
    load: may("campaigns.write"),
    post: may("campaigns.write", 303),
    form: () => ({ outcome: "no-answer", note: "Zymurgy", after: "", then: "stop" }),
    ids: ["callsId", "contactId"],
  },
  "routes/campaigns/call-desk/reservation": verb("/reservation"),
  "routes/campaigns/call-desk/leaving": verb("/leaving"),
};

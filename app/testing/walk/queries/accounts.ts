import { findActor, listMembers, setMembership } from "~/features/accounts/members.server";
import { changeSettings } from "~/features/accounts/settings.server";
import { something, type QueryTable } from "~/testing/walk/query-shape";

export const accountQueries: QueryTable = {
  "features/accounts/members": {
    setMembership: [(theirs, ours) => setMembership(theirs, { userId: ours.userId, role: "viewer" }), something],
    findActor: [(theirs, ours) => findActor(theirs, ours.userId), null],
    listMembers: [async (theirs) => (await listMembers(theirs)).length, something],
  },
  "features/accounts/settings": {
    changeSettings: [
      (theirs) =>
        changeSettings(theirs, {
          name: "Okafor & Lindqvist",
          colour: 2,
          phoneCountry: "GB",
          timeZone: "Europe/London",
          currency: "GBP",
        }),
      something,
    ],
  },
};

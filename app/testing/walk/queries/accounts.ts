import { loosenSecondFactor } from "~/features/sign-in/loosen-second-factor.server";
import { findActor, findMember, listMembers, setMembership } from "~/features/accounts/members.server";
import { findLogo, removeLogo, replaceLogo } from "~/features/accounts/logo.server";
import {
  changeSettings,
  dropSecondFactorRule,
  lockedAccount,
  requireSecondFactor,
} from "~/features/accounts/settings.server";
import { something, type QueryTable } from "~/testing/walk/query-shape";

export const accountQueries: QueryTable = {
  "features/accounts/members": {
    setMembership: [(theirs, ours) => setMembership(theirs, { userId: ours.userId, role: "viewer" }), something],
    findActor: [(theirs, ours) => findActor(theirs, ours.userId), null],
    findMember: [(theirs, ours) => findMember(theirs, ours.memberId), null],
    listMembers: [async (theirs) => (await listMembers(theirs)).length, something],
  },
  "features/accounts/settings": {
    changeSettings: [
      (theirs) => changeSettings(theirs, { name: "Okafor & Lindqvist", colour: 2, timeZone: "Europe/London" }),
      something,
    ],
    lockedAccount: [async (theirs) => (await lockedAccount(theirs)).slug, something],
    requireSecondFactor: [(theirs) => requireSecondFactor(theirs), something],
    dropSecondFactorRule: [(theirs) => dropSecondFactorRule(theirs), something],
  },
  "features/accounts/logo": {
    // Theirs has none, and ours, here, neither: the routes' walk comes with one.
    findLogo: [(theirs, ours) => findLogo(theirs, ours.logoFileId), something],
    // What the walk sends is no picture.
    replaceLogo: [(theirs) => replaceLogo(theirs, Buffer.from("zymurgy")), something],
    removeLogo: [(theirs) => removeLogo(theirs), something],
  },
  "features/sign-in/loosen-second-factor": {
    loosenSecondFactor: [
      (theirs, ours) =>
        loosenSecondFactor(
          { ...theirs, kind: "installation", db: theirs.database.forInstallation() },
          { sessionId: ours.sessionId, user: { id: ours.userId }, places: [] } as never,
          { password: "not the right words", code: "000000" },
          theirs,
        ),
      something,
    ],
  },
};

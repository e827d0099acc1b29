import { changeRole, removeMember, switchOffMember, switchOnMember } from "~/features/accounts/change-member.server";
import {
  findOpenInvitation,
  inviteMember,
  listInvitations,
  renewInvitation,
  revokeInvitation,
  revokeInvitationsBy,
} from "~/features/accounts/invitations.server";
import { tellMember } from "~/features/accounts/tell-member.server";
import { countOwned, handOverOwned } from "~/features/contacts/hand-over.server";
import { countOpenRunsOf } from "~/features/pipeline/run/runs-of-person.server";
import { invite, inviteAgain } from "~/features/sign-in/inviting.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { notFound, something, type QueryTable } from "~/testing/walk/query-shape";

function installationOf(scope: Scope): InstallationScope {
  const { database, clock, log, keys, requestId } = scope;
  return { kind: "installation", db: database.forInstallation(), database, clock, log, keys, requestId, address: null };
}

export const memberQueries: QueryTable = {
  "features/accounts/change-member": {
    changeRole: [(theirs, ours) => changeRole(theirs, ours.memberId, "viewer"), notFound],
    switchOffMember: [(theirs, ours) => switchOffMember(theirs, ours.memberId), notFound],
    switchOnMember: [(theirs, ours) => switchOnMember(theirs, ours.memberId), notFound],
    removeMember: [(theirs, ours) => removeMember(theirs, { userId: ours.memberId, handTo: null }, []), notFound],
  },
  "features/accounts/invitations": {
    inviteMember: [
      async (theirs) => (await inviteMember(theirs, { email: "lin@okafor.example", name: null, role: "user" })).ok,
      something,
    ],
    renewInvitation: [(theirs, ours) => renewInvitation(theirs, ours.invitationId), notFound],
    revokeInvitation: [(theirs, ours) => revokeInvitation(theirs, ours.invitationId), notFound],
    revokeInvitationsBy: [(theirs, ours) => revokeInvitationsBy(theirs, ours.userId), undefined],
    findOpenInvitation: [(theirs, ours) => findOpenInvitation(theirs, ours.invitationId), null],
    listInvitations: [(theirs) => listInvitations(theirs), []],
  },
  "features/sign-in/inviting": {
    invite: [
      async (theirs) =>
        (await invite(installationOf(theirs), theirs, { email: "amy@okafor.example", name: null, role: "user" })).ok,
      something,
    ],
    // It counts outside any transaction: that it finds its own is told where invitations are tested.
    inviteAgain: [(theirs, ours) => inviteAgain(installationOf(theirs), theirs, ours.invitationId), something],
  },
  "features/accounts/tell-member": {
    tellMember: [
      (theirs) =>
        tellMember(
          theirs,
          { id: theirs.account.id, name: "Lin Okafor", email: "lin@okafor.example" },
          { subject: "Hello", purpose: "notice", paragraphs: [] },
        ),
      something,
    ],
  },
  "features/contacts/hand-over": {
    countOwned: [(theirs, ours) => countOwned(theirs, ours.userId), something],
    handOverOwned: [(theirs, ours) => handOverOwned(theirs, ours.userId, null), something],
  },
  "features/pipeline/run/runs-of-person": {
    countOpenRunsOf: [(theirs, ours) => countOpenRunsOf(theirs, ours.userId), 0],
  },
};

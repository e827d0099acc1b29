import { changeRole, removeMember, switchOffMember, switchOnMember } from "~/features/accounts/change-member.server";
import {
  findOpenInvitation,
  inviteMember,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from "~/features/accounts/invitations.server";
import { lockAccount } from "~/features/accounts/lock-account.server";
import { tellMember } from "~/features/accounts/tell-member.server";
import { countOwned, handOverOwned } from "~/features/contacts/hand-over.server";
import { countOpenRunsOf } from "~/features/pipeline/runs-of-person.server";
import { notFound, something, type QueryTable } from "~/testing/walk/query-shape";

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
    findOpenInvitation: [(theirs, ours) => findOpenInvitation(theirs, ours.invitationId), null],
    listInvitations: [(theirs) => listInvitations(theirs), []],
  },
  "features/accounts/lock-account": { lockAccount: [(theirs) => lockAccount(theirs), something] },
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
  "features/pipeline/runs-of-person": {
    countOpenRunsOf: [(theirs, ours) => countOpenRunsOf(theirs, ours.userId), 0],
  },
};

import { belongings } from "~/composition.server";
import { removeMember } from "~/features/accounts/change-member.server";
import { NOBODY } from "~/features/accounts/belongings";
import { findMember, listMembers, type Member } from "~/features/accounts/members.server";
import { countOpenRunsOf } from "~/features/pipeline/run/runs-of-person.server";
import { badRequest, notFound, refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** What the page asks before somebody leaves or is removed: in numbers, and who could take over. */
export async function leavingFacts(scope: Scope, userId: string) {
  const members = await listMembers(scope);
  const member = members.find(({ id }) => id === userId) ?? (await findMember(scope, userId));
  if (!member) return notFound();
  const counts = [];
  for (const { noun, count } of belongings) {
    const number = await count(scope, userId);
    counts.push({ value: number, label: number === 1 ? noun.one : noun.many });
  }
  const runs = await countOpenRunsOf(scope, userId);
  const isActive = (one: Member) => !one.switchedOffAt && !one.disabledAt;
  const admins = members.filter((one) => one.role === "admin" && isActive(one));
  return {
    name: member.name,
    isLastAdmin: admins.length === 1 && admins[0]?.id === userId,
    counts,
    runs,
    heirs: members
      .filter((one) => one.id !== userId && isActive(one))
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

/**
 * Removes the person as the form says: what was theirs goes to whom it names, or to nobody. The form again where nobody
 * was chosen though there is something to hand over.
 */
export async function leave(scope: Scope, userId: string, request: Request) {
  const handTo = onlyText(await readForm(request), "handTo").trim();
  if (handTo === "" && (await ownsAnything(scope, userId))) {
    return refuse({ status: "error" as const, error: { handTo: [UNCHOSEN] } });
  }
  if (handTo !== "" && handTo !== NOBODY && !isId(handTo)) return badRequest();
  return removeMember(scope, { userId, handTo: isId(handTo) ? handTo : null }, belongings);
}

const UNCHOSEN = "Choose to whom you hand over what is theirs. It may be nobody.";

async function ownsAnything(scope: Scope, userId: string): Promise<boolean> {
  for (const { count } of belongings) if ((await count(scope, userId)) > 0) return true;
  return false;
}

import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listInvitations, type OpenInvitation } from "~/features/accounts/invitations.server";
import { listMembers, type Member } from "~/features/accounts/members.server";
import { can, roleNames } from "~/features/accounts/rights";
import { listEnrolled } from "~/features/sign-in/second-factor.server";
import { installationScope, requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatShortDate } from "~/platform/time";
import { ButtonLink, PostButton } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Members · ${data?.firm ?? "Tallybook"}` }];

/** Everybody may see who else is here; how they sign in is for those who look after them. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "members.read");
  const manages = can(scope, "members.manage");
  const members = await listMembers(scope);
  const enrolled = manages ? await listEnrolled(installationScope(args.context), scope.account.id) : new Set<string>();
  const invitations = manages ? await listInvitations(scope) : [];
  return {
    firm: scope.account.name,
    base: `/${scope.account.slug}/members`,
    manages,
    members: members.map((member) => memberRow(scope, member, enrolled)),
    invitations: invitations.map((invitation) => invitationRow(scope, invitation)),
  };
}

function memberRow(scope: Scope, member: Member, enrolled: ReadonlySet<string>) {
  const manages = can(scope, "members.manage");
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: roleNames[member.role],
    isSelf: member.id === scope.user?.id,
    isOff: member.switchedOffAt !== null || member.disabledAt !== null,
    since: formatShortDate(scope.place, member.since),
    secondFactor: enrolled.has(member.id),
    signedIn: manages && member.lastSignedInAt ? formatInstant(scope.place, member.lastSignedInAt) : null,
  };
}

function invitationRow(scope: Scope, { id, email, name, role, expiresAt }: OpenInvitation) {
  return {
    id,
    email,
    name,
    role: roleNames[role],
    isOver: expiresAt <= scope.clock.now(),
    until: formatInstant(scope.place, expiresAt),
  };
}

export default function Members() {
  const { base, manages, members, invitations } = useLoaderData<typeof loader>();
  const count = members.length === 1 ? "1 person belongs" : `${members.length} people belong`;
  return (
    <>
      <PageHead
        title="Members"
        line={`${count} to this account.`}
        actions={
          <>
            <ButtonLink href={`${base}/departure`}>Leave</ButtonLink>
            {manages ? (
              <ButtonLink tone="primary" href={`${base}/new`}>
                Invite somebody
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <div className="space-y-6">
        {manages ? <MemberTable /> : <NamesOnly />}
        {invitations.length > 0 ? <Invitations /> : null}
      </div>
    </>
  );
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["members"][number];

const nameOf = ({ name, isSelf }: Row) => (isSelf ? `${name} (you)` : name);

function Standing({ isOff }: Row) {
  return isOff ? <Status of="cancelled">Switched off</Status> : <Status of="done">Active</Status>;
}

function NamesOnly() {
  const { members } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="People of this account"
      columns={[
        { key: "name", label: "Name", cell: nameOf },
        { key: "email", label: "Email", cell: ({ email }) => email },
        { key: "role", label: "Role", cell: ({ role }) => role },
      ]}
      rows={members.filter(({ isOff }) => !isOff)}
      rowKey={({ id }) => id}
    />
  );
}

function MemberTable() {
  const { base, members } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="People of this account"
      columns={[
        { key: "name", label: "Name", cell: nameOf },
        { key: "role", label: "Role", cell: ({ role }) => role },
        { key: "status", label: "Status", cell: (row) => <Standing {...row} />, fit: "keep" },
        { key: "factor", label: "Second factor", cell: ({ secondFactor }) => (secondFactor ? "Yes" : "No") },
        { key: "signedIn", label: "Last sign-in", cell: ({ signedIn }) => signedIn ?? "Not yet" },
        { key: "since", label: "Since", cell: ({ since }) => since, fit: "keep" },
      ]}
      rows={members}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/${id}`}
      under={({ email }) => email}
    />
  );
}

function Invitations() {
  const { base, invitations } = useLoaderData<typeof loader>();
  return (
    <Panel title="Invited" line="They have not joined yet.">
      <Table
        caption="People who are invited"
        columns={[
          { key: "email", label: "Email", cell: ({ email }) => email },
          { key: "role", label: "Role", cell: ({ role }) => role },
          {
            key: "status",
            label: "Status",
            cell: ({ isOver }) =>
              isOver ? <Status of="failed">Link too old</Status> : <Status of="pending">Invited</Status>,
            fit: "keep",
          },
          { key: "until", label: "Link works until", cell: ({ until }) => until },
          {
            key: "deeds",
            label: "Invitation",
            onPhone: "plain",
            cell: ({ id, email }) => (
              <div className="flex flex-wrap gap-2">
                <ButtonLink small href={`${base}/invitations/${id}/link`}>
                  New link<span className="sr-only"> for {email}</span>
                </ButtonLink>
                <PostButton small action={`${base}/invitations/${id}/revocation`}>
                  Take back<span className="sr-only"> the invitation of {email}</span>
                </PostButton>
              </div>
            ),
          },
        ]}
        rows={invitations}
        rowKey={({ id }) => id}
        under={({ name }) => name ?? undefined}
        bare
      />
    </Panel>
  );
}

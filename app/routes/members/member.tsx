import { useForm } from "@conform-to/react";
import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findMember } from "~/features/accounts/members.server";
import { personRoles, roleNames } from "~/features/accounts/rights";
import { hasSecondFactor } from "~/features/sign-in/second-factor.server";
import { notFound } from "~/http/answers.server";
import { installationScope, requireScope } from "~/http/scope.server";
import { formatDate, formatInstant } from "~/platform/time";
import { memberId } from "~/routes/members/answer.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Facts } from "~/ui/facts";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Members · ${data.firm}` : "Members" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const member = await findMember(scope, memberId(args));
  if (!member) return notFound();
  const { id, name, email, role, lastSignedInAt } = member;
  return {
    firm: scope.account.name,
    base: `/${scope.account.slug}/members`,
    id,
    name,
    email,
    role,
    isSelf: id === scope.user?.id,
    isOff: member.switchedOffAt !== null,
    isDisabled: member.disabledAt !== null,
    since: formatDate(scope.place, member.since),
    signedIn: lastSignedInAt ? formatInstant(scope.place, lastSignedInAt) : "Not yet",
    secondFactor: await hasSecondFactor(installationScope(args.context), id),
  };
}

const roles = personRoles.map((value) => ({ value, label: roleNames[value] }));

export default function MemberPage() {
  const { base, id, name, email, isSelf, isOff, isDisabled, since, signedIn, secondFactor } =
    useLoaderData<typeof loader>();
  const off = isOff || isDisabled;
  return (
    <>
      <PageHead title={name} line={email} back={{ href: base, label: "Members" }} />
      <div className="space-y-6">
        <Panel title="Place in this account">
          <Facts
            facts={[
              {
                label: "Status",
                value: off ? <Status of="cancelled">Switched off</Status> : <Status of="done">Active</Status>,
              },
              { label: "Since", value: since },
              { label: "Last sign-in", value: signedIn },
              { label: "Second factor", value: secondFactor ? "Set up" : "Not set up" },
            ]}
          />
        </Panel>
        <RoleForm />
        {isSelf ? (
          <p className="flex flex-wrap gap-2">
            <ButtonLink href="/person">You and your sign-in</ButtonLink>
            <ButtonLink tone="danger" href={`${base}/departure`}>
              Leave this account
            </ButtonLink>
          </p>
        ) : (
          <>
            <Panel title="When they cannot sign in" line="You give your own password and code first.">
              <p className="flex flex-wrap gap-2">
                <ButtonLink href={`${base}/${id}/password-link`}>Make a link for a new password</ButtonLink>
                <ButtonLink href={`${base}/${id}/second-factor`}>Reset their second factor</ButtonLink>
              </p>
            </Panel>
            <Panel
              title={isOff ? "Switched off" : "Keep them out"}
              line={
                isOff
                  ? "They cannot open this account. What they did is kept."
                  : "Switched off, they cannot open this account from their next click on. Removed, they also leave this list."
              }
            >
              <div className="flex flex-wrap gap-2">
                <PostButton action={`${base}/${id}/${isOff ? "readmission" : "suspension"}`}>
                  {isOff ? "Switch on again" : "Switch off"}
                </PostButton>
                <ButtonLink tone="danger" href={`${base}/${id}/removal`}>
                  Remove
                </ButtonLink>
              </div>
            </Panel>
          </>
        )}
      </div>
    </>
  );
}

function RoleForm() {
  const { base, id, role: now } = useLoaderData<typeof loader>();
  const [form, { role }] = useForm<{ role: string }>({ id: "role", defaultValue: { role: now } });
  return (
    <Panel title="What they may do">
      <Form action={`${base}/${id}/role`} fields={[role]} errors={form.errors}>
        <Select field={role} label="Role" options={roles} look="short" />
        <FormActions>
          <Button>Change role</Button>
        </FormActions>
      </Form>
    </Panel>
  );
}

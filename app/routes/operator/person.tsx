import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listPlacesOf, listSwitchedOffPlaces } from "~/features/accounts/members.server";
import { findPersonById } from "~/features/accounts/people.server";
import { roleNames } from "~/features/accounts/rights";
import { findSecondFactor } from "~/features/sign-in/second-factor.server";
import { notFound } from "~/http/answers.server";
import { installationScope, requireOperator } from "~/http/scope.server";
import { visitorPlace } from "~/http/visitor-place.server";
import { formatInstant } from "~/platform/time";
import { memberId } from "~/routes/members/answer.server";
import { ButtonLink } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { OutsideFrame } from "~/ui/outside-frame";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Somebody"} · This installation · Tallybook` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const where = visitorPlace(await requireOperator({ request, context }), request);
  const scope = installationScope(context);
  const person = await findPersonById(scope, memberId({ params }));
  if (!person) return notFound();
  const { enrolledAt, recoveryCodesLeft } = await findSecondFactor(scope, person.id);
  const places = await listPlacesOf(scope, person.id);
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    isOperator: person.isOperator,
    timeZone: where.timeZone.replaceAll("_", " "),
    signedIn: person.lastSignedInAt ? formatInstant(where, person.lastSignedInAt) : "Not yet",
    factor: enrolledAt ? `Set up on ${formatInstant(where, enrolledAt)}` : "Not set up",
    codesLeft: recoveryCodesLeft,
    switchedOff: await listSwitchedOffPlaces(scope, person.id),
    places: places.map(({ account, role }) => ({ id: account.id, name: account.name, role: roleNames[role] })),
  };
}

export default function PersonOfTheInstallation() {
  const { id, name, email, isOperator, signedIn, timeZone, factor, codesLeft, places, switchedOff } =
    useLoaderData<typeof loader>();
  return (
    <OutsideFrame title={name} line={email} place={<a href="/operator/people">Back</a>} wide>
      <Panel title="Sign-in" line={`Times are those of ${timeZone}.`}>
        <Facts
          facts={[
            { label: "Last sign-in", value: signedIn },
            { label: "Authenticator app", value: factor },
            { label: "Recovery codes", value: `${codesLeft} left` },
            { label: "Operator", value: isOperator ? "Yes" : "No" },
          ]}
        />
        <p className="mt-4 flex flex-wrap gap-2">
          <ButtonLink href={`/operator/people/${id}/password-link`}>Make a link for a new password</ButtonLink>
          <ButtonLink href={`/operator/people/${id}/second-factor`}>Reset their second factor</ButtonLink>
        </p>
      </Panel>
      <Panel title="Accounts">
        <Table
          caption="Accounts in which they have a place"
          columns={[
            { key: "name", label: "Account", cell: (place) => place.name },
            { key: "role", label: "Role", cell: (place) => place.role },
          ]}
          rows={places}
          rowKey={(place) => place.id}
          bare
        />
        {switchedOff.length > 0 ? <p className="quiet mt-3">Switched off in: {switchedOff.join(", ")}.</p> : null}
      </Panel>
    </OutsideFrame>
  );
}

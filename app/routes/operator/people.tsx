import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listPeople } from "~/features/accounts/people.server";
import { installationScope, requireOperator } from "~/http/scope.server";
import { visitorPlace } from "~/http/visitor-place.server";
import { formatInstant } from "~/platform/time";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { OutsideFrame } from "~/ui/outside-frame";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "People · This installation · Tallybook" }];

const LONGEST_SEARCH = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const where = visitorPlace(await requireOperator({ request, context }), request);
  const search = (new URL(request.url).searchParams.get("q") ?? "").replaceAll("\0", "").slice(0, LONGEST_SEARCH);
  const people = await listPeople(installationScope(context), search);
  return {
    search,
    timeZone: where.timeZone.replaceAll("_", " "),
    people: people.map(({ lastSignedInAt, disabledAt, ...person }) => ({
      ...person,
      isOff: disabledAt !== null,
      signedIn: lastSignedInAt ? formatInstant(where, lastSignedInAt) : "Not yet",
    })),
  };
}

export default function People() {
  const { search, timeZone, people } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame
      title="People"
      line={`Everybody who signs in here; the first hundred of them. Times are those of ${timeZone}.`}
      place={<a href="/operator">Back</a>}
      wide
    >
      <FilterBar action="/operator/people" submit="Search" clearHref={search ? "/operator/people" : undefined}>
        <FilterSearch name="q" label="Name or address" value={search} />
      </FilterBar>
      {people.length === 0 ? (
        <Empty>Nobody has this in their name or address.</Empty>
      ) : (
        <Table
          caption="People of this installation"
          columns={[
            { key: "name", label: "Name", cell: ({ name }) => name },
            {
              key: "places",
              label: "Accounts",
              cell: ({ places, placesOff }) => (placesOff > 0 ? `${places}, ${placesOff} switched off` : places),
              numeric: true,
            },
            { key: "signedIn", label: "Last sign-in", cell: ({ signedIn }) => signedIn },
            {
              key: "status",
              label: "Status",
              cell: ({ isOff, isOperator }) =>
                isOff ? (
                  <Status of="cancelled">Switched off</Status>
                ) : (
                  <Status of="done">{isOperator ? "Operator" : "Active"}</Status>
                ),
            },
          ]}
          rows={people}
          rowKey={({ id }) => id}
          href={({ id }) => `/operator/people/${id}`}
          under={({ email }) => email}
        />
      )}
    </OutsideFrame>
  );
}

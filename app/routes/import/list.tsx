import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { RunTable } from "~/features/pipeline/run/run-table";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { requireScope } from "~/http/scope.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Imports · ${data.accountName}` : "Imports" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "work.read");
  const { name, slug } = scope.account;
  const mayImport = can(scope, "contacts.import");
  const runs = await listRuns(scope, { limit: 100, drafts: mayImport });
  return {
    accountName: name,
    base: `/${slug}`,
    place: scope.place,
    runs: settled(runs, await rowsLeft(scope, runs)),
    mayImport,
  };
}

export default function Imports() {
  const { base, place, runs, mayImport } = useLoaderData<typeof loader>();
  const first = mayImport ? (
    <ButtonLink href={`${base}/contacts/import`} tone="primary">
      Import contacts
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHead title="Imports" line="Files that were brought in, and what became of their rows." actions={first} />
      {runs.length === 0 ? (
        <Empty actions={first}>Each file you import will be listed here with its counts and its refused rows.</Empty>
      ) : (
        <RunTable base={base} place={place} runs={runs} />
      )}
    </>
  );
}

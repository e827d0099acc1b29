import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { downloadQuery } from "~/features/contacts/export/download-link.server";
import { isExportAtWork, mayDownload } from "~/features/contacts/export/export";
import { ExportTable } from "~/features/contacts/export/export-table";
import { listExports } from "~/features/contacts/export/exports.server";
import { refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

const REFRESH_SECONDS = 2;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Exports · ${data.accountName}` : "Exports" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.export");
  const base = `/${scope.account.slug}`;
  const exports = await listExports(scope);
  const atWork = exports.some(({ state }) => isExportAtWork(state));
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (atWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return {
    accountName: scope.account.name,
    base,
    place: scope.place,
    atWork,
    refreshes,
    exports: exports.map((each) => ({
      ...each,
      downloadHref: mayDownload(scope, each)
        ? `${base}/exports/${each.id}/file${downloadQuery(scope, each.fileId ?? "")}`
        : null,
    })),
  };
}

export default function Exports() {
  const { base, place, exports, atWork, refreshes } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Exports"
        line="Lists of contacts as files. Each is kept for a day, for whoever asked for it and for administrators."
        back={{ href: `${base}/contacts`, label: "Contacts" }}
      />
      {exports.length === 0 ? (
        <Empty actions={<ButtonLink href={`${base}/contacts/export`}>Export contacts</ButtonLink>}>
          Each list you export will be here for a day, to download.
        </Empty>
      ) : (
        <ExportTable {...{ base, place, exports }} />
      )}
      {atWork ? (
        <p className="small quiet">
          {refreshes ? "This page loads itself again until all are done. " : null}
          <a href={refreshes ? `${base}/exports?refresh=off` : `${base}/exports`}>
            {refreshes ? "Stop refreshing" : "Refresh by itself"}
          </a>
        </p>
      ) : null}
    </>
  );
}

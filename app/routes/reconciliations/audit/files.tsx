import { type LoaderFunctionArgs, type MetaFunction, type SerializeFrom } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { untilSaved } from "~/routes/reconciliations/audit/audit-words";
import { type FilesView, loadFiles } from "~/routes/reconciliations/audit/files.server";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Table } from "~/ui/table";

type View = SerializeFrom<FilesView>;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Files · ${data.name} · ${data.firm}` : "Files" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadFiles(args);
}

export default function Files() {
  const view = useLoaderData<typeof loader>();
  const { base, name, until, problem, reference, atWork, files } = view;
  return (
    <>
      <PageHead
        title={name}
        line="The two files that are compared."
        back={{ href: base.replace(/\/[^/]*$/, ""), label: "Reconciliations" }}
        actions={atWork ? null : <Actions view={view} />}
      />
      {problem ? (
        <Banner tone="bad">
          {problem}
          {reference ? ` Reference: ${reference}.` : null}
        </Banner>
      ) : null}
      {until ? <Banner tone="warn">{untilSaved(until)}</Banner> : null}
      {atWork ? <AtWork view={view} /> : null}
      {files.map((side) => (
        <OneFile key={side.side} view={view} side={side} />
      ))}
    </>
  );
}

function Actions({ view: { base, state, hasResult, until, mayWrite } }: { view: View }) {
  return (
    <>
      {mayWrite && until && state === "done" ? (
        <PostButton action={`${base}/saving`}>Save as a reconciliation</PostButton>
      ) : null}
      {hasResult && state === "done" ? (
        <ButtonLink tone="primary" href={base}>
          What it found
        </ButtonLink>
      ) : null}
    </>
  );
}

function AtWork({ view: { base, isReading, read, refreshes, locale } }: { view: View }) {
  return (
    <Panel title="Progress" line={isReading ? "The files are read." : "What was read is compared."}>
      <Progress
        label="Reading and comparing"
        done={read}
        noun="rows read"
        refresh={{ on: refreshes, href: refreshes ? `${base}/files?refresh=off` : `${base}/files` }}
        locale={locale}
      />
    </Panel>
  );
}

type Side = View["files"][number];
type File = NonNullable<Side["file"]>;

function OneFile({ view, side: { side, title, file } }: { view: View; side: Side }) {
  const { base, mayWrite, atWork } = view;
  const page = `${base}/files/${side}`;
  const again = base.replace(/\/([^/]*)$/, "/audit?of=$1");
  if (!file) {
    return (
      <Panel title={title}>
        <p>There is no file of these yet. {mayWrite ? <a href={again}>Choose it</a> : null}</p>
      </Panel>
    );
  }
  const change = <Change page={page} again={view.until ? again : null} isReady={file.isReady} />;
  return (
    <Panel title={title} actions={mayWrite && !atWork && file.isKept ? change : null}>
      <Facts
        facts={[
          { label: "File", value: `${file.name}, ${file.from}` },
          { label: "Rows read", value: file.rows },
          { label: "Not compared", value: file.refusedText },
        ]}
      />
      {file.refused.length > 0 ? <Refused page={page} file={file} /> : null}
    </Panel>
  );
}

function Change({ page, again, isReady }: { page: string; again: string | null; isReady: boolean }) {
  return (
    <>
      {again ? <ButtonLink href={again}>Another file</ButtonLink> : null}
      <ButtonLink tone={isReady ? undefined : "primary"} href={page}>
        {isReady ? "Columns" : "Say which column is what"}
      </ButtonLink>
    </>
  );
}

/** They cost only themselves. */
function Refused({ page, file }: { page: string; file: File }) {
  return (
    <div className="mt-4">
      <Table
        bare
        caption={`Rows of ${file.name} that are not compared`}
        rows={file.refused}
        rowKey={({ position }) => String(position)}
        columns={[
          { key: "line", label: "Where", cell: ({ line }) => `Line ${line}` },
          { key: "column", label: "Column", cell: ({ column }) => column ?? "–" },
          { key: "value", label: "Value", cell: ({ value }) => value ?? "–" },
          { key: "reason", label: "Why", cell: ({ reason }) => reason },
        ]}
      />
      <p className="small mt-4">
        {file.isCut ? `The first of ${file.refusedText}. ` : null}
        <a href={`${page}/refused.csv`}>All of them as a file</a>
      </p>
    </div>
  );
}

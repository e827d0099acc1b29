import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { undoing } from "~/composition.server";
import { can } from "~/features/accounts/rights";
import { howToUndoNow } from "~/features/changes/how-to-undo.server";
import { listChanges } from "~/features/changes/list-changes.server";
import { UNDO_DAYS } from "~/features/changes/undo-window";
import { requireScope } from "~/http/scope.server";
import { tellChanges } from "~/routes/changes/changes-told.server";
import { formatInstant } from "~/platform/time";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Changes · ${data.accountName}` : "Changes" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const before = new URL(args.request.url).searchParams.get("before");
  const { changes, older } = await listChanges(scope, before);
  const told = await tellChanges(scope, changes);
  const lines = [];
  for (const change of changes) {
    const { what = "", whom = "" } = told.get(change.id) ?? {};
    const facts = { id: change.id, what, whom, who: change.who ?? "Tallybook", at: change.at };
    const when = formatInstant(scope.place, change.at);
    lines.push({ ...facts, when, ...(await howToUndoNow(scope, change, undoing)) });
  }
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/changes`,
    mayUndo: can(scope, "contacts.write"),
    older,
    isLater: before !== null,
    changes: lines,
  };
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["changes"][number];

export default function Changes() {
  const { base, changes, older, isLater, mayUndo } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Changes"
        line={`Everything that was done, the latest first. It can be undone for ${UNDO_DAYS} days.`}
      />
      {changes.length === 0 ? (
        <Empty>Whatever is added, changed or imported will be listed here, with its Undo.</Empty>
      ) : (
        <Table
          caption="Changes"
          columns={columnsOf(base, mayUndo)}
          rows={changes}
          rowKey={({ id }) => id}
          href={({ id }) => `${base}/${id}`}
          under={({ whom }) => whom}
          foot={older || isLater ? <Pages {...{ base, older, isLater }} /> : undefined}
        />
      )}
    </>
  );
}

function Pages({ base, older, isLater }: { base: string; older: string | null; isLater: boolean }) {
  return (
    <p className="flex gap-4">
      {isLater ? <a href={base}>Latest changes</a> : null}
      {older ? <a href={`${base}?before=${older}`}>Earlier changes</a> : null}
    </p>
  );
}

function columnsOf(base: string, mayUndo: boolean): Column<Line>[] {
  return [
    { key: "what", label: "What was done", cell: ({ what }) => what },
    { key: "who", label: "By", cell: ({ who }) => who },
    { key: "when", label: "When", fit: "keep", cell: ({ at, when }) => <Time at={at}>{when}</Time> },
    {
      key: "undo",
      label: "Undo",
      cell: ({ id, target, what, whom, label, whyNot, asks }) =>
        whyNot ? (
          <span className="quiet">{whyNot}</span>
        ) : mayUndo && asks ? (
          <ButtonLink small href={`${base}/${id}`}>
            {label} …<span className="sr-only">: {what}</span>
          </ButtonLink>
        ) : mayUndo ? (
          <PostButton small action={`${base}/${target}/undo`}>
            {label}
            <span className="sr-only">: {[what, whom].filter(Boolean).join(", ")}</span>
          </PostButton>
        ) : null,
    },
  ];
}

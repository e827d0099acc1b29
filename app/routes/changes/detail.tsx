import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { findChange, findUndo, listLeftAlone } from "~/features/changes/list-changes.server";
import { changeWords, countWords } from "~/features/contacts/history/change-words";
import { countedContacts } from "~/features/contacts/contact";
import { listTouched, namesOfContacts, type TouchedContact } from "~/features/contacts/history/touched-contacts.server";
import { CorrectedSince } from "~/features/pipeline/corrected-since";
import { correctionsOfChange } from "~/features/pipeline/corrections.server";
import { filesOfChanges } from "~/features/pipeline/undo-run.server";
import { notFound, refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { type Scope } from "~/platform/scope.server";
import { whyNotUndone } from "~/routes/changes/why-not-undone.server";
import { Button, PostButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice-field";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { type Column, Table } from "~/ui/table";

const REFRESH_SECONDS = 2;
const SHOWN = 50;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.what} · Changes · ${data.accountName}` : "Change" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const change = (await findChange(scope, args.params.changeSetId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}`;
  const [files, undo] = [await filesOfChanges(scope, [change.id]), await findUndo(scope, change.id)];
  const isAtWork = undo !== null && undo.state !== "done" && undo.state !== "failed";
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (isAtWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const count = countWords(change, scope.place.locale);
  return {
    accountName: scope.account.name,
    base,
    href: `${base}/changes/${change.id}`,
    locale: scope.place.locale,
    what: changeWords(change, files.get(change.id) ?? null),
    line: [formatInstant(scope.place, change.at), change.who ?? "Tallybook", count].filter(Boolean).join(", "),
    isImport: files.has(change.id),
    whyNot: whyNotUndone(scope, change),
    mayUndo: can(scope, "contacts.write"),
    undo: undo && { ...undo, isAtWork, refreshes, ...(await leftAlone(scope, undo)) },
    touched: await listTouched(scope, change.id, SHOWN),
    ...{ place: scope.place, corrections: await correctionsOfChange(scope, change.id) },
  };
}

async function leftAlone(scope: Scope, { id, undone }: { id: string; undone: number }) {
  const left = await listLeftAlone(scope, id, SHOWN);
  const names = await namesOfContacts(
    scope,
    left.map(({ subjectId }) => subjectId),
  );
  return {
    undoneText: countedContacts(undone, scope.place.locale),
    leftAlone: left.map(({ ordinal, subjectId, what, why }) => ({
      key: String(ordinal),
      contactId: subjectId,
      name: names.get(subjectId) ?? null,
      what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      why: why ?? "it was changed since",
    })),
  };
}

export default function ChangeDetail() {
  const { base, what, line, touched, place, corrections } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={what} line={line} back={{ href: `${base}/changes`, label: "Changes" }} />
      <UndoPanel />
      <CorrectedSince {...{ base, place, corrections }} />
      {touched.length > 0 ? (
        <Panel title={touched.length < SHOWN ? "What it changed" : `What it changed: the first ${SHOWN}`}>
          <Table
            bare
            caption="What it changed"
            columns={touchedColumns}
            rows={touched}
            rowKey={({ position }) => String(position)}
            href={({ contactId, isThere }) => (isThere ? `${base}/contacts/${contactId}` : undefined)}
          />
        </Panel>
      ) : null}
    </>
  );
}

const touchedColumns: Column<TouchedContact>[] = [
  {
    key: "name",
    label: "Contact",
    cell: ({ name, isNew, isThere }) => (
      <>
        {name}
        {isNew ? <span className="quiet"> new</span> : null}
        {isThere ? null : <span className="quiet"> deleted since</span>}
      </>
    ),
  },
  {
    key: "changes",
    label: "Changed",
    onPhone: "plain",
    cell: ({ changes, isNew }) => (
      <ul className="grid gap-1 small">
        {changes.map(({ label, before, after }) => (
          <li key={label}>
            {label}: {isNew ? null : before ? <del>{before}</del> : <span className="quiet">empty</span>}
            {isNew ? null : " → "}
            {after ? <ins>{after}</ins> : <span className="quiet">empty</span>}
          </li>
        ))}
      </ul>
    ),
  },
];

function UndoPanel() {
  const { undo, whyNot, mayUndo, isImport, href } = useLoaderData<typeof loader>();
  if (undo) return <UndoState />;
  if (whyNot) return <p className="quiet">{whyNot}.</p>;
  if (!mayUndo) return null;
  if (!isImport) return <PostButton action={`${href}/undo`}>Undo</PostButton>;
  return (
    <Panel title="Undo this import">
      <p>
        Contacts that it made are deleted, and can be brought back for 30 days. Contacts that were there before say
        again what they said. What was edited by hand since stays.
      </p>
      <form method="post" action={`${href}/undo`} className="mt-3">
        <Checkbox
          field={{ name: "edited" }}
          value="undone"
          label="Also contacts that somebody changed since"
          hint="Else those that the import made stay, and are listed."
        />
        <div className="mt-3">
          <Button tone="danger">Undo the import</Button>
        </div>
      </form>
    </Panel>
  );
}

function UndoState() {
  const { undo, base, href, locale, mayUndo } = useLoaderData<typeof loader>();
  if (!undo) return null;
  if (undo.isAtWork) {
    const refresh = { on: undo.refreshes, href: undo.refreshes ? `${href}?refresh=off` : href };
    return (
      <Panel title="Undoing">
        <Progress
          label="Undoing"
          done={undo.done}
          total={undo.entries}
          noun="changes"
          refresh={refresh}
          locale={locale}
        />
      </Panel>
    );
  }
  return (
    <Panel
      title="Undone"
      actions={
        mayUndo && undo.undone > 0 ? (
          <PostButton small action={`${base}/changes/${undo.ownChangeSetId}/undo`}>
            Redo
          </PostButton>
        ) : null
      }
    >
      <p>
        {undo.undoneText} put back{undo.left > 0 ? `, ${undo.left.toLocaleString(locale)} left as they are:` : "."}
      </p>
      {undo.leftAlone.length > 0 ? (
        <ul className="mt-2 grid gap-1">
          {undo.leftAlone.map(({ key, contactId, name, what, why }) => (
            <li key={key}>
              {name ? <a href={`${base}/contacts/${contactId}`}>{name}</a> : "A contact that is gone"}: {what}, as {why}
              .
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}

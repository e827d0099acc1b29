import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findChange } from "~/features/changes/list-changes.server";
import { UNDO_DAYS } from "~/features/changes/undo-window";
import { findBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { bulkWords } from "~/features/contacts/bulk/bulk-words";
import { countOwnValues } from "~/features/contacts/bulk/own-values.server";
import { countedContacts } from "~/features/contacts/contact";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound, refreshAfter } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { ButtonLink, PostButton } from "~/ui/button";
import { Confirm } from "~/ui/confirm";
import { Empty } from "~/ui/empty";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";

const REFRESH_SECONDS = 2;

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.words.title} · Contacts · ${data.accountName}` : "Change contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const bulk = (await findBulk(scope, args.params.bulkId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (bulk.isAtWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { locale } = scope.place;
  const back = listBehind(args, base);
  const { query, change, ...numbers } = bulk;
  return {
    accountName: scope.account.name,
    account: `/${scope.account.slug}`,
    href: `${base}/bulk/${bulk.id}`,
    back,
    listHref: back ?? base + (query === null ? "" : viewQuery(readView(new URLSearchParams(query)))),
    locale,
    refreshes,
    words: bulkWords(change, { locale, fields: await customFields(scope) }),
    isDanger: change.what === "delete",
    isUndone: bulk.changeSetId !== null && (await findChange(scope, bulk.changeSetId))?.undone != null,
    bulk: numbers,
    ownValues: bulk.state === "ready" ? await countOwnValues(scope, bulk) : 0,
  };
}

export default function BulkEdit() {
  const { words, listHref, bulk } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={words.title} back={{ href: listHref, label: "Contacts" }} />
      {bulk.isAtWork ? <AtWork /> : bulk.state === "ready" ? <Numbers /> : <Ended />}
    </>
  );
}

function AtWork() {
  const { bulk, href, words, locale, refreshes } = useLoaderData<typeof loader>();
  const isLookedUp = bulk.state !== "collecting";
  return (
    <Panel title={isLookedUp ? "Being changed" : "Being counted"}>
      <Progress
        label={words.title}
        done={isLookedUp ? bulk.done : bulk.total}
        total={isLookedUp ? bulk.toChange : undefined}
        noun="contacts"
        cancelAction={`${href}/cancellation`}
        refresh={{ on: refreshes, href: refreshes ? `${href}?refresh=off` : href }}
        locale={locale}
      />
    </Panel>
  );
}

function Numbers() {
  const { bulk, words, href, back, listHref, locale, isDanger, ownValues } = useLoaderData<typeof loader>();
  const counted = countedContacts(bulk.toChange, locale);
  const lines: [number, string][] = [
    [bulk.toChange, words.toChange],
    [bulk.same, words.same],
    [bulk.refused, words.refused],
    [bulk.missing, "are not there, or not yours to change"],
  ];
  const changes = lines
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, label]) => ({ value: count.toLocaleString(locale), label }));
  if (bulk.toChange === 0) {
    return (
      <Empty actions={<ButtonLink href={listHref}>Back to the contacts</ButtonLink>}>
        Nothing would change.{" "}
        {changes
          .map(({ value, label }) => `${value} ${label}.`)
          .slice(1)
          .join(" ")}
      </Empty>
    );
  }
  return (
    <Confirm
      changes={[
        {
          value: bulk.total.toLocaleString(locale),
          label: bulk.total === 1 ? "contact chosen, of which" : "contacts chosen, of which",
        },
        ...changes,
      ]}
      action={withBack(`${href}/start`, back)}
      confirmLabel={`${words.button} ${counted}`}
      danger={isDanger}
      cancelHref={listHref}
    >
      {ownValues > 0 ? <p className="mb-3">{ownValuesSentence(ownValues, locale)}</p> : null}
      <p>
        These are the contacts as of now: whoever is added later is not among them. It is one change, and for{" "}
        {UNDO_DAYS} days one Undo takes all of it back.
      </p>
    </Confirm>
  );
}

function ownValuesSentence(count: number, locale: string): string {
  return count === 1
    ? "For 1 of them somebody has typed by hand what it says there now: that is replaced, too."
    : `For ${count.toLocaleString(locale)} of them somebody has typed by hand what they say there now: that is replaced, too.`;
}

const ends: Record<string, string> = { done: "Done", cancelled: "Cancelled", failed: "Stopped before its end" };

function Ended() {
  const { bulk, account, listHref, isUndone } = useLoaderData<typeof loader>();
  const changeHref = bulk.changeSetId ? `${account}/changes/${bulk.changeSetId}` : null;
  const canUndo = changeHref !== null && bulk.changed > 0 && !isUndone;
  return (
    <Panel
      title={isUndone ? "Undone since" : ends[bulk.state]}
      actions={canUndo ? <PostButton action={`${changeHref}/undo`}>Undo</PostButton> : null}
    >
      <Outcome />
      {bulk.problem ? <p className="mt-3">{bulk.problem}</p> : null}
      {bulk.problemReference ? <p className="bytes">{bulk.problemReference}</p> : null}
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-2">
        {changeHref ? <a href={changeHref}>What was changed of each</a> : null}
        <a href={listHref}>Back to the contacts</a>
      </p>
    </Panel>
  );
}

function Outcome() {
  const { bulk, words, locale } = useLoaderData<typeof loader>();
  const rest = bulk.toChange - bulk.changed - bulk.conflicts - bulk.gone;
  const others: [number, string][] = [
    [bulk.conflicts, "left, as a colleague changed them meanwhile"],
    [bulk.gone, "no longer there"],
    [rest, "not changed"],
  ];
  const figures = [[bulk.changed, words.done] as const, ...others.filter(([count]) => count > 0)];
  return <Figures figures={figures.map(([count, label]) => ({ value: count.toLocaleString(locale), label }))} />;
}

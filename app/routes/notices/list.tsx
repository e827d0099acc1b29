import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listNotices } from "~/features/notices/notices.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { formatInstant, formatRelative } from "~/platform/time";
import { PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { Time } from "~/ui/time";

const PAGE = 50;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Notices · ${data.accountName}` : "Notices" },
];

/** Looking at them marks nothing: a browser may fetch the page before anybody sees it. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const before = new URL(args.request.url).searchParams.get("before");
  const notices = await listNotices(scope, { limit: PAGE + 1, before: before && isId(before) ? before : null });
  const now = scope.clock.now();
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/notices`,
    isFirstPage: before === null,
    olderThan: notices.length > PAGE ? (notices[PAGE - 1]?.id ?? null) : null,
    notices: notices.slice(0, PAGE).map((notice) => ({
      ...notice,
      when: formatInstant(scope.place, notice.at),
      ago: formatRelative(scope.place.locale, notice.at, now),
    })),
  };
}

export default function Notices() {
  const { base, notices, isFirstPage, olderThan } = useLoaderData<typeof loader>();
  const [newest] = notices;
  const hasUnread = notices.some((notice) => notice.readAt === null);
  return (
    <>
      <PageHead
        title="Notices"
        line="What happened here that you should know of. Each thing is told once."
        actions={
          newest && hasUnread ? (
            <PostButton action={`${base}/reading`} fields={{ upTo: newest.id }}>
              Mark all as read
            </PostButton>
          ) : null
        }
      />
      {newest ? (
        <Table
          caption="Your notices, the newest first"
          columns={[
            { key: "title", label: "What", cell: (notice) => <Title {...notice} /> },
            { key: "at", label: "When", cell: (notice) => <When {...notice} />, fit: "keep" },
            { key: "read", label: "Read", cell: (notice) => <Reading {...notice} />, fit: "keep", onPhone: "plain" },
          ]}
          rows={notices}
          rowKey={(notice) => notice.id}
          href={(notice) => notice.href}
          foot={<OtherPages {...{ base, isFirstPage, olderThan }} />}
        />
      ) : (
        <Empty>
          {isFirstPage
            ? "Nothing yet. When an import ends, somebody joins or a contact is given to you, it is told here."
            : "There are no older notices."}
        </Empty>
      )}
    </>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["notices"][number];

function Title({ title, readAt }: Shown) {
  return readAt === null ? title : <span className="font-normal">{title}</span>;
}

function When({ at, when, ago }: Shown) {
  return (
    <Time at={at} title={ago}>
      {when}
    </Time>
  );
}

function Reading({ id, readAt, title }: Shown) {
  const { base } = useLoaderData<typeof loader>();
  if (readAt !== null) return <span className="quiet">Read</span>;
  return (
    <div className="flex items-center gap-3">
      <Tag label="New" />
      <PostButton action={`${base}/${id}/reading`} tone="bare" small>
        Mark as read<span className="sr-only">: {title}</span>
      </PostButton>
    </div>
  );
}

function OtherPages({
  base,
  isFirstPage,
  olderThan,
}: {
  base: string;
  isFirstPage: boolean;
  olderThan: string | null;
}) {
  if (isFirstPage && !olderThan) return null;
  return (
    <div className="foot">
      <nav aria-label="Pages">
        {isFirstPage ? null : <a href={base}>← Newest</a>}
        {olderThan ? <a href={`${base}?before=${olderThan}`}>Older →</a> : null}
      </nav>
    </div>
  );
}

import { type loadRemoval } from "~/routes/connectors/set-up/fields-facts.server";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

/** What is erased where less is read. */
export function RemovalPage({ view }: { view: Awaited<ReturnType<typeof loadRemoval>> }) {
  const { name, system, page, confirmed, removed, locale } = view;
  const count = removed.reduce((sum, { stored }) => sum + stored, 0);
  const number = (value: number) => value.toLocaleString(locale);
  return (
    <>
      <PageHead title={`Read less from ${name}`} back={{ href: page, label: "What is read" }} />
      <Confirm
        changes={[
          ...removed.map(({ many, isWhole, labels, stored }) => ({
            value: number(stored),
            label: isWhole
              ? `${many}: all that was read of them is erased`
              : `${many}: what they say of ${listed(labels)} is erased`,
          })),
          { value: "kept", label: "What people typed here, and what files and other connectors say" },
        ]}
        action={`${page}/removal`}
        hidden={confirmed}
        confirmLabel={`Save, and erase it in ${number(count)} ${count === 1 ? "record" : "records"}`}
        danger
        cancelHref={page}
      >
        <p className="quiet">
          It is erased here for good, in the records as they were received and in what was made of them, and cannot be
          undone. At {system} nothing changes. Your choice stays ticked if you go back.
        </p>
      </Confirm>
    </>
  );
}

const MOST_NAMED = 8;

function listed(labels: readonly string[]): string {
  const more = labels.length - MOST_NAMED;
  const names = labels.slice(0, MOST_NAMED).map((label) => `“${label}”`);
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

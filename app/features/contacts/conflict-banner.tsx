import { type Disagreement } from "~/features/contacts/change-conflict";
import { formatInstant, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { Table } from "~/ui/table";

interface ConflictBannerProps {
  /** Null: Tallybook itself. */
  who: string | null;
  at: string;
  fields: Disagreement[];
  place: Place;
}

/** Somebody else was faster with the same fields: the original, theirs and mine, before anything of mine is saved. */
export function ConflictBanner({ who, at, fields, place }: ConflictBannerProps) {
  const what = fields.length === 1 ? "The field here was" : `The ${fields.length} fields here were`;
  return (
    <Banner tone="warn">
      <p>
        {what} changed meanwhile by {who ?? "Tallybook"}, {formatInstant(place, at)}, and by you. All else is put
        together in the form, and nothing you typed is lost.
      </p>
      <Table
        bare
        caption="What it said, what it says now, and what you typed"
        rows={fields}
        rowKey={(field) => field.label}
        columns={[
          { key: "field", label: "Field", cell: (field) => field.label },
          { key: "original", label: "It said", cell: ({ original }) => textOrEmpty(original ?? "not known") },
          { key: "theirs", label: "Theirs, now", cell: (field) => textOrEmpty(field.theirs) },
          { key: "mine", label: "Yours", cell: (field) => textOrEmpty(field.mine) },
        ]}
      />
    </Banner>
  );
}

function textOrEmpty(text: string) {
  return text || <span className="quiet">empty</span>;
}

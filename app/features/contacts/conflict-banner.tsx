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

/** Somebody else was faster: theirs and mine side by side, before anything of mine is saved. */
export function ConflictBanner({ who, at, fields, place }: ConflictBannerProps) {
  return (
    <Banner tone="warn">
      <p>
        Changed meanwhile by {who ?? "Tallybook"}, {formatInstant(place, at)}. Below is what you typed. Save it over
        theirs, or take over into the form what should stay of theirs.
      </p>
      <Table
        bare
        caption="What it says now, and what you typed"
        rows={fields}
        rowKey={(field) => field.label}
        columns={[
          { key: "field", label: "Field", cell: (field) => field.label },
          { key: "theirs", label: "Now", cell: (field) => field.theirs || <span className="quiet">empty</span> },
          { key: "mine", label: "You typed", cell: (field) => field.mine || <span className="quiet">empty</span> },
        ]}
      />
    </Banner>
  );
}

import { type Disagreement } from "~/features/contacts/form/change-conflict";
import { type EditChoices } from "~/features/contacts/form/merge-edit";
import { formatInstant, type Place } from "~/platform/time";
import { Button, ButtonLink, HiddenFields } from "~/ui/button";
import { ErrorSummary, FormActions } from "~/ui/form";
import { Table } from "~/ui/table";

export interface Conflict {
  /** Their version: the choice is good only for what is seen here. */
  version: number;
  /** Null: Tallybook itself. */
  who: string | null;
  at: string;
  fields: Disagreement[];
  /** Those made already; where the contact has changed once more, none. */
  choices: EditChoices;
  /** It was not the first time that this was asked. */
  again: "changed-again" | "not-chosen" | null;
  /** All that was typed, as it was sent. */
  typed: [string, string][];
}

interface ConflictPageProps extends Conflict {
  place: Place;
  cancelHref: string;
}

/**
 * Somebody else was faster with the same fields: what it said, theirs and mine, and for each field whose to keep. What
 * was typed is carried along, whatever is chosen.
 */
export function ConflictPage({
  version,
  who,
  at,
  fields,
  choices,
  again,
  typed,
  place,
  cancelHref,
}: ConflictPageProps) {
  const what = fields.length === 1 ? "One field was" : `${fields.length} fields were`;
  const missing = fields.filter(({ field }) => !choices[field]);
  return (
    <>
      <ErrorSummary errors={[summary(again)]} />
      <p className="mb-4">
        {what} changed meanwhile by {who ?? "Tallybook"}, {formatInstant(place, at)}, and by you. Say for each whose is
        to stay. All else is put together, and nothing you typed is lost.
      </p>
      <form method="post" className="form conflict" noValidate>
        {typed.map(([name, value], index) => (
          <input key={`${index} ${name}`} type="hidden" name={name} value={value} />
        ))}
        <HiddenFields fields={{ seen: String(version) }} />
        <Table
          caption="What it said, what it says now, and what you typed"
          rows={fields}
          rowKey={({ field }) => field}
          columns={[
            { key: "field", label: "Field", cell: ({ label }) => label },
            { key: "original", label: "It said", cell: ({ original }) => textOrEmpty(original ?? "not known") },
            {
              key: "theirs",
              label: "Theirs, now",
              cell: (row) => <Choice row={row} whose="theirs" choices={choices} />,
            },
            { key: "mine", label: "Yours", cell: (row) => <Choice row={row} whose="mine" choices={choices} /> },
          ]}
        />
        {again === "not-chosen" ? (
          <p className="error">Still to choose: {missing.map(({ label }) => label).join(", ")}.</p>
        ) : null}
        <FormActions>
          <Button tone="primary">Save these choices</Button>
          <Button name="again" value="yes">
            Back to what I typed
          </Button>
          <ButtonLink href={cancelHref}>Cancel</ButtonLink>
        </FormActions>
      </form>
    </>
  );
}

function summary(again: Conflict["again"]): string {
  if (again === "not-chosen") return "Choose for each field whose is to stay. Nothing of yours is saved yet.";
  const once = again === "changed-again" ? "changed it once more" : "changed the same";
  return `Somebody else has ${once} since you opened it. Nothing of yours is saved yet.`;
}

interface ChoiceProps {
  row: Disagreement;
  whose: "theirs" | "mine";
  choices: EditChoices;
}

function Choice({ row, whose, choices }: ChoiceProps) {
  const of = whose === "theirs" ? "Theirs" : "Yours";
  return (
    <label className="flex items-baseline gap-2">
      <input
        type="radio"
        name={`choices.${row.field}`}
        value={whose}
        defaultChecked={choices[row.field] === whose}
        aria-label={`${row.label}: ${of}, ${row[whose] || "empty"}`}
      />
      <span>{textOrEmpty(row[whose])}</span>
    </label>
  );
}

function textOrEmpty(text: string) {
  return text || <span className="quiet">empty</span>;
}

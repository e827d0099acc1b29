import { type Envelope } from "~/features/contacts/print/find-envelope.server";
import { envelopeFormats, labelFormats } from "~/features/contacts/print/post-formats";
import { Button } from "~/ui/button";
import { Checkbox, Select } from "~/ui/choice-field";
import { FieldRow } from "~/ui/form";
import { TextField } from "~/ui/text-field";

/** Which address, on what, and where on a sheet. A form that only asks: everything is in the address of the page. */
export function EnvelopeChoice({ envelope, action }: { envelope: Envelope; action: string }) {
  const { view, blocks } = envelope;
  const { format } = view;
  const number = (name: "row" | "column" | "copies") => ({ name, value: view[name] });
  return (
    <form className="paper-choice no-print" action={action}>
      <FieldRow>
        <Select
          field={{ name: "address", value: view.address + 1 }}
          label="Address"
          options={blocks.map((lines, index) => ({ value: String(index + 1), label: lines.join(", ") }))}
        />
        <Select
          field={{ name: "format", value: format.id }}
          label="On"
          options={Object.entries({ ...envelopeFormats, ...labelFormats }).map(([value, { name }]) => ({
            value,
            label: name,
          }))}
        />
      </FieldRow>
      {format.kind === "label" ? (
        <FieldRow>
          <TextField field={number("row")} label="First row" look="short" inputMode="numeric" maxLength={2} />
          <TextField field={number("column")} label="First column" look="short" inputMode="numeric" maxLength={1} />
          <TextField field={number("copies")} label="How many" look="short" inputMode="numeric" maxLength={2} />
        </FieldRow>
      ) : (
        <Checkbox field={{ name: "sender", initialValue: view.sender }} label="Our name in the corner" value="yes" />
      )}
      <Button>Show</Button>
    </form>
  );
}

import { type Offered, type SourceFields as Fields } from "~/routes/reconciliations/chosen-sources.server";
import { CheckboxGroup, RadioGroup } from "~/ui/choice-field";
import { TextField } from "~/ui/text-field";

interface SourceFieldsProps {
  offered: Offered;
  fields: Fields;
  orders: string[];
}

/** A name, the shops, and the analytics that tracked them. */
export function SourceFields({ offered, fields, orders }: SourceFieldsProps) {
  return (
    <>
      <TextField
        field={fields.name}
        label="Name"
        hint="Usually the shop’s: Kiln & Clay shop."
        autoComplete="off"
        maxLength={100}
      />
      <CheckboxGroup
        field={fields.orders}
        label="Orders come from"
        hint="Choose several where one analytics property tracks several shops."
        chosen={orders}
        options={offered.orders.map(optionOf)}
      />
      <RadioGroup
        field={fields.analytics}
        label="Tracked purchases come from"
        options={offered.analytics.map(optionOf)}
      />
    </>
  );
}

function optionOf({ hint, ...choice }: Offered["orders"][number]) {
  return hint === null ? choice : { ...choice, hint };
}

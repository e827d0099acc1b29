import { type FieldMetadata } from "@conform-to/react";
import { countryOptions } from "~/features/accounts/countries";
import { Select } from "~/ui/choice-field";
import { Fieldset } from "~/ui/form";
import { TextField } from "~/ui/text-field";

/** What a new account is opened with. */
export function FirmFields({ firm, country }: Record<"firm" | "country", FieldMetadata<string>>) {
  return (
    <Fieldset legend="Your firm">
      <TextField field={firm} label="Name" autoComplete="organization" maxLength={200} />
      <Select
        field={country}
        label="Country"
        hint="Sets the currency, time zone and how phone numbers are read. You can change them later."
        options={countryOptions}
        autoComplete="country"
      />
    </Fieldset>
  );
}

import { ERASED_VALUE, type Suppression } from "~/features/contacts/suppression/suppression";
import { phoneText } from "~/features/contacts/values/phone-display";

/** The value as people read it. `home`: whose phone numbers are written without a country code. */
export function suppressedValueText({ channel, value }: Pick<Suppression, "channel" | "value">, home: string): string {
  if (value === null)
    return `${channel === "email" ? "Email" : channel === "phone" ? "Number" : "Address"} (${ERASED_VALUE})`;
  return channel === "phone" ? phoneText(value, home) : value;
}

/** By what lists sort and filter the values of an account's own fields. */
import { type CustomFieldType } from "~/features/contacts/custom/custom-field";
import { decimalKey } from "~/features/contacts/custom/decimal";
import { sortKey } from "~/platform/fold.server";

export function valueKey(type: CustomFieldType, value: string): string {
  return type === "number" ? decimalKey(value) : sortKey(value);
}

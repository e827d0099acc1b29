import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { type CustomValues } from "~/features/contacts/custom/custom-rows.server";
import { safeLink, valueText } from "~/features/contacts/custom/custom-value";
import { type Column } from "~/ui/table";

/** The cell of a list that shows a field of the account's own. */
export function customCell(
  { id, type }: FieldDefinition,
  locale: string,
): Omit<Column<{ own: CustomValues }>, "key" | "label"> {
  return {
    numeric: type === "number",
    ...(type === "date" ? { fit: "keep" } : {}),
    cell: ({ own }) => {
      const value = own[id];
      if (!value) return null;
      const text = valueText(type, value, locale);
      const href = type === "link" ? safeLink(value) : null;
      return href ? (
        <a href={href} rel="noopener noreferrer nofollow">
          {text}
        </a>
      ) : (
        text
      );
    },
  };
}

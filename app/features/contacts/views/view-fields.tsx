import { MOST_NAME } from "~/features/contacts/views/saved-view";
import { RadioGroup } from "~/ui/choice-field";
import { TextField } from "~/ui/text-field";
import { HiddenFields } from "~/ui/button";

export interface ViewTyped {
  name: string;
  seenBy: string;
}

export type ViewErrors = Partial<Record<keyof ViewTyped, string[]>>;

/** The two fields of a view, for the summary of errors and for the form. */
export function viewFields(typed: ViewTyped, errors: ViewErrors) {
  return {
    name: { name: "name", value: typed.name, errors: errors.name },
    seenBy: { name: "seenBy", initialValue: typed.seenBy, errors: errors.seenBy },
  };
}

/** `mayShare`: whoever may not has no choice. */
export function ViewFields({ fields, mayShare }: { fields: ReturnType<typeof viewFields>; mayShare: boolean }) {
  return (
    <>
      <TextField
        field={fields.name}
        label="Name"
        hint="Like “Clients in Leeds”."
        maxLength={MOST_NAME}
        autoComplete="off"
      />
      {mayShare ? (
        <RadioGroup
          field={fields.seenBy}
          label="Who sees it"
          options={[
            { value: "me", label: "Only me" },
            { value: "everybody", label: "Everybody here", hint: "You and administrators can change it." },
          ]}
        />
      ) : (
        <HiddenFields fields={{ seenBy: "me" }} />
      )}
    </>
  );
}

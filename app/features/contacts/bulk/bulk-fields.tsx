import { type ReactNode } from "react";
import {
  bulkChoices,
  type BulkErrors,
  type BulkInput,
  type BulkText,
  type BulkTyped,
  choiceNames,
  inputOf,
} from "~/features/contacts/bulk/bulk-typed";
import { OwnBulkFields } from "~/features/contacts/bulk/own-bulk-fields";
import { channelNames, channels, usualReasons } from "~/features/contacts/consent/consent";
import { contactKinds, kindNames } from "~/features/contacts/contact";
import { limits } from "~/features/contacts/contact-limits";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { CheckboxGroup, type Option, RadioGroup, Select } from "~/ui/choice-field";
import { TextArea, TextField } from "~/ui/text-field";

export interface BulkOffer {
  tagNames: string[];
  languages: Option[];
  timeZones: readonly string[];
  /** Null: whoever asks has no choice. */
  owners: Option[] | null;
  /** The account's own fields that are in use. */
  own: FieldDefinition[];
  /** A day as the reader writes it, for example. */
  day: string;
}

interface BulkFieldsProps {
  typed: BulkTyped;
  errors: BulkErrors;
  offer: BulkOffer;
}

/** A field as the parts of forms take it. */
export function bulkField(name: BulkInput, typed: BulkTyped, errors: BulkErrors) {
  const value = typedIn(name, typed);
  return { name, value, initialValue: value, errors: errors[name] };
}

function typedIn(name: BulkInput, typed: BulkTyped): string | undefined {
  if (name === "channel") return undefined;
  return isOwn(name) ? typed.custom[name.slice("custom.".length)] : typed[name];
}

const isOwn = (name: BulkInput): name is `custom.${string}` => name.startsWith("custom.");

/** What to change, and to what: each choice brings its own fields to sight, by CSS alone. */
export function BulkFields({ typed, errors, offer }: BulkFieldsProps) {
  const field = (name: BulkText | "channel") => bulkField(name, typed, errors);
  const choices = bulkChoices.filter((choice) => choice !== "owner" || offer.owners);
  return (
    <>
      <RadioGroup
        field={field("what")}
        label="What to change"
        options={choices.map((value) => ({ value, label: choiceNames[value] }))}
      />
      <For choices={["tag", "untag"]}>
        <TextField
          field={field("tags")}
          label="Tags"
          hint={`Separated by commas. ${offer.tagNames.length > 0 ? `In use: ${offer.tagNames.slice(0, 8).join(", ")}.` : ""}`}
          autoComplete="off"
        />
      </For>
      <For choices={["company"]}>
        <TextField field={field("company")} label="Company" hint={emptied} autoComplete="off" maxLength={limits.name} />
      </For>
      <For choices={["jobTitle"]}>
        <TextField
          field={field("jobTitle")}
          label="Job title"
          hint={emptied}
          autoComplete="off"
          maxLength={limits.name}
        />
      </For>
      <For choices={["notes"]}>
        <TextArea field={field("notes")} label="Notes" hint={emptied} rows={5} maxLength={limits.notes} />
      </For>
      <Chosen {...{ typed, errors, offer }} />
      <Consent {...{ typed, errors }} />
      <OwnBulkFields
        own={offer.own}
        day={offer.day}
        chosen={typed.what}
        fieldOf={(definition) => bulkField(inputOf(definition), typed, errors)}
      />
    </>
  );
}

const emptied = "It takes the place of what stands there. Left empty, what stands there goes.";

function For({ choices, children }: { choices: readonly string[]; children: ReactNode }) {
  return <div className={["for-choice", ...choices.map((choice) => `for-${choice}`)].join(" ")}>{children}</div>;
}

function Chosen({ typed, errors, offer }: BulkFieldsProps) {
  const field = (name: BulkText) => bulkField(name, typed, errors);
  return (
    <>
      <For choices={["kind"]}>
        <Select
          field={field("kind")}
          label="Kind"
          empty="Choose one"
          options={contactKinds.map((value) => ({ value, label: kindNames[value] }))}
        />
      </For>
      <For choices={["language"]}>
        <Select field={field("language")} label="Language" empty="Not known" options={offer.languages} />
      </For>
      <For choices={["timeZone"]}>
        <TextField
          field={field("timeZone")}
          label="Time zone"
          autoComplete="off"
          list="time-zones"
          spellCheck={false}
        />
        <datalist id="time-zones">
          {offer.timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </For>
      {offer.owners ? (
        <For choices={["owner"]}>
          <Select
            field={field("owner")}
            label="Looked after by"
            empty="Choose one"
            options={[{ value: "nobody", label: "Nobody" }, ...offer.owners]}
          />
        </For>
      ) : null}
    </>
  );
}

function Consent({ typed, errors }: Pick<BulkFieldsProps, "typed" | "errors">) {
  return (
    <For choices={["marks"]}>
      <CheckboxGroup
        field={bulkField("channel", typed, errors)}
        label="What not to use"
        hint="Marks are added here, and lifted only on the page of a contact."
        chosen={typed.channels}
        options={channels.map((value) => ({ value, label: channelNames[value] }))}
      />
      <div className="mt-4">
        <TextField
          field={bulkField("reason", typed, errors)}
          label="Reason"
          hint="Choose one, or write your own."
          list="reasons"
          autoComplete="off"
          maxLength={limits.note}
        />
      </div>
      <datalist id="reasons">
        {usualReasons.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </For>
  );
}

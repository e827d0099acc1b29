import { type FieldMetadata } from "@conform-to/react";
import { campaignLimits, channelNames, channels } from "~/features/campaigns/campaign";
import { type CampaignFormFields } from "~/features/campaigns/campaign-form";
import { type OfferedField, OfferedFields } from "~/features/campaigns/text/offered-fields";
import { type Owner } from "~/features/contacts/owners.server";
import { RadioGroup, Select } from "~/ui/choice-field";
import { Fieldset, FieldRow } from "~/ui/form";
import { TextArea, TextField } from "~/ui/text-field";

const channelHints = {
  email: "Sent from here, at a rate of your choice.",
  phone: "A call desk with your script, one contact after the other.",
  letter: "Print-ready pages, one to each household.",
};

interface CampaignFieldsProps {
  fields: { [Name in keyof CampaignFormFields]: FieldMetadata<string, CampaignFormFields> };
  owners: readonly Owner[];
  currency: string;
  offered: readonly OfferedField[];
}

type Fields = CampaignFieldsProps["fields"];

/** In the order of the page, for the summary of what is wrong. */
export function inOrder(fields: Fields) {
  return [
    ...[fields.name, fields.channel, fields.description, fields.topic, fields.plannedOn, fields.ownerId, fields.cost],
    ...[fields.subject, fields.body, fields.respondedWords, fields.convertedWords, fields.pauseMonths],
    fields.codePrefix,
  ];
}

/** What a campaign is made of: for a new one and for a change. */
export function CampaignFields({ fields, owners, currency, offered }: CampaignFieldsProps) {
  return (
    <>
      <TextField field={fields.name} label="Name" autoComplete="off" maxLength={campaignLimits.name} />
      <RadioGroup
        field={fields.channel}
        label="How it reaches people"
        options={channels.map((value) => ({ value, label: channelNames[value], hint: channelHints[value] }))}
      />
      <TextArea
        field={fields.description}
        label="Description"
        hint="For your colleagues: what it is for."
        optional
        rows={2}
      />
      <FieldRow>
        <TextField
          field={fields.topic}
          label="Topic"
          hint="What it is about, like “Reviews”. Who is not interested can be spared the topic for a time."
          optional
          autoComplete="off"
        />
        <TextField field={fields.plannedOn} label="Planned for" type="date" optional look="short" />
      </FieldRow>
      <OwnerAndCost fields={fields} owners={owners} currency={currency} />
      <SaysFields fields={fields} offered={offered} />
      <AnswerFields fields={fields} />
    </>
  );
}

function SaysFields({ fields, offered }: Pick<CampaignFieldsProps, "fields" | "offered">) {
  return (
    <Fieldset legend="What it says">
      <TextField
        field={fields.subject}
        label="Subject"
        hint="Of an email."
        optional
        autoComplete="off"
        maxLength={campaignLimits.subject}
      />
      <TextArea
        field={fields.body}
        label="Text, or the script of a call"
        hint="Plain lines. A line of its own beginning with # is a heading, **two stars** make words bold; {{first name}} becomes the name of each."
        optional
        rows={10}
      />
      <OfferedFields fields={offered} />
    </Fieldset>
  );
}

function AnswerFields({ fields }: Pick<CampaignFieldsProps, "fields">) {
  return (
    <Fieldset legend="How people answer">
      <FieldRow>
        <TextField
          field={fields.respondedWords}
          label="“Responded” in this campaign’s words"
          hint="Like “Please call me”."
          optional
          autoComplete="off"
        />
        <TextField
          field={fields.convertedWords}
          label="“Converted” in this campaign’s words"
          hint="Like “I book the review”."
          optional
          autoComplete="off"
        />
      </FieldRow>
      <TextField
        field={fields.pauseMonths}
        label="Who is not interested is spared its topic for"
        hint="Months. Until then no other campaign of the same topic goes to them. Left empty, all do."
        optional
        inputMode="numeric"
        autoComplete="off"
        look="short"
        maxLength={3}
      />
      <TextField
        field={fields.codePrefix}
        label="Beginning of its codes"
        hint="Stands before the code that a letter carries, like SPRING."
        optional
        autoComplete="off"
        look="code"
        maxLength={campaignLimits.prefix}
      />
    </Fieldset>
  );
}

function OwnerAndCost({ fields, owners, currency }: Omit<CampaignFieldsProps, "offered">) {
  return (
    <FieldRow>
      <Select
        field={fields.ownerId}
        label="Looked after by"
        optional
        empty="Nobody"
        options={owners.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        field={fields.cost}
        label={`Cost in ${currency}`}
        hint="All of it: printing, postage, time."
        optional
        inputMode="decimal"
        look="short"
        autoComplete="off"
      />
    </FieldRow>
  );
}

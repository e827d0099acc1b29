import { type SubmissionResult, useForm } from "@conform-to/react";
import { writeBegan } from "~/features/accounts/field-changes";
import { type ProfileFields as TypedProfile } from "~/features/sign-in/profile-form";
import { type Profile } from "~/features/sign-in/profile.server";
import { Button } from "~/ui/button";
import { Checkbox, type Option, RadioGroup, Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { TextField } from "~/ui/text-field";

interface ProfileFieldsProps {
  profile: Profile;
  locales: Option[];
  refused: { reply: SubmissionResult; began: string } | undefined;
}

const schemes = [
  { value: "system", label: "As the device has it" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function ProfileFields({ profile, locales, refused }: ProfileFieldsProps) {
  const [form, { name, locale, colourScheme, noticesMailed }] = useForm<TypedProfile>({
    id: "profile",
    lastResult: refused?.reply,
    defaultValue: {
      name: profile.name,
      locale: profile.locale ?? "",
      colourScheme: profile.colourScheme ?? "system",
      noticesMailed: profile.noticesMailed ? "on" : undefined,
    },
  });
  return (
    <Form
      fields={[name, locale, colourScheme, noticesMailed]}
      errors={form.errors}
      hidden={{ began: refused?.began ?? writeBegan({ ...profile }) }}
    >
      <TextField field={name} label="Your name" autoComplete="name" maxLength={200} />
      <Select
        field={locale}
        label="Dates and numbers"
        hint="How they are written for you. The words on the pages stay English, the time zone is your firm's."
        options={locales}
        empty="As each account writes them"
      />
      <RadioGroup field={colourScheme} label="How pages look" options={schemes} />
      <Checkbox
        field={noticesMailed}
        label="Send me notices by mail, too"
        hint="What concerns your sign-in is mailed in any case."
      />
      <FormActions>
        <Button tone="primary">Save</Button>
      </FormActions>
    </Form>
  );
}

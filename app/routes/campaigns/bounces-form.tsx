import { Button } from "~/ui/button";
import { controlProps, Field } from "~/ui/field";
import { Form, FormActions } from "~/ui/form";
import { TextArea } from "~/ui/text-field";

export function BouncesForm({ error, text }: { error: string | null; text: string }) {
  const file = { name: "file", errors: error === null ? undefined : [error] };
  const pasted = { name: "text", value: text };
  const hint = "As your mail program saves them (.eml, or a whole mailbox as .mbox); many at once, 10 MB in all.";
  return (
    <Form multipart fields={[file]}>
      <Field field={file} label="Mails" hint={hint} optional>
        <input
          {...controlProps(file, hint)}
          className="control"
          type="file"
          multiple
          accept=".eml,.mbox,.txt,message/*"
        />
      </Field>
      <TextArea
        field={pasted}
        label="Or paste one"
        hint="The whole mail, with its head where you have it."
        optional
        rows={8}
        spellCheck={false}
      />
      <FormActions>
        <Button tone="primary">Read them</Button>
      </FormActions>
    </Form>
  );
}

import { ASKED_FROM, confirmWords, toldNumbers, type TrialResult } from "~/features/pipeline/trial/trial";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice-field";
import { Form } from "~/ui/form";

interface StartFormProps {
  /** The draft's pages. */
  page: string;
  locale: string;
  noun: { one: string; many: string };
  result: TrialResult;
  /** It would change so much that it has to be confirmed. */
  asks: boolean;
  /** The file's columns can be sent elsewhere. */
  ownColumns: boolean;
  error?: string;
}

/** The buttons that start the import, or lead back; where it would change much, with the numbers to confirm. */
export function StartForm({ page, locale, noun, result, asks, ownColumns, error }: StartFormProps) {
  const { counts } = result;
  const allRefused = counts.read === counts.refused;
  const columns = ownColumns && (
    <ButtonLink href={`${page}/columns`} tone={allRefused ? "primary" : undefined}>
      Back to the columns
    </ButtonLink>
  );
  if (asks) {
    const field = { name: "confirmed", id: "confirmed", errors: error ? [error] : undefined };
    return (
      <Form action={`${page}/check`} fields={[field]}>
        <Checkbox
          field={field}
          value={toldNumbers(result)}
          label={confirmWords(result, noun, locale)}
          hint={`You are asked because this changes ${ASKED_FROM} ${noun.many} or more, and many of those in the file. It can be undone afterwards.`}
        />
        <div className="form-actions mt-3">
          <Button tone="primary">Import all rows</Button>
          {columns}
        </div>
      </Form>
    );
  }
  const label = allRefused ? "Import anyway" : "Import all rows";
  const start = (
    <PostButton action={`${page}/start`} tone={allRefused ? undefined : "primary"}>
      {label}
    </PostButton>
  );
  return (
    <div className="form-actions mt-3">
      {allRefused ? columns : start}
      {allRefused ? start : columns}
    </div>
  );
}

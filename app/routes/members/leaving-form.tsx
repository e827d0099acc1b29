import { type SubmissionResult, useForm } from "@conform-to/react";
import { NOBODY } from "~/features/accounts/belongings";
import { type RemovalFields } from "~/features/accounts/invitation-form";
import { type leavingFacts } from "~/routes/members/leaving.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";

type LeavingFacts = Awaited<ReturnType<typeof leavingFacts>>;

interface LeavingFormProps extends Omit<LeavingFacts, "name"> {
  button: string;
  cancelHref: string;
  lastResult?: SubmissionResult;
}

/** What leaves with somebody, in numbers, and to whom it is handed. */
export function LeavingForm(props: LeavingFormProps) {
  const { isLastAdmin, counts, runs, heirs, button, cancelHref, lastResult } = props;
  const [form, { handTo }] = useForm<RemovalFields>({ id: "leaving", lastResult });
  const owns = counts.some(({ value }) => value > 0);
  if (isLastAdmin) {
    return (
      <>
        <Banner tone="warn">
          This is the account’s only administrator. Make somebody else an administrator first, so that one stays who can
          run it.
        </Banner>
        <ButtonLink href={cancelHref}>Back</ButtonLink>
      </>
    );
  }
  return (
    <section className="panel confirm" aria-labelledby="what-will-change">
      <h2 id="what-will-change">What will change</h2>
      <dl className="changes">
        {[
          ...counts,
          { value: runs, label: runs === 1 ? "import of theirs that runs" : "imports of theirs that run" },
        ].map(({ value, label }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {runs > 0 ? <p className="mb-4">Imports that run are stopped. What they have stored already stays.</p> : null}
      <Form fields={[handTo]} errors={form.errors}>
        {owns ? (
          <Select
            field={handTo}
            label="Hand over to"
            hint="Who looks after what was theirs from now on."
            options={[...heirs, { value: NOBODY, label: "Nobody" }]}
            empty="Choose one"
          />
        ) : null}
        <FormActions>
          <Button tone="sure">{button}</Button>
          <ButtonLink href={cancelHref}>Leave it as it is</ButtonLink>
        </FormActions>
      </Form>
    </section>
  );
}

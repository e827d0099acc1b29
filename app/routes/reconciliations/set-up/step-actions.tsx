import { type SetUpFrameFacts } from "~/routes/reconciliations/set-up/set-up-facts.server";
import { Button, ButtonLink } from "~/ui/button";
import { FormActions } from "~/ui/form";

interface StepActionsProps {
  frame: SetUpFrameFacts;
  /** The page tries what it says on stored rows: it can be saved and looked at again. */
  tries?: boolean;
}

/** The end of each step: on, once more, or back. */
export function StepActions({ frame: { base, steps }, tries }: StepActionsProps) {
  const before = steps?.steps[steps.current - 1]?.href;
  return (
    <FormActions>
      <Button tone="primary">{steps ? "Save and go on" : "Save"}</Button>
      {tries ? (
        <Button name="again" value="yes">
          Save and try again
        </Button>
      ) : null}
      <ButtonLink href={steps ? (before ?? base.replace(/\/[^/]+$/, "")) : base}>
        {steps ? "Back" : "Cancel"}
      </ButtonLink>
    </FormActions>
  );
}

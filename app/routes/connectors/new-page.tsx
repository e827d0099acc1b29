import { stepsOf } from "~/features/connectors/set-up-steps";
import { type NewView } from "~/routes/connectors/new.server";
import { RegistrationSteps } from "~/routes/connectors/registration";
import { takesFile } from "~/routes/connectors/setting-files";
import { type DrawnField, SettingsFields } from "~/routes/connectors/settings-fields";
import { Button, ButtonLink } from "~/ui/button";
import { type FieldMeta } from "~/ui/field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Steps } from "~/ui/steps";
import { TextField } from "~/ui/text-field";

interface NewPageProps {
  view: NewView;
  answer?: { name: FieldMeta; fields: readonly DrawnField[]; form: string[] };
}

/** The first step: what it is called here, and what has to be known to get in there. */
export function NewPage({ view, answer }: NewPageProps) {
  const { base, offer, missing } = view;
  const catalogue = `${base}/catalogue`;
  return (
    <>
      <PageHead title={`Connect ${offer.title}`} line={offer.reads} back={{ href: catalogue, label: "All systems" }} />
      <Steps {...stepsOf(base, "connection")} />
      {missing ? (
        <Panel title={`${offer.name} is not set up in this installation`}>
          <RegistrationSteps system={offer.name} registration={missing} />
          <div className="form-actions">
            <ButtonLink href={catalogue}>Other systems</ButtonLink>
          </div>
        </Panel>
      ) : (
        <NewForm view={view} answer={answer} />
      )}
    </>
  );
}

function NewForm({ view, answer }: NewPageProps) {
  const { base, offer, isOAuth } = view;
  const name = answer?.name ?? { name: "name", value: view.name };
  const fields = answer?.fields ?? view.fields;
  return (
    <Form multipart={takesFile(fields)} fields={[name, ...fields]} errors={answer?.form}>
      <p className="quiet">
        You need: {inSentence(offer.needs)}
        {offer.help ? (
          <>
            {" "}
            <a href={offer.help} rel="noreferrer">
              Help of {offer.name}
            </a>
          </>
        ) : null}
      </p>
      <TextField
        field={name}
        label="Name"
        hint="As it is called here. A firm can have several of the same system."
        autoComplete="off"
        maxLength={100}
      />
      <SettingsFields fields={fields} />
      <FormActions>
        <Button tone="primary">{isOAuth ? "Save and go on" : "Save and test the connection"}</Button>
        <ButtonLink href={`${base}/catalogue`}>Cancel</ButtonLink>
      </FormActions>
    </Form>
  );
}

/** A sentence that goes on behind a colon. */
const inSentence = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

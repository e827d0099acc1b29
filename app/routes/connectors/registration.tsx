import { type Registration } from "~/features/connectors/catalogue.server";
import { Permissions } from "~/routes/connectors/connection/permissions";
import { Facts } from "~/ui/facts";

/** What whoever runs Tallybook has to do at a provider, once, before anybody can connect it. */
export function RegistrationSteps({ system, registration }: { system: string; registration: Registration }) {
  const { variables, callback, scopes } = registration;
  return (
    <>
      <p className="mb-2">
        Whoever runs Tallybook registers it as an app at {system}, once, and puts what they get there into the
        environment.
      </p>
      <Facts
        facts={[
          {
            label: "To register",
            value: <code className="key break-all">{callback}</code>,
            source: "where people are sent back to",
          },
          { label: "Asked for as", value: <Permissions scopes={scopes} /> },
          ...variables.map((variable) => ({
            label: "To set",
            value: <code className="key break-all">{variable}</code>,
          })),
        ]}
      />
    </>
  );
}

import { Facts } from "~/ui/facts";
import { Permissions } from "~/routes/connectors/connection/permissions";

interface AskedForProps {
  system: string;
  /** What is read there, in a sentence. */
  reads: string;
  /** Where one signs in: `accounts.google.com`. */
  host: string;
  scopes: readonly string[];
}

/** What the provider is going to ask, before anybody goes there. */
export function AskedFor({ system, reads, host, scopes }: AskedForProps) {
  return (
    <>
      <p className="mb-3">
        You sign in with {system} itself. It then asks whether Tallybook may read what is listed here. Tallybook never
        sees your password, changes nothing there, and you can take it back at any time.
      </p>
      <Facts
        facts={[
          { label: "To read", value: reads },
          { label: "You sign in at", value: host },
          { label: "Asked for as", value: <Permissions scopes={scopes} /> },
        ]}
      />
    </>
  );
}

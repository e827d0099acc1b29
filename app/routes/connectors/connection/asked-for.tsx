import { Facts } from "~/ui/facts";

interface AskedForProps {
  system: string;
  /** Where one signs in: `accounts.google.com`. */
  host: string;
  scopes: readonly string[];
}

/** What the provider is going to ask, before anybody goes there. */
export function AskedFor({ system, host, scopes }: AskedForProps) {
  return (
    <>
      <p className="mb-3">
        You sign in at {system} itself. It then asks whether Tallybook may read what is listed here. Tallybook never
        sees your password, changes nothing there, and you can take it back at any time.
      </p>
      <Facts
        facts={[
          { label: "Where", value: host },
          ...scopes.map((scope) => ({ label: "What for", value: <code className="key break-all">{scope}</code> })),
        ]}
      />
    </>
  );
}

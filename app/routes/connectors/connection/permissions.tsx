/** Permissions by the names that the provider has for them: for whoever compares them with what it shows. */
export function Permissions({ scopes }: { scopes: readonly string[] }) {
  return <span className="quiet break-all">{scopes.join(", ")}</span>;
}

import { ButtonLink } from "~/ui/button";

/**
 * On the way to the provider. The browser goes by itself (`Refresh`); the link is for those that do not. A redirect of the
 * form's own answer would be stopped by our policy for forms, which knows no other site.
 */
export function OffTo({ system, address }: { system: string; address: string }) {
  return (
    <div role="status">
      <p className="mb-3">You are being taken to {system}.</p>
      <ButtonLink tone="primary" href={address}>
        Go on to {system}
      </ButtonLink>
    </div>
  );
}

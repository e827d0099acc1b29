import { ButtonLink } from "~/ui/button";
import { Panel } from "~/ui/panel";

export interface ShownLinkProps {
  /** "Link for ann@example.org" */
  title: string;
  link: string;
  /** It went out by mail, too. */
  mailed: boolean;
  email: string;
  /** How long it holds: "seven days". */
  holds: string;
  next: { href: string; label: string };
}

/** A one-time link, shown this once to be copied: nobody can show it again. */
export function ShownLink({ title, link, mailed, email, holds, next }: ShownLinkProps) {
  return (
    <Panel title={title}>
      <div role="status">
        <p className="mb-3">
          {mailed ? `We have mailed it to ${email}. You can also copy it` : `No mail goes out from here, so copy it`}{" "}
          and hand it over in a way that only they can read.
        </p>
        <p className="mb-3">
          <code className="key break-all">{link}</code>
        </p>
        <p className="quiet mb-4">
          It works once, for {holds}, and is not shown again. If it is lost, make a new one: the older one is void then.
        </p>
        <ButtonLink href={next.href}>{next.label}</ButtonLink>
      </div>
    </Panel>
  );
}

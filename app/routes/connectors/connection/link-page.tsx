import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

interface LinkPageProps {
  view: { name: string; system: string; page: string };
  /** Shown this once. */
  link: string | null;
}

export function LinkPage({ view: { name, system, page }, link }: LinkPageProps) {
  const title = "A link to connect";
  if (link !== null) {
    return (
      <>
        <PageHead title={title} back={{ href: page, label: name }} />
        <Panel title="Send them this">
          <div role="status">
            <p className="mb-3">
              <code className="key break-all">{link}</code>
            </p>
            <p className="quiet mb-4">
              It works once, for seven days, and is not shown again. A newer one, or connecting it yourself, makes it
              void. Whoever opens it sees your firm’s name and what {system} is going to ask; nothing else.
            </p>
            <ButtonLink href={page}>Done</ButtonLink>
          </div>
        </Panel>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={title}
        line={`For whoever can sign in to ${system}. They need no place in Tallybook. An older link stops working.`}
        back={{ href: page, label: name }}
      />
      <Form>
        <FormActions>
          <Button tone="primary">Make a link</Button>
          <ButtonLink href={page}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}

import { type ContactListView } from "~/features/contacts/list/contact-list";
import { withBack } from "~/features/contacts/list/way-back";
import { BulkBar } from "~/ui/bulk";
import { Button, HiddenFields } from "~/ui/button";

/** What to do with the ticked rows of a page of the list. */
export function ChosenBar({ base, view, back }: { base: string; view: ContactListView; back: string }) {
  const toPage = (page: string) => ({ small: true, formMethod: "get", formAction: `${base}/${page}` }) as const;
  return (
    <BulkBar>
      <HiddenFields fields={{ back }} />
      <Button {...toPage("bulk")}>Change…</Button>
      {view.archived ? (
        <Button small formAction={withBack(`${base}/restoration`, back)}>
          Restore
        </Button>
      ) : (
        <Button tone="danger" {...toPage("archival")}>
          Archive
        </Button>
      )}
      <Button tone="danger" {...toPage("deletion")}>
        Delete
      </Button>
    </BulkBar>
  );
}

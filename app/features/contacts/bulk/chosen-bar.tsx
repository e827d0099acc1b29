import { type ContactListView } from "~/features/contacts/list/contact-list";
import { withBack } from "~/features/contacts/list/way-back";
import { queryToSave } from "~/features/contacts/views/saved-view";
import { BulkBar } from "~/ui/bulk";
import { Button, HiddenFields } from "~/ui/button";

interface ChosenBarProps {
  base: string;
  view: ContactListView;
  back: string;
  page: { total: number; capped: boolean };
  locale: string;
  /** Where they are put on a campaign's list; null: whoever reads this may not. */
  campaignHref: string | null;
}

/** What to do with the ticked rows of a page of the list, or with all that match where it is narrowed. */
export function ChosenBar({ base, view, back, page, locale, campaignHref }: ChosenBarProps) {
  const toPage = (path: string) => ({ small: true, formMethod: "get", formAction: `${base}/${path}` }) as const;
  const query = queryToSave(view);
  const all = query && !view.archived ? { query, count: page.total, capped: page.capped, locale } : undefined;
  return (
    <BulkBar all={all}>
      <HiddenFields fields={{ back }} />
      <Button {...toPage("bulk")}>Change…</Button>
      {campaignHref && !view.archived ? (
        <Button small formMethod="get" formAction={campaignHref}>
          To a campaign…
        </Button>
      ) : null}
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

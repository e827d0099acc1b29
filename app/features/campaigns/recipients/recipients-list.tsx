import { type Shows } from "~/features/campaigns/recipients/list-address";
import { type RecipientLine, RecipientsTable } from "~/features/campaigns/recipients/recipients-table";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { Pagination, type PaginationProps } from "~/ui/pagination";
import { type TabLink, Tabs } from "~/ui/tabs";

interface RecipientsListProps {
  /** The campaign's page. */
  here: string;
  tabs: TabLink[];
  shows: Shows;
  find: string;
  recipients: RecipientLine[];
  foot: Omit<PaginationProps, "locale">;
  locale: string;
  /** Those who are ticked can be taken off the list. */
  takesOff: boolean;
}

/** A campaign's list, by name: a part of it, and of that whoever is looked for. */
export function RecipientsList({ here, tabs, shows, find, recipients, foot, locale, takesOff }: RecipientsListProps) {
  const table = <RecipientsTable recipients={recipients} leftOut={shows === "left-out"} ticks={takesOff} />;
  return (
    <>
      <Tabs label="Recipients" tabs={tabs} />
      <FindByName here={here} shows={shows} find={find} />
      {recipients.length === 0 ? (
        <Empty>{find ? `Nobody here is called “${find}”.` : "Nobody here."}</Empty>
      ) : takesOff ? (
        <Chooser>
          {table}
          <BulkBar>
            <Button formAction={`${here}/recipients/removal`}>Take off the list</Button>
          </BulkBar>
        </Chooser>
      ) : (
        table
      )}
      <Pagination {...foot} locale={locale} />
    </>
  );
}

function FindByName({ here, shows, find }: Pick<RecipientsListProps, "here" | "shows" | "find">) {
  const hidden: Record<string, string> = shows === "all" ? {} : { show: shows };
  const all = shows === "all" ? here : `${here}?show=${shows}`;
  return (
    <FilterBar action={here} submit="Find" hidden={hidden} clearHref={find ? all : undefined}>
      <FilterSearch name="find" label="Find by name" value={find} />
    </FilterBar>
  );
}

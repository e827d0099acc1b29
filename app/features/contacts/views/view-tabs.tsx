/** The saved views above a list, and what has become of the one that is shown. */
import { type ContactListView, viewQuery } from "~/features/contacts/list/contact-list";
import { isChanged, type ListedView, MOST_SHOWN, queryToSave } from "~/features/contacts/views/saved-view";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { Tabs } from "~/ui/tabs";

interface ViewTabsProps {
  /** `/acme/contacts` */
  base: string;
  view: ContactListView;
  views: readonly ListedView[];
}

/** Nothing at all while there is no view. */
export function ViewTabs({ base, view, views }: ViewTabsProps) {
  if (views.length === 0) return null;
  const few = views.slice(0, MOST_SHOWN);
  const current = views.find(({ id }) => id === view.saved);
  const shown = current && !few.includes(current) ? [...few, current] : few;
  const rest = views.length - shown.length;
  return (
    <Tabs
      label="Views"
      tabs={[
        { href: base, label: "All contacts", current: viewQuery({ ...view, cursor: null }) === "" },
        ...shown.map((each) => ({
          href: `${base}?view=${each.id}`,
          label: each.name,
          current: each === current,
        })),
        { href: `${base}/views`, label: rest > 0 ? `${rest} more` : "Edit views" },
      ]}
    />
  );
}

interface ViewStateProps {
  base: string;
  view: ContactListView;
  saved: ListedView | null;
  /** What the list is narrowed by and that is no longer there. */
  gone: string | null;
  maySave: boolean;
}

/** What has become of the view, and what can be done about that. */
export function ViewState({ base, view, saved, gone, maySave }: ViewStateProps) {
  return (
    <>
      {gone ? <Banner tone="warn">{gone}</Banner> : null}
      {saved && isChanged(view, saved) ? (
        <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <span className="quiet">Changed since it was saved.</span>
          {maySave ? (
            <PostButton small action={`${base}/views/${saved.id}/saving`} fields={{ query: queryToSave(view) }}>
              Save
            </PostButton>
          ) : null}
          <a href={`${base}/views/new${queryToSave(view)}`}>Save as another</a>
          <a href={`${base}?view=${saved.id}`}>As it was saved</a>
        </div>
      ) : null}
    </>
  );
}

/** What a list is narrowed by and that is no longer there; null: all is. */
export function goneWords(
  view: ContactListView,
  { tags, members }: { tags: readonly { id: string }[]; members: readonly { id: string }[] | null },
): string | null {
  const isOwnerId = view.owner !== null && view.owner !== "me" && view.owner !== "nobody";
  if (view.tagId && tags.length < 500 && !tags.some(({ id }) => id === view.tagId)) {
    return "The tag that this list is narrowed by is no longer there.";
  }
  if (members && isOwnerId && !members.some(({ id }) => id === view.owner)) {
    return "The person by whom this list is narrowed is no longer a member here.";
  }
  return null;
}

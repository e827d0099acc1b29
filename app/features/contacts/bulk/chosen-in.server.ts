import { type ContactListView, readView } from "~/features/contacts/list/contact-list";
import { isId } from "~/platform/ids.server";

/** Rows that were ticked, or all that a list shows. */
export type Chosen = { ids: readonly string[] } | { view: ContactListView };

/** As the bar of a list sends them on (`id`, or `all` with the list's query); of both nothing that is no id. */
export function chosenIn(request: Request): Chosen {
  const params = new URL(request.url).searchParams;
  const all = params.get("all");
  if (all !== null) return { view: { ...readView(new URLSearchParams(all)), cursor: null, saved: null } };
  return { ids: [...new Set(params.getAll("id").filter(isId))] };
}

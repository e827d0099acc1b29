/** What the account calls its groups of contacts: "Labels" in Google Contacts. */
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { PAGE_SIZE, type PeopleApi } from "~/features/connectors/providers/google/people-api";
import { type GroupNames } from "~/features/connectors/providers/google/person-records";

/** By resource name; without those that Google keeps for itself, as everybody is in “My Contacts”. */
export async function groupNames(api: PeopleApi): Promise<GroupNames> {
  const names = new Map<string, string>();
  const watch = turningPages("Google");
  for (let pageToken: string | undefined; ;) {
    const page = await api.groups({ pageSize: PAGE_SIZE, ...(pageToken ? { pageToken } : {}) });
    for (const { resourceName, groupType, name } of page.contactGroups ?? []) {
      if (resourceName && name && groupType !== "SYSTEM_CONTACT_GROUP") names.set(resourceName, name);
    }
    if (!page.nextPageToken) return names;
    watch.toNext((pageToken = page.nextPageToken));
  }
}

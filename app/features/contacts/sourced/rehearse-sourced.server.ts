import { displayName } from "~/features/contacts/contact";
import { readThose } from "~/features/contacts/sourced/load-sourced.server";
import { placeSourced } from "~/features/contacts/sourced/place-sourced.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { lookUp } from "~/features/contacts/subject/look-up.server";
import { placeOwners } from "~/features/contacts/subject/place-owners.server";
import { leadingToThere, metBy, touched } from "~/features/contacts/subject/rehearse-contacts.server";
import { type ContactStore, contactStore } from "~/features/contacts/subject/rehearsed-contacts.server";
import { type SourcedLoad, type SourcedRehearsal } from "~/features/pipeline/subject-sourced";
import { type Scratch } from "~/platform/db/scratch.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

type Load = SourcedLoad<CanonicalContact>;

/** What `loadSourced` would do, decided by the same rules; what it would have written lies in a scratch store. */
export function rehearseSourced(scratch: Scratch): SourcedRehearsal<CanonicalContact> {
  const store = contactStore(scratch);
  return {
    async load(scope, load) {
      const { rows, rules, startedBy, startedAt, runId, sourceName } = load;
      const { contacts, thereIds, deletedHere } = await candidates(scope, load, store);
      const names = new Map(contacts.map(({ id, values }) => [id, displayName(values)]));
      const placing = placeSourced(rows, contacts, {
        ...{ runId, sourceName, startedAt, newId, rules, deletedHere },
        ...{ country: scope.account.phoneCountry, markedBy: startedBy },
      });
      store.remember(scope.account.id, {
        ...{ contacts: touched(placing, contacts), thereIds, observedAt: startedAt },
      });
      const { outcomes, owners } = await placeOwners(scope, {
        ...{ rows, rules, outcomes: placing.outcomes },
        ownersByNow: (ids) => store.owners(ids, { ownerId: startedBy, ownerName: null }),
      });
      store.giveTo(owners);
      return {
        outcomes: leadingToThere(outcomes, store),
        met: outcomes.map((outcome) => metBy(outcome, names, store)),
      };
    },
  };
}

/** The contacts of the account as they would stand by now. */
async function candidates(scope: Scope, load: Load, store: ContactStore) {
  const { rows, rules, startedAt } = load;
  const { contacts, deletedHere } = await readThose(scope, load, { lock: false });
  const again = store.isEmpty() ? [] : await lookUp(store.scopeOver(scope), rows, rules);
  const there = contacts.filter(({ id }) => !store.has(id));
  const changed = contacts.map(({ id }) => id).filter(store.has);
  const remembered = store.read([...new Set([...changed, ...again.filter(store.has)])], startedAt);
  const all = [...there, ...remembered].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { contacts: all, thereIds: new Set(there.map(({ id }) => id)), deletedHere };
}

import { expressionBuilder, sql, type SqlBool } from "kysely";
import { readView } from "~/features/contacts/list/contact-list";
import { fetchPage, keptBy, narrowedRows } from "~/features/contacts/list/kept-contacts.server";
import { countArm, countLeads, listChoices } from "~/features/contacts/list/list-choices.server";
import { conditionsOf, hasWords, inList } from "~/features/contacts/list/list-conditions.server";
import { listContacts, listIds } from "~/features/contacts/list/list-contacts.server";
import { findNeighbours } from "~/features/contacts/list/neighbours.server";
import {
  hitRows,
  keptBySearch,
  searchIds,
  searchListed,
  withHits,
} from "~/features/contacts/search/search-contacts.server";
import { parseSearch, type SearchTerms } from "~/features/contacts/search/search-terms.server";
import { type Tables } from "~/platform/db/tables";
import { type Ours, something, type QueryTable } from "~/testing/walk/query-shape";

const viewOf = (query: string) => readView(new URLSearchParams(query));
const terms = parseSearch("quillfeather") as SearchTerms;
const plain = { view: viewOf(""), conditions: [], terms: null };
const searched = { ...plain, terms };
const eb = expressionBuilder<Tables, "contacts">();

/** Every way to narrow, sort and page. */
const queries = ({ tagId, contactId, userId }: Ours) => [
  "",
  `tag=${tagId}`,
  `tag=${tagId}&kind=individual`,
  "q=quillfeather",
  "q=zymurgy",
  "archived=yes",
  "archived=yes&sort=created",
  `owner=${userId}`,
  "owner=nobody",
  "city=l",
  "marks=any",
  "created=30&sort=changed",
  "changed-from=2020-01-01",
  `after=${contactId}~1~a`,
];

export const contactListQueries: QueryTable = {
  "features/contacts/list/kept-contacts": {
    narrowedRows: [
      (theirs) =>
        narrowedRows(theirs, plain, () => false, theirs.db)
          .select("contacts.id")
          .execute(),
      [],
    ],
    keptBy: [(theirs) => keptBy(theirs, plain, "kind").selectFrom("kept").select("kept.id").execute(), []],
    fetchPage: [
      (theirs) => fetchPage(theirs, keptBy(theirs, plain, "kind"), plain.view),
      { rows: [], total: 0, hits: 0 },
    ],
  },
  "features/contacts/list/list-choices": {
    listChoices: [
      async (theirs, ours) => {
        const { tags, counts } = await listChoices(theirs, viewOf(`tag=${ours.tagId}&owner=${ours.userId}`));
        return { tags, counts };
      },
      { tags: [], counts: { tag: 0, owner: 0 } },
    ],
    countArm: [
      (theirs) => {
        const where = () => sql<SqlBool>`1 = 1`;
        const counted = countArm(theirs, plain.view, { lead: "kind", where });
        return theirs.db.selectFrom(counted.as("counted")).select("counted.count").execute();
      },
      [{ count: 0 }],
    ],
    countLeads: [(theirs, ours) => countLeads(theirs, viewOf(`tag=${ours.tagId}`)), { tag: 0 }],
  },
  // Parts of statements: they ask nothing by themselves.
  "features/contacts/list/list-conditions": {
    conditionsOf: [(theirs) => conditionsOf(theirs, viewOf("kind=estate")).length, something],
    inList: [(theirs) => typeof inList(eb, theirs, plain.view), something],
    hasWords: [(theirs) => hasWords(eb, theirs, ["quill"]).length, something],
  },
  "features/contacts/list/list-contacts": {
    listContacts: [
      async (theirs, ours) => {
        const pages = queries(ours).map((query) => listContacts(theirs, viewOf(query)));
        return (await Promise.all(pages)).flatMap((page) => page.contacts);
      },
      [],
    ],
    listIds: [
      async (theirs, ours) => {
        const found = queries(ours).map((query) => listIds(theirs, viewOf(query), 100));
        return (await Promise.all(found)).flat();
      },
      [],
    ],
  },
  "features/contacts/list/neighbours": {
    findNeighbours: [
      async (theirs, ours) =>
        Promise.all(queries(ours).map((query) => findNeighbours(theirs, viewOf(query), ours.contactId))).then((found) =>
          found.filter((each) => each !== null),
        ),
      [],
    ],
  },
  "features/contacts/search/search-contacts": {
    keptBySearch: [
      (theirs) => keptBySearch(theirs, searched, terms).selectFrom("kept").select("kept.id").execute(),
      [],
    ],
    hitRows: [(theirs) => typeof hitRows(theirs, searched), something],
    withHits: [(theirs) => withHits(theirs, searched, terms).selectFrom("hits").select("hits.id").execute(), []],
    searchListed: [(theirs) => searchListed(theirs, searched, terms, 100), []],
    searchIds: [(theirs) => searchIds(theirs, terms, 100), []],
  },
};

/**
 * Requests that no page of ours makes: odd words in every address and every field, fields that nobody asked for. None
 * is a fault of the server's, and none sets what the form does not ask for.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { type Answer, type AskOptions, formFrom } from "~/testing/site";
import { type TableRows, tableRows } from "~/testing/table-rows";
import { type Example } from "~/testing/walk/examples";
import { ask, dataOf, type House, openHouse, uploadFrom } from "~/testing/walk/house";
import { again, newcomer } from "~/testing/walk/people";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

const oddWords = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "x".repeat(5_000),
  "👩‍👩‍👧‍👦 \ud83d",
  "[[",
  "../../etc/passwd",
  "..",
  "not-an-id",
  "01A1FC6A-8F46-74AF-9E4F-1A8D32641B1E",
  "00000000-0000-0000-0000-000000000000~-1~a",
  "01a1fc6a-8f46-74af-9e4f-1a8d32641b1e~999999999999999999999~\u0000",
  "01a1fc6a-8f46-74af-9e4f-1a8d32641b1e~1~9999-99-99T99:99:99.999Z",
  "-1",
  "9007199254740993",
  "' or 1=1 --",
  '"%_\\ AND OR NOT NEAR(*) ^-:',
  "toString",
  "%E0%A4%A",
] as const;

/** Every parameter that a page reads, and some that one might. */
const parameters = ["q", "tag", "kind", "sort", "order", "archived", "after", "before", "history", "id", "back", "to"];
const allParameters = [...parameters, "refresh", "page", "index", "_routes"];

/** Half a surrogate pair can not be encoded; Node makes it U+FFFD. */
const encode = (word: string) => encodeURIComponent(Buffer.from(word).toString());
const loads = Object.entries(routeTable).filter(([, row]) => row.load && !row.layout);
const posts = Object.entries(routeTable).filter(([, row]) => row.post);
const withIds = Object.entries(routeTable).filter(([, row]) => row.ids);
const theList = Object.entries(routeTable).filter(([id]) => id === "routes/contacts/list");

describe.each(databases)("on %s", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  async function get(path: string): Promise<Answer> {
    const answer = await ask(house.site, house.people.admin, path);
    expect(answer.status, path.slice(0, 200)).toBeLessThan(500);
    return answer;
  }

  // What reads addresses knows no engine, and Postgres is the one that takes not every text: asked there only.
  const onPostgres = test.runIf(engine === "postgres");

  onPostgres.each(loads)("%s bears any word in its query string", async (id, row) => {
    const path = row.path(house.example);
    for (const [index, word] of oddWords.entries()) {
      const all = allParameters.map((name) => `${name}=${encode(word)}`).join("&");
      // By turns as a page and as its data.
      await get(index % 2 ? `${path}?${all}` : `${dataOf(path, id)}&${all.replace(/&_routes=[^&]*/, "")}`);
    }
    await get(`${path}?q=1&q=2&tag=1&tag=2&after=1&after=2&sort=name&sort=email&%00=%00&__proto__=1&[]=`);
    await get(`${path}?q=%E0%A4%A&%`);
  });

  test.each(theList)("%s bears each word in each parameter alone", async (id, row) => {
    for (const name of parameters) {
      for (const [index, word] of oddWords.entries()) {
        const sort = index % 2 ? "name" : "created";
        await get(dataOf(`${row.path(house.example)}?sort=${sort}&${name}=${encode(word)}`, id));
      }
    }
  });

  onPostgres.each(withIds)("%s bears any word for an id", async (id, row) => {
    // Without these two, which make it the address of something else.
    for (const [index, word] of oddWords.filter((word) => word !== "" && word !== "..").entries()) {
      const odd = { ...house.example };
      for (const name of row.ids ?? []) odd[name] = encode(word);
      const path = row.path(odd);
      await get(index % 2 ? path : dataOf(path, id));
      if (!row.post) continue;
      const answer = await post(row, path, formFrom(house.site.origin, ""));
      expect(answer.status, path.slice(0, 200)).toBeLessThan(500);
    }
  });

  /** Forms that may end the session get one of their own. */
  async function post(row: RouteRow, path: string, options: AskOptions): Promise<Answer> {
    const { admin, operator } = house.people;
    if (row.post?.who === "operator") return ask(house.site, operator, path, options);
    if (row.leaves) return ask(house.site, await newcomer(house.installation, house.ours.account), path, options);
    const isOwn = row.post?.who === "everybody" || row.post?.who === "signed in";
    return ask(house.site, isOwn ? await again(house.installation, admin) : admin, path, options);
  }

  async function postFields(row: RouteRow, example: Example, fields: Iterable<[string, string]>): Promise<Answer> {
    const { site } = house;
    const body = new URLSearchParams([...fields]);
    const options = row.upload
      ? uploadFrom(site, row.upload, Object.fromEntries(body))
      : formFrom(site.origin, body.toString());
    const answer = await post(row, row.path(example), options);
    expect(answer.status, body.toString().slice(0, 200)).toBeLessThan(500);
    return answer;
  }

  /** Fields take turns, so that a form gets all words: of Postgres, which takes not every text, each field gets half of them. */
  const turns = engine === "postgres" ? 2 : 4;
  const wordsFor = (field: number) => oddWords.filter((_word, index) => index % turns === field % turns);

  test.each(posts)("%s bears any word in each field, a doubled field, and no field at all", async (_id, row) => {
    const fields = Object.entries(row.form?.(house.example) ?? {});
    await postFields(row, house.example, []);
    await postFields(row, house.example, [...fields, ...fields]);
    for (const [index] of fields.entries()) {
      for (const word of wordsFor(index)) {
        await postFields(
          row,
          house.example,
          fields.map(([name, value], at) => [name, at === index ? word : value]),
        );
      }
    }
  });

  const planted = newId();
  const longAgo = "1999-01-02T03:04:05.678Z";
  const names = [
    "id",
    "account_id",
    "accountId",
    "user_id",
    "userId",
    "contactId",
    "created_by",
    "search_id",
    "run_id",
  ];
  const instants = ["created_at", "createdAt", "changed_at", "archived_at", "operator_since", "disabled_at"];

  /** Who may do what, but for the example's member (changing them is what some pages are for) and whoever came since. */
  const holders = ({ memberships = [], users = [] }: TableRows, { memberId }: Example, known: readonly string[]) =>
    [...memberships, ...users].filter((row) => !row.includes(memberId) && known.some((id) => row.includes(id)));

  // What a form takes is read before any engine is asked.
  const onSqlite = test.runIf(engine === "sqlite");

  onSqlite.each(posts)("%s takes no field that it does not ask for", async (_id, row) => {
    const { site, theirs, another } = house;
    const example = row.ids ? await another(row) : house.example;
    const before = await tableRows(site.world.database);
    const known = Object.values(house.people).flatMap(({ user }) => user?.id ?? []);
    const theirRows = await tableRows(site.world.database, theirs.account.id);
    const extra = [
      ...names.map((name): [string, string] => [name, planted]),
      ...instants.map((name): [string, string] => [name, longAgo]),
      ["role", "admin"] as [string, string],
      ["slug", "planted-slug"] as [string, string],
      ["isOperator", "on"] as [string, string],
    ];
    const answer = await postFields(row, example, [...Object.entries(row.form?.(example) ?? {}), ...extra]);
    expect([...(row.post?.status ?? []), 302, 400, 422]).toContain(answer.status);
    const after = await tableRows(site.world.database);
    expect(holders(after, example, known)).toEqual(holders(before, example, known));
    for (const word of [planted, "1999-01-02", "planted-slug"]) expect(JSON.stringify(after)).not.toContain(word);
    expect(await tableRows(site.world.database, theirs.account.id)).toEqual(theirRows);
  });

  onSqlite.each(posts)("%s takes no way to a prototype", async (_id, row) => {
    const example = row.ids ? await house.another(row) : house.example;
    for (const name of [
      "__proto__",
      "__proto__.admin",
      "constructor.prototype.admin",
      "emails[0].__proto__.admin",
      "a[__proto__]",
    ]) {
      await postFields(row, example, [...Object.entries(row.form?.(example) ?? {}), [name, "planted"]]);
      expect(({} as { admin?: string }).admin).toBeUndefined();
    }
  });
});

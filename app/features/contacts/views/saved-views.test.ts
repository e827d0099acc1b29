import { describe, expect, test } from "vitest";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { bareView, isBroken, isChanged, viewOfSaved } from "~/features/contacts/views/saved-view";
import { findView, listViews, MOST_VIEWS } from "~/features/contacts/views/list-views.server";
import {
  bringBackView,
  changeView,
  deleteView,
  overwriteView,
  saveView,
  sweepViews,
} from "~/features/contacts/views/saved-views.server";
import { goneWords } from "~/features/contacts/views/view-tabs";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const list = (query: string) => readView(new URLSearchParams(query));
const leeds = "?city=leeds&sort=city&columns=email,city";

describe("a saved view", () => {
  const saved = { id: newId(), query: leeds };

  test("shows its list, whose address says the whole of it and which view it is", () => {
    expect(viewQuery(viewOfSaved(saved))).toBe(`${leeds}&view=${saved.id}`);
    expect(isChanged(viewOfSaved(saved), saved)).toBe(false);
    expect(bareView(new URLSearchParams(`view=${saved.id}`))).toBe(saved.id);
    expect(bareView(new URLSearchParams(`${leeds}&view=${saved.id}`))).toBeNull();
  });

  test("is said to be changed by a filter, a sort or a column, and not by the page that is looked at", () => {
    const view = viewOfSaved(saved);
    expect(isChanged({ ...view, kind: "business" }, saved)).toBe(true);
    expect(isChanged({ ...view, order: "descending" }, saved)).toBe(true);
    expect(isChanged({ ...view, columns: null }, saved)).toBe(true);
    const cursor = { direction: "next", key: "leeds", id: newId(), place: 50 } as const;
    expect(isChanged({ ...view, cursor }, saved)).toBe(false);
  });

  test("is left behind when nothing of it is left", () => {
    const view = { ...viewOfSaved(saved), city: "", sort: "name", columns: null } as const;
    expect(viewQuery(view)).toBe("");
  });

  test("is broken by a filter that lists no longer know, and not by a column or a sort", () => {
    expect(isBroken({ query: leeds })).toBe(false);
    expect(isBroken({ query: `?kind=business&sort=shoe-size&columns=email,shoes` })).toBe(false);
    expect(isBroken({ query: "?kind=business&shoes=42" })).toBe(true);
    expect(isBroken({ query: "?kind=cooperative" })).toBe(true);
  });

  test("says when its tag or its person is no longer there", () => {
    const [tag, person] = [{ id: newId() }, { id: newId() }];
    const there = { tags: [tag], members: [person] };
    expect(goneWords(list(`tag=${tag.id}&owner=${person.id}`), there)).toBeNull();
    expect(goneWords(list("owner=me"), there)).toBeNull();
    expect(goneWords(list(`tag=${newId()}`), there)).toContain("tag");
    expect(goneWords(list(`owner=${newId()}`), there)).toContain("no longer a member");
  });
});

describe.each(databases)("saved views on %s", (engine) => {
  async function firm() {
    const clock = testClock();
    const installation = await given.installation(engine, { clock });
    const account = await given.account(installation);
    const [admin, user, colleague, viewer] = [
      await given.member(installation, account, "admin"),
      await given.member(installation, account, "user"),
      await given.member(installation, account, "user"),
      await given.member(installation, account, "viewer"),
    ];
    return { clock, admin, user, colleague, viewer };
  }

  const save = async (scope: Scope, name: string, isShared = false, query = leeds) => {
    const saved = await saveView(scope, { name, isShared, query }, { mayShare: scope.role !== "viewer" });
    return saved.ok ? saved.id : saved.reason;
  };
  const names = async (scope: Scope) => (await listViews(scope)).map(({ name }) => name);
  const above = async (scope: Scope) => (await listChoices(scope, list(""))).views.map(({ name }) => name);

  test("of one's own are there for nobody else, not even for an administrator; shared ones are for everybody", async () => {
    const { admin, user, colleague, viewer } = await firm();
    const own = await save(user, "Leeds, my own");
    const shared = await save(user, "Leeds", true);
    const viewers = await save(viewer, "To read");
    for (const [scope, seen] of [
      [user, ["Leeds", "Leeds, my own"]],
      [colleague, ["Leeds"]],
      [admin, ["Leeds"]],
      [viewer, ["Leeds", "To read"]],
    ] as const) {
      expect(await names(scope)).toEqual(seen);
      expect(await above(scope)).toEqual(seen);
    }
    expect(await findView(admin, own)).toBeNull();
    expect(await findView(colleague, viewers)).toBeNull();
    expect(await findView(viewer, shared)).toMatchObject({ isShared: true, isMine: false, query: leeds });
    for (const stranger of [admin, colleague]) {
      expect(await overwriteView(stranger, own, "?q=x")).toEqual({ ok: false });
      expect(await deleteView(stranger, own)).toEqual({ ok: false });
    }
  });

  test("are shared by who may edit, and changed by whoever made them or an administrator", async () => {
    const { admin, user, colleague, viewer } = await firm();
    expect(await save(viewer, "Everybody's", true)).toBe("not-yours-to-share");
    const id = await save(user, "Leeds", true);
    const rename = (scope: Scope, name: string, isShared = true) =>
      changeView(scope, id, { name, isShared, mayShare: true });
    expect(await rename(colleague, "Mine now")).toEqual({ ok: false, reason: "not-found" });
    expect(await rename(user, "Leeds and around")).toEqual({ ok: true });
    expect(await overwriteView(admin, id, "?kind=business")).toEqual({ ok: true });
    expect(await findView(colleague, id)).toMatchObject({ name: "Leeds and around", query: "?kind=business" });
    expect(await rename(user, "Leeds", false)).toEqual({ ok: true });
    expect(await findView(admin, id)).toBeNull();
  });

  test("have names of their own, whatever the case and the accents", async () => {
    const { user, colleague } = await firm();
    const id = await save(user, "Zürich", true);
    expect(await save(colleague, "zurich", true)).toBe("name-taken");
    expect(await save(colleague, "zurich")).not.toBe("name-taken");
    expect(await changeView(user, id, { name: "ZÜRICH", isShared: true, mayShare: true })).toEqual({ ok: true });
  });

  test("do not come back under a name that another has by now, nor where there are too many", async () => {
    const { user, colleague } = await firm();
    const id = await save(user, "Leeds", true);
    await deleteView(user, id);
    const other = await save(colleague, "LEEDS", true);
    expect(await bringBackView(user, id)).toEqual({ ok: false, reason: "name-taken" });
    expect(await names(user)).toEqual(["LEEDS"]);
    await deleteView(colleague, other);
    // Of the two that could come back at once one does.
    const both = await Promise.all([bringBackView(user, id), bringBackView(colleague, other)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await deleteView(user, id);
    await deleteView(colleague, other);
    for (let number = 0; number < MOST_VIEWS; number++) await save(user, `View ${number}`);
    expect(await bringBackView(user, id)).toEqual({ ok: false, reason: "too-many" });
  });

  test("come back when they were deleted, for 30 days", async () => {
    const { clock, user, colleague } = await firm();
    const id = await save(user, "Leeds", true);
    expect(await deleteView(user, id)).toEqual({ ok: true, name: "Leeds" });
    expect(await names(colleague)).toEqual([]);
    expect(await findView(user, id)).toBeNull();
    expect(await bringBackView(colleague, id)).toEqual({ ok: false, reason: "not-found" });
    expect(await bringBackView(user, id)).toEqual({ ok: true });
    expect(await names(colleague)).toEqual(["Leeds"]);
    await deleteView(user, id);
    clock.advance(31 * DAY_MS);
    expect(await bringBackView(user, id)).toEqual({ ok: false, reason: "not-found" });
    await sweepViews(user);
    const rows = user.db.selectFrom("saved_views").select("id").where("account_id", "=", user.account.id);
    expect(await rows.execute()).toEqual([]);
  });
});

import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type State } from "~/features/contacts/history/history";
import { listChange } from "~/features/contacts/history/list-change";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { imported, upload } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { homeOf } from "~/features/contacts/values/address-text";
import { ListBeforeAfter } from "~/ui/figures";

const never = new AbortController().signal;

async function tried(scope: Scope, content: string) {
  const then = { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
  const uploaded = await upload(then, content);
  const draft = uploaded.ok ? await findDraft(then, uploaded.runId) : null;
  if (!draft) throw new Error("There is no draft");
  return (await rehearseRun(then, contactSubject, { run: draft, limits: { signal: never } })).result.changes;
}

const ann = `Given name,Family name,Email,Phone,Street,City,Postcode
Ann,Okafor,ann@okafor.example,020 7946 0182,12 High Street,Leeds,LS1 4AP
`;
const street = "12 High Street, Leeds, LS1 4AP";

describe.each(databases)("the lists of a contact, before and after an import on %s", (engine) => {
  test("say once what is kept, and mark what comes in beside it", async () => {
    const { scope } = await imported(await given.scope(engine), ann);
    const [moved] = await tried(
      scope,
      "Email,Phone,Street,City,Postcode\nann@okafor.example,020 7946 0182,99 New Road,York,YO1 7LZ\n",
    );
    const now = [
      { text: "99 New Road, York, YO1 7LZ", isNew: true },
      { text: street, isNew: false },
    ];
    expect(moved?.fields).toMatchObject([{ label: "Address", list: { gone: [], now } }]);
    const cell = renderToStaticMarkup(createElement(ListBeforeAfter, moved!.fields[0]!.list!));
    expect(cell).toBe(`<ins>99 New Road, York, YO1 7LZ</ins>; ${street}`);
  });

  test("of which only the order is another say that, and mark none of it", async () => {
    const both = "ann@okafor.example,ann@pottery.example";
    const head = "Given name,Family name,Email,Email 2\n";
    const { scope } = await imported(await given.scope(engine), `${head}Ann,Okafor,${both}\n`);
    const [turned] = await tried(scope, `${head}Ann,Okafor,ann@pottery.example,ann@okafor.example\n`);
    const now = ["ann@pottery.example", "ann@okafor.example"].map((text) => ({ text, isNew: false }));
    expect(turned?.fields).toMatchObject([{ label: "Email", list: { gone: [], now } }]);
  });

  test("say in whole what is new or other altogether", async () => {
    const { scope } = await imported(await given.scope(engine), ann.replace(",12 High Street,Leeds,LS1 4AP", ",,,"));
    const [found] = await tried(scope, "Email,Street,City,Postcode\nann@okafor.example,12 High Street,Leeds,LS1 4AP\n");
    expect(found?.fields).toEqual([{ label: "Address", before: "", after: street }]);
  });
});

test("what goes stands before what is left of a list, and another order of the same is told as no more than that", () => {
  const state = (...tags: string[]) => ({ values: { tags } });
  const told = (before: object, after: object) =>
    listChange(
      "tags",
      { before, after } as { before: State; after: State },
      homeOf({ locale: "en-GB", phoneCountry: "GB" }),
    );
  const list = told(state("client", "2025"), state("client"));
  expect(list).toEqual({ gone: ["2025"], now: [{ text: "client", isNew: false }] });
  expect(renderToStaticMarkup(createElement(ListBeforeAfter, list!))).toBe(
    '<del>2025</del><span class="quiet"> → </span>client',
  );
  const turned = told(state("client", "2025", "London"), state("2025", "London", "client"));
  expect(turned).toMatchObject({ gone: [], now: [{ text: "2025" }, { text: "London" }, { text: "client" }] });
  expect(renderToStaticMarkup(createElement(ListBeforeAfter, turned!))).toBe(
    '<span class="quiet">The same in another order: </span>2025; London; client',
  );
  expect(told(state("client", "client"), state("client"))).toBeNull();
  expect(told(state("client"), state("2025"))).toBeNull();
});

import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";

const shown = (reason: string, names: readonly string[]) => {
  const fits = names.map((name, at) => ({ id: String(at + 1), name }));
  return renderToStaticMarkup(<ReasonWithLinks base="/hale" {...{ reason, fits }} />);
};

test("each name leads to its own contact, whatever quotation marks it has itself", () => {
  expect(
    shown("2 contacts fit: “Haus “Alpha” und “Beta” GmbH”, “Ben”. Make them one.", [
      "Haus “Alpha” und “Beta” GmbH",
      "Ben",
    ]),
  ).toBe(
    '2 contacts fit: <a href="/hale/contacts/1">“Haus “Alpha” und “Beta” GmbH”</a>, <a href="/hale/contacts/2">“Ben”</a>. Make them one.',
  );
  expect(shown("2 contacts fit: “Alpha”, “Beta”, “Beta”", ["Alpha”, “Beta", "Beta"])).toBe(
    '2 contacts fit: <a href="/hale/contacts/1">“Alpha”, “Beta”</a>, <a href="/hale/contacts/2">“Beta”</a>',
  );
});

test("of two with the same name each is led to", () => {
  expect(shown("2 contacts fit: “Ben”, “Ben”.", ["Ben", "Ben"])).toBe(
    '2 contacts fit: <a href="/hale/contacts/1">“Ben”</a>, <a href="/hale/contacts/2">“Ben”</a>.',
  );
});

test("a reason that names nobody stays as it is", () => {
  expect(shown("Write “client” or nothing.", [])).toBe("Write “client” or nothing.");
});

import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { initials } from "./account-mark";
import { Facts } from "./facts";
import { Frame } from "./frame";
import { type HitRange, Marked } from "./mark";
import { countText } from "./progress";
import { Status } from "./status";

const marked = (text: string, ranges: HitRange[]) => renderToStaticMarkup(<Marked text={text} ranges={ranges} />);

describe("a marked hit", () => {
  test("stands out in the text", () => {
    expect(marked("Adebayo, Folasade", [[0, 4]])).toBe("<mark>Adeb</mark>ayo, Folasade");
  });

  test("joins ranges that overlap or touch, in any order", () => {
    expect(marked("Adebayo", [[4, 6], [0, 2], [1, 4]])).toBe("<mark>Adebay</mark>o"); // prettier-ignore
  });

  test("forgives ranges beyond the text, empty or backwards", () => {
    expect(marked("Ann", [[-2, 1], [2, 99], [1, 1], [3, 0]])).toBe("<mark>A</mark>n<mark>n</mark>"); // prettier-ignore
  });

  test("never changes the text, and escapes it", () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: -3, max: 30 }), fc.integer({ min: -3, max: 30 })));
    fc.assert(
      fc.property(fc.string(), ranges, (text, ranges) => {
        const plain = renderToStaticMarkup(<>{text}</>);
        expect(marked(text, ranges).replaceAll(/<\/?mark>/g, "")).toBe(plain);
      }),
    );
  });
});

describe("a status", () => {
  test("has a colour, a shape and a word", () => {
    expect(renderToStaticMarkup(<Status of="responded" />)).toBe('<span class="st blue half">Responded</span>');
    expect(renderToStaticMarkup(<Status of="declined" />)).toBe('<span class="st brown barred">Not interested</span>');
  });

  test("can say its state in other words", () => {
    expect(renderToStaticMarkup(<Status of="attention">No phone</Status>)).toContain(">No phone<");
  });
});

describe("an account's mark", () => {
  test.each([
    ["Hale & Partners", "HP"],
    ["Brandt Holzbau GmbH", "BG"],
    ["kiln", "K"],
    ["Élan Vital", "ÉV"],
    ["李 明", "李明"],
    ["&", "·"],
  ])("of %s is %s", (name, mark) => {
    expect(initials(name)).toBe(mark);
  });
});

test("progress counts towards a total, or so far while nobody knows it", () => {
  expect(countText(3120, 10_000, "rows", "en-GB")).toBe("3,120 of 10,000 rows");
  expect(countText(3120, undefined, "rows", "en-GB")).toBe("3,120 rows so far");
});

test("facts with the same label in a row share it", () => {
  const facts = ["Email", "Email", "Phone"].map((label, index) => ({ label, value: index }));
  expect(renderToStaticMarkup(<Facts facts={facts} />).match(/<dt>/g)).toHaveLength(2);
});

describe("the frame", () => {
  const frame = (more = {}) =>
    renderToStaticMarkup(
      <Frame
        account={{ name: "Hale & Partners", colour: 3, href: "/hale" }}
        nav={[
          { href: "/hale", label: "Home" },
          { href: "/hale/contacts", label: "Contacts", current: true },
        ]}
        person={{ name: "Ann Okafor", role: "Administrator", links: [], signOutAction: "/sign-out" }}
        {...more}
      >
        <h1>Contacts</h1>
      </Frame>,
    );

  test("begins with a way past itself and marks where the reader is", () => {
    expect(frame()).toMatch(/^<div class="frame"><a class="skip" href="#main">/);
    expect(frame()).toContain('<a href="/hale/contacts" aria-current="page">');
    expect(frame()).toContain('<main id="main"');
  });

  test("signs out by a POST", () => {
    expect(frame()).toContain('<form method="post" action="/sign-out">');
  });

  test("speaks of running work only while there is some", () => {
    expect(frame({ work: { href: "/hale/work", count: 0 } })).not.toContain("Work running");
    expect(frame({ work: { href: "/hale/work", count: 2 } })).toContain("Work running");
  });
});

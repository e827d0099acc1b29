import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SourcedFacts, SourceLine } from "~/features/contacts/detail/sourced-facts";

const file = "from file “clients.csv”, line 19, 3 May 2026";
const hand = "by hand, Ann Okafor, 4 May 2026, pinned";
const fact = (label: string, origin: string | null, mark = "") => ({ label, value: "…", mark, origin });
const shown = (...facts: ReturnType<typeof fact>[]) => renderToStaticMarkup(<SourcedFacts facts={facts} />);
const times = (html: string, text: string) => html.split(text).length - 1;

describe("where the values of a panel come from", () => {
  test("is said once when it is one source", () => {
    const html = shown(fact("Email", file), fact("Phone", file), fact("Address", file));
    expect(html).toContain(`All ${file}.`);
    expect(times(html, file)).toBe(1);
  });

  test("is said beside those that differ, and once for the rest", () => {
    const html = shown(fact("Email", file, "first choice"), fact("Phone", hand, "mobile"), fact("Address", file));
    expect(html).toContain(`mobile · ${hand}`);
    expect(html).toContain(">first choice<");
    expect(html).toContain(`The rest ${file}.`);
    expect([times(html, file), times(html, hand)]).toEqual([1, 1]);
  });

  test("leaves out by name what no source stands for", () => {
    const owner = fact("Looked after by", null);
    expect(shown(fact("Email", file), fact("Phone", file), owner)).toContain(`All but “Looked after by” ${file}.`);
    expect(shown(fact("Email", file), fact("Phone", file), fact("Address", hand), owner)).toContain(
      `The rest but “Looked after by” ${file}.`,
    );
    const derived = fact("Time zone", null, "derived from the country");
    expect(shown(fact("Email", file), fact("Phone", file), derived)).toContain(`The rest ${file}.`);
  });

  test("is said beside each where no two share it, and of nothing that is empty", () => {
    const html = shown(fact("Email", file), fact("Phone", hand), fact("Address", null));
    expect([times(html, file), times(html, hand)]).toEqual([1, 1]);
    expect(html).not.toMatch(/All|The rest/);
  });

  test("stands under a single value as a sentence begins", () => {
    expect(renderToStaticMarkup(<SourceLine fact={fact("Notes", hand)} />)).toContain(">By hand, Ann");
  });
});

import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { ContactHistory } from "~/features/contacts/history/contact-history";
import { currentTexts, type FieldChange } from "~/features/contacts/history/history";
import { type HistoryEntry } from "~/features/contacts/history/history.server";

const at = "2026-11-21T10:00:00.000Z";
const notes: FieldChange = { field: "notes", label: "Notes", before: "", after: "Prefers letters.\nRings on Fridays." };

function entry(changeSetId: string, position: number, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    ...{ key: `${changeSetId}~${position}`, changeSetId, at, who: "Ann Okafor", what: "Estate made", runId: null },
    ...{ line: null, address: null, changes: [], unpinned: [], relationship: null, isMaking: false, undone: null },
    ...{ isOneOfSeveral: false, canUndo: true, eventNumber: 1 },
    ...more,
  };
}

function shown(...entries: HistoryEntry[]): string {
  const current = currentTexts(nothingKnown, { locale: "en-GB", country: "GB" });
  return renderToStaticMarkup(
    <ContactHistory
      entries={entries}
      base="/acme/contacts"
      place={{ timeZone: "Europe/London", locale: "en-GB" }}
      now={at}
      whole={{ changes: "/acme/changes", imports: "/acme/imports", mayWrite: true, current }}
    />,
  );
}

const times = (html: string, text: RegExp) => html.match(text)?.length ?? 0;

describe("a contact's history on a page", () => {
  test("offers once to undo what was changed at once, and says that it is all of it", () => {
    const several = [2, 1, 0].map((position) => entry("estate", position, { isOneOfSeveral: true }));
    const html = shown(...several, entry("edit", 0, { what: "Edited by hand" }));
    expect(times(html, /action="\/acme\/changes\/estate\/undo"/g)).toBe(1);
    expect(times(html, />Undo all of it</g)).toBe(1);
    expect(times(html, /action="\/acme\/changes\/edit\/undo"/g)).toBe(1);
  });

  test("does not offer to undo what cannot be undone", () => {
    expect(shown(entry("estate", 0, { canUndo: false }))).not.toContain("/undo");
  });

  test("keeps the lines of notes, and calls the machine itself this computer", () => {
    const html = shown(entry("edit", 0, { changes: [notes], address: "::1" }));
    expect(html).toMatch(/<ins class="whitespace-pre-wrap">Prefers letters\.\nRings on Fridays\.<\/ins>/);
    expect(html).toContain("from this computer");
    expect(html).not.toContain("::1");
  });

  test("tells nothing empty of what was not there before", () => {
    const period = { field: null, label: "Period", before: "", after: "since 11 February 2026" };
    expect(shown(entry("estate", 0, { isMaking: true, changes: [period] }))).not.toContain("empty");
    expect(shown(entry("estate", 0, { changes: [period] }))).toContain("empty");
  });
});

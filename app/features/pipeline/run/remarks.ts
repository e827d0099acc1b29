import { type Remarks } from "~/features/pipeline/run/run";
import { type AnySubject, type SubjectRemark } from "~/features/pipeline/subject";

/** Of every subject: corrected rows that were taken already. */
const CORRECTED_BEFORE = "corrected-before";
const ofEverySubject: Readonly<Record<string, SubjectRemark>> = {
  [CORRECTED_BEFORE]: {
    short: "corrected before",
    sentence: (rows, locale) =>
      rows === 1
        ? "1 row had been corrected before, and was not taken again."
        : `${rows.toLocaleString(locale)} rows had been corrected before, and were not taken again.`,
    query: null,
  },
};

/** What there is to say of rows that were taken, beyond new, changed and the same: counted with the batch they are of. */
export function addRemarks(before: Remarks = {}, outcomes: readonly Said[]): Remarks {
  const remarks = { ...before };
  for (const { names, subjectId } of outcomes.map(saidOf)) {
    for (const name of names) {
      const known = remarks[name];
      const one = !known || known.subjectId === subjectId ? subjectId : null;
      remarks[name] = { rows: (known?.rows ?? 0) + 1, subjectId: one };
    }
  }
  return remarks;
}

type Said =
  | { kind: "before" | "refused" }
  | {
      kind: "new" | "changed" | "kept" | "same" | "left";
      subjectId: string | null;
      remarks?: readonly string[];
    };

function saidOf(outcome: Said): { names: readonly string[]; subjectId: string | null } {
  if ("subjectId" in outcome) return { names: outcome.remarks ?? [], subjectId: outcome.subjectId };
  return { names: outcome.kind === "before" ? [CORRECTED_BEFORE] : [], subjectId: null };
}

/** In sentences, with the one record that all the rows of a remark are, if it is one. */
export function describeRemarks(subject: AnySubject, locale: string, remarks: Remarks = {}) {
  return Object.entries({ ...subject.remarks, ...ofEverySubject }).flatMap(([name, { sentence, query }]) => {
    const found = remarks[name];
    return found ? [{ name, text: sentence(found.rows, locale), query, subjectId: found.subjectId }] : [];
  });
}

export function remarkSentences(subject: AnySubject, locale: string, remarks?: Remarks): string[] {
  return describeRemarks(subject, locale, remarks).map(({ text }) => text);
}

import { type Remarks } from "~/features/pipeline/run";
import { type AnySubject, type LoadOutcome } from "~/features/pipeline/subject";

/** What there is to say of rows that were taken, beyond new, changed and the same: counted with the batch they are of. */
export function addRemarks(before: Remarks = {}, outcomes: readonly LoadOutcome[]): Remarks {
  const remarks = { ...before };
  for (const outcome of outcomes) {
    if (outcome.kind === "refused") continue;
    for (const name of outcome.remarks ?? []) {
      const known = remarks[name];
      const subjectId = !known || known.subjectId === outcome.subjectId ? outcome.subjectId : null;
      remarks[name] = { rows: (known?.rows ?? 0) + 1, subjectId };
    }
  }
  return remarks;
}

/** In sentences, with the one record that all the rows of a remark are, if it is one. */
export function describeRemarks(subject: AnySubject, locale: string, remarks: Remarks = {}) {
  return Object.entries(subject.remarks).flatMap(([name, { sentence, query }]) => {
    const found = remarks[name];
    return found ? [{ name, text: sentence(found.rows, locale), query, subjectId: found.subjectId }] : [];
  });
}

export function remarkSentences(subject: AnySubject, locale: string, remarks?: Remarks): string[] {
  return describeRemarks(subject, locale, remarks).map(({ text }) => text);
}

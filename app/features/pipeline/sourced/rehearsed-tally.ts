import { type Remarks, type RunCounts } from "~/features/pipeline/run/run";
import { type OpenStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type FieldChange, type LoadOutcome, type Met, type Refusal } from "~/features/pipeline/subject";
import { type SourcedRow } from "~/features/pipeline/subject-sourced";
import { type TrialRefusal, type TrialResult } from "~/features/pipeline/trial/trial";
import { trialTally } from "~/features/pipeline/trial/trial-tally";
import { type Place } from "~/platform/time";

/** Counts what the rehearsal of a stream comes to, and keeps the first of what it counts. */

const EXAMPLES_SHOWN = 5;

export interface StreamRehearsed {
  streamId: string;
  noun: { one: string; many: string };
  counts: RunCounts;
  remarks: Remarks;
  /** Records that are there already: how many would be changed, and would lose something they say. */
  met: number;
  changed: number;
  blanked: number;
  changes: { recordId: string; id: string; name: string; fields: FieldChange[] }[];
  refusals: (Omit<TrialRefusal, "line" | "ordinal"> & { recordId: string; name: string | null })[];
  rules: TrialResult["rules"];
  /** The first as they would be stored. */
  examples: { recordId: string; kind: "new" | "changed" | "same"; values: { label: string; text: string }[] }[];
  /** How many the source says it has; null: it does not say. */
  said: number | null;
  /** All that it has were read. */
  isAll: boolean;
}

/** `canonical`: absent where a record that is left alone can no longer be read. */
type Tried = Pick<SourcedRow<unknown>, "position"> & { canonical?: unknown };

type Account = Place & { phoneCountry: string };

export function rehearsedTally(stream: OpenStream, account: Account) {
  const { of } = stream;
  const tally = trialTally((change) => of.describeChange(change, account));
  /** By their places. */
  const recordIds: string[] = [];
  const names: string[] = [];
  const examples: StreamRehearsed["examples"] = [];
  const contacts = new Map<string, { isChanged: boolean; isBlanked: boolean }>();
  let said: number | null = null;
  const idOf = (line: number) => recordIds[line - 1] ?? "";

  function example(row: Tried, kind: LoadOutcome["kind"]): void {
    if (examples.length >= EXAMPLES_SHOWN || kind === "left" || row.canonical === undefined) return;
    const would = kind === "new" || kind === "changed" ? kind : "same";
    examples.push({ recordId: idOf(row.position), kind: would, values: of.describe(row.canonical, account) });
  }

  function take(row: Tried, outcome: Exclude<LoadOutcome, { kind: "refused" }>, met: Met | null): void {
    tally.take(row.position, outcome, met);
    example(row, outcome.kind);
    if (!met) return;
    const before = contacts.get(met.id) ?? { isChanged: false, isBlanked: false };
    const isChanged = before.isChanged || outcome.kind === "changed";
    contacts.set(met.id, { isChanged, isBlanked: before.isBlanked || met.isBlanked });
  }

  return {
    /** `name`: what it calls itself; "" for nothing. Its place. */
    read(recordId: string, name: string): number {
      recordIds.push(recordId);
      names.push(name);
      return recordIds.length;
    },
    rows: () => recordIds.length,
    said: (count: number | undefined) => void (said = count ?? said),
    refuse: (position: number, refusals: readonly Refusal[]) => tally.refuse(position, refusals),
    take,
    /** A run would do nothing with it. */
    leave(row: Tried & Pick<SourcedRow<unknown>, "was">): void {
      const { was: id } = row;
      if (id === null) take(row, { kind: "left", subjectId: null }, null);
      else take(row, { kind: "same", subjectId: id }, { id, name: "", isBlanked: false });
    },
    remark: (outcomes: readonly LoadOutcome[]) => void tally.remark(outcomes),
    result({ isAll }: { isAll: boolean }): StreamRehearsed {
      const those = [...contacts.values()];
      const { counts, remarks, changes, refusals, rules } = tally.result({
        ...{ met: those.length, changed: those.filter(({ isChanged }) => isChanged).length },
        blanked: those.filter(({ isBlanked }) => isBlanked).length,
      });
      return {
        ...{ streamId: stream.id, noun: stream.noun, remarks, rules, examples, said, isAll },
        counts: { ...counts, read: recordIds.length },
        ...{ met: those.length, changed: those.filter(({ isChanged }) => isChanged).length },
        blanked: those.filter(({ isBlanked }) => isBlanked).length,
        changes: changes.map(({ line, ...change }) => ({ recordId: idOf(line), ...change })),
        refusals: refusals.map(({ line, column, value, reason, fits }) => {
          return { recordId: idOf(line), name: names[line - 1] || null, column, value, reason, fits };
        }),
      };
    },
  };
}

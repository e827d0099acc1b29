import { type PreparedRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type CanonicalRow, type Met, type Refusal } from "~/features/pipeline/subject";
import { type Scratch } from "~/platform/db/scratch.server";

/** What the trial of a file has to remember of its rows, in the scratch store: an import has it in the raw zone. */

const tables = `
  create table same_rows (raw_id text primary key, subject_id text, position integer, row text) without rowid;
  create index same_by_subject on same_rows (subject_id, position);
  create table put_aside (position integer primary key, row text, refusals text);
  create table taken (position integer primary key);
  create table met (id text primary key, changed integer, blanked integer) without rowid;
`;

export interface Aside {
  position: number;
  row: GoodRow;
  refusals: Refusal[];
}

export type GoodRow = Extract<PreparedRow, { ok: true }>;

interface AsideRow {
  position: number;
  row: string;
  refusals: string;
}

export function trialNotes(scratch: Scratch) {
  scratch.exec(tables);
  const statements = {
    keepSame: scratch.prepare("insert or replace into same_rows values (?, ?, ?, ?)"),
    same: scratch.prepare("select row from same_rows where subject_id = ? order by position").pluck(),
    dropSame: scratch.prepare("delete from same_rows where raw_id = ?"),
    putAside: scratch.prepare("insert into put_aside values (?, ?, ?)"),
    aside: scratch.prepare(
      "select position, row, refusals from put_aside where position > ? order by position limit ?",
    ),
    dropAside: scratch.prepare("delete from put_aside where position = ?"),
    take: scratch.prepare("insert or ignore into taken values (?)"),
    isTaken: scratch.prepare("select 1 from taken where position = ?").pluck(),
    giveBack: scratch.prepare("delete from taken where position = ?"),
    meet: scratch.prepare(`insert into met values (?, ?, ?) on conflict (id) do update
      set changed = max(changed, excluded.changed), blanked = max(blanked, excluded.blanked)`),
    met: scratch.prepare("select count(*) as met, total(changed) as changed, total(blanked) as blanked from met"),
  };
  return {
    keepSame: (subjectId: string, row: CanonicalRow<unknown>) =>
      void statements.keepSame.run(row.rawRecordId, subjectId, row.position, JSON.stringify(row)),
    dropSame: (rawId: string) => void statements.dropSame.run(rawId),
    /** The rows that came out the same for these subjects. */
    same: (subjectIds: readonly string[]) =>
      subjectIds.flatMap((subjectId) =>
        (statements.same.all(subjectId) as string[]).map((text) => ({
          subjectId,
          row: JSON.parse(text) as CanonicalRow<unknown>,
        })),
      ),
    putAside: (row: GoodRow, refusals: Refusal[]) =>
      void statements.putAside.run(row.raw.position, JSON.stringify(row), JSON.stringify(refusals)),
    dropAside: (position: number) => void statements.dropAside.run(position),
    /** Rows to look at again, in the order of the file, after a place in it. */
    aside: (after: number, limit: number): Aside[] =>
      (statements.aside.all(after, limit) as AsideRow[]).map(({ position, row, refusals }) => ({
        position,
        row: JSON.parse(row) as GoodRow,
        refusals: JSON.parse(refusals) as Refusal[],
      })),
    /** Corrected rows, by their positions in the run that refused them. True where no other row of the file has it. */
    take: (position: number) => statements.take.run(position).changes > 0,
    isTaken: (position: number) => statements.isTaken.get(position) !== undefined,
    giveBack: (position: number) => void statements.giveBack.run(position),
    meet: ({ id, isBlanked }: Met, isChanged: boolean) =>
      void statements.meet.run(id, Number(isChanged), Number(isBlanked)),
    met: () => statements.met.get() as { met: number; changed: number; blanked: number },
  };
}

export type TrialNotes = ReturnType<typeof trialNotes>;

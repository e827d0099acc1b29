/** What campaigns came to lately, for the home page: read along with another statement, since a page asks six at most. */
import { type Expression, expressionBuilder } from "kysely";
import "~/features/campaigns/tables";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

const SHOWN = 3;

export interface WorkedLately {
  id: string;
  name: string;
  reached: number;
  responded: number;
  converted: number;
}

const parts = expressionBuilder<Tables, never>();

/** The latest that reached anybody, along the index of campaigns by time; for `readWorkedLately`. */
export function workedLately(scope: Scope): Expression<string | null> {
  const lately = parts
    .selectFrom((eb) =>
      eb
        .selectFrom("campaigns")
        .select(["id", "name", "reached", "reached_responded", "reached_converted"])
        .where("account_id", "=", scope.account.id)
        .where("archived_at", "is", null)
        .where("deleted_at", "is", null)
        .where("state", "in", ["running", "completed"])
        .where("reached", ">", 0)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(SHOWN)
        .as("lately"),
    )
    .select((eb) => {
      const columns = ["id", "name", "reached", "reached_responded", "reached_converted"] as const;
      const packed = columns.map((column) => eb.ref(`lately.${column}`));
      return packRows(scope.database.dialect, packed).as("lately");
    });
  return parts.parens(lately as unknown as Expression<string | null>);
}

type Packed = [id: string, name: string, reached: number, responded: number, converted: number];

/** The latest made first. */
export function readWorkedLately(text: string | null | undefined): WorkedLately[] {
  return (text ? fromJson<Packed[]>(text) : [])
    .map(([id, name, reached, responded, converted]) => ({ id, name, reached, responded, converted }))
    .sort((a, b) => (a.id > b.id ? -1 : 1));
}

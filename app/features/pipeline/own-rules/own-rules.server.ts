/** What an account asks of the rows of an import: rules that an administrator makes, as data. */
import { recordEvent } from "~/features/audit/audit.server";
import { type OwnRule, ownRule, ruleTitle, type Untitled } from "~/features/pipeline/own-rules/own-rule";
import "~/features/pipeline/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Each is looked at for every row. */
export const MOST_RULES = 100;

export interface ListedRule {
  id: string;
  rule: OwnRule;
  createdAt: string;
  createdBy: string | null;
}

function ruleQuery(scope: Scope) {
  return scope.db
    .selectFrom("import_rules as own")
    .leftJoin("users", "users.id", "own.created_by")
    .select(["own.id", "own.rule", "own.created_at", "users.name as created_by_name"])
    .where("own.account_id", "=", scope.account.id);
}

/** In the order in which they were made. */
export async function listOwnRules(scope: Scope, subject: string): Promise<ListedRule[]> {
  const rows = await ruleQuery(scope).where("own.subject", "=", subject).orderBy("own.id").execute();
  return rows.map((row) => ({
    id: row.id,
    rule: ownRule.parse(fromJson(row.rule)),
    createdAt: row.created_at,
    createdBy: row.created_by_name,
  }));
}

/** As a run goes by them. */
export async function listRules(scope: Scope, subject: string): Promise<OwnRule[]> {
  return (await listOwnRules(scope, subject)).map(({ rule }) => rule);
}

export type AddedRule = { ok: true; id: string } | { ok: false; reason: "there-already" | "too-many" };

/** One of each kind for a field: two lists, or two ranges, would only contradict each other. */
export function addOwnRule(scope: Scope, subject: string, rule: Untitled): Promise<AddedRule> {
  return inTransaction(scope, async (scope) => {
    if ((await listOwnRules(scope, subject)).length >= MOST_RULES) return { ok: false, reason: "too-many" };
    const added = await scope.db
      .insertInto("import_rules")
      .values({
        ...{ account_id: scope.account.id, id: newId(), subject, field: rule.field, kind: rule.kind },
        rule: toJson({ ...rule, title: ruleTitle(rule, scope.account.locale) }),
        ...{ created_at: scope.clock.now(), created_by: scope.user?.id ?? null },
      })
      .onConflict((conflict) => conflict.columns(["account_id", "subject", "field", "kind"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!added) return { ok: false, reason: "there-already" };
    const about = { importRuleId: added.id, kind: rule.kind };
    await recordEvent(scope, { action: "import-rule.added", subject: about, fields: [rule.field] });
    return { ok: true, id: added.id };
  });
}

/** Null: there is no such rule. */
export async function findOwnRule(scope: Scope, id: string): Promise<OwnRule | null> {
  if (!isId(id)) return null;
  const row = await ruleQuery(scope).where("own.id", "=", id).executeTakeFirst();
  return row ? ownRule.parse(fromJson(row.rule)) : null;
}

export type ChangedRule = { ok: true; before: OwnRule | null } | { ok: false; reason: "there-already" | "not-found" };

/** The rule says something else; its kind stays. Runs that were started before go by what it said to their end. */
export function changeOwnRule(scope: Scope, subject: string, id: string, rule: Untitled): Promise<ChangedRule> {
  return inTransaction(scope, async (scope) => {
    const rules = await listOwnRules(scope, subject);
    const found = rules.find((each) => each.id === id)?.rule;
    if (found?.kind !== rule.kind) return { ok: false, reason: "not-found" };
    const isTaken = rules.some(
      (each) => each.id !== id && each.rule.kind === rule.kind && each.rule.field === rule.field,
    );
    if (isTaken) return { ok: false, reason: "there-already" };
    const titled = ownRule.parse({ ...rule, title: ruleTitle(rule, scope.account.locale) });
    const text = toJson(titled);
    if (text === toJson(found)) return { ok: true, before: null };
    await scope.db
      .updateTable("import_rules")
      .set({ field: rule.field, rule: text })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    const about = { importRuleId: id, kind: rule.kind };
    const fields = [...new Set([found.field, rule.field])];
    await recordEvent(scope, { action: "import-rule.changed", subject: about, fields });
    return { ok: true, before: found };
  });
}

/** Runs that were started before go by it to their end. */
export function removeOwnRule(scope: Scope, id: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const gone = await scope.db
      .deleteFrom("import_rules")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .returning(["field", "kind"])
      .executeTakeFirst();
    if (!gone) return { ok: false };
    const about = { importRuleId: id, kind: gone.kind };
    await recordEvent(scope, { action: "import-rule.removed", subject: about, fields: [gone.field] });
    return { ok: true };
  });
}

/** The fields that an account has said it keeps of its contacts, and what changes them: an administrator's commands. */
import { recordEvent } from "~/features/audit/audit.server";
import { type Choice, type FieldDefinition, fieldOf, MOST_FIELDS } from "~/features/contacts/custom/custom-field";
import { type FieldFacts } from "~/features/contacts/custom/custom-field-form";
import { changedFacts, columnsOf, mergedChoices, refusedFacts } from "~/features/contacts/custom/field-rules.server";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockAccount } from "~/platform/db/lock-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type AccountFacts, type Scope } from "~/platform/scope.server";

const read = new WeakMap<AccountFacts, Promise<FieldDefinition[]>>();
const changedHere = new WeakSet<AccountFacts>();

/**
 * All of the account's own fields in their order, retired ones too. One statement a request or job, however often it is
 * asked; none where the account has no such fields.
 */
export function customFields(scope: Scope): Promise<FieldDefinition[]> {
  const { account } = scope;
  if (!account.hasCustomFields && !changedHere.has(account)) return Promise.resolve([]);
  const known = read.get(account);
  if (known) return known;
  const reading = readFields(scope);
  read.set(account, reading);
  reading.catch(() => read.delete(account));
  return reading;
}

async function readFields(scope: Scope): Promise<FieldDefinition[]> {
  const rows = await scope.db
    .selectFrom("custom_fields")
    .select(["id", "name", "type", "hint", "required_at", "choices", "retired_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map(({ required_at, retired_at, choices, ...row }) => ({
    ...row,
    isRequired: required_at !== null,
    choices: fromJson<Choice[]>(choices),
    retiredAt: retired_at,
  }));
}

/** What follows in this scope sees what was changed. */
function forget({ account }: Scope): void {
  changedHere.add(account);
  read.delete(account);
}

export interface ListedField extends FieldDefinition {
  /** How many contacts say something of it. */
  used: number;
}

/** With how many contacts say something of each. Two statements. */
export async function listFields(scope: Scope): Promise<ListedField[]> {
  const fields = await readFields(scope);
  const rows = await scope.db
    .selectFrom("contact_custom_values")
    .select((eb) => ["field_id", eb.fn.countAll<number>().as("used")])
    .where("account_id", "=", scope.account.id)
    .groupBy("field_id")
    .execute();
  const used = new Map(rows.map((row) => [row.field_id, Number(row.used)]));
  return fields.map((field) => ({ ...field, used: used.get(field.id) ?? 0 }));
}

export type FieldResult =
  | { ok: true; id: string }
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: "too-many" | "too-many-choices" | "no-choices" | "type-in-use" }
  /** `like`: the name that is there already. */
  | { ok: false; reason: "name-taken"; like: string };

/** A new field, the last of the form. */
export function addField(scope: Scope, facts: FieldFacts): Promise<FieldResult> {
  return inTransaction(scope, async (scope) => {
    const fields = await holdFields(scope);
    if (fields.length >= MOST_FIELDS) return { ok: false, reason: "too-many" };
    const refused = refusedFacts(facts, fields, []);
    if (refused) return refused;
    const now = scope.clock.now();
    const id = newId();
    await scope.db
      .insertInto("custom_fields")
      .values({
        ...{ account_id: scope.account.id, id, type: facts.type, position: fields.length },
        ...columnsOf(facts, {
          choices: facts.choices.map((text) => ({ text })),
          requiredAt: facts.required ? now : null,
        }),
        ...{ created_at: now, created_by: scope.user?.id ?? null, retired_at: null },
      })
      .execute();
    if (!scope.account.hasCustomFields) {
      await scope.db
        .updateTable("accounts")
        .set({ custom_fields_at: now })
        .where("account_id", "=", scope.account.id)
        .where("custom_fields_at", "is", null)
        .execute();
    }
    await recordEvent(scope, { action: "custom-field.added", subject: { customFieldId: id } });
    forget(scope);
    return { ok: true, id };
  });
}

/** Says otherwise what a field is. Its type only while nobody has ever said anything of it. */
export function changeField(scope: Scope, id: string, facts: FieldFacts): Promise<FieldResult> {
  return inTransaction(scope, async (scope) => {
    const fields = await holdFields(scope);
    const field = fields.find((each) => each.id === id);
    if (!field) return { ok: false, reason: "not-found" };
    const others = fields.filter((each) => each !== field);
    const choices = facts.type === "choice" ? mergedChoices(field.choices, facts.choices) : [];
    const refused = refusedFacts(facts, others, choices);
    if (refused) return refused;
    if (facts.type !== field.type && (await isInUse(scope, field))) return { ok: false, reason: "type-in-use" };
    const now = scope.clock.now();
    const requiredAt = facts.required ? now : null;
    const changed = changedFacts(field, facts, choices);
    if (changed.length === 0) return { ok: true, id };
    await update(scope, id, { type: facts.type, ...columnsOf(facts, { choices, requiredAt }) });
    await recordEvent(scope, { action: "custom-field.changed", subject: { customFieldId: id }, fields: changed });
    return { ok: true, id };
  });
}

/** No longer shown, its values stay; or (false) shown again. Idempotent. */
export function setFieldRetired(scope: Scope, id: string, retired: boolean): Promise<FieldResult> {
  return inTransaction(scope, async (scope) => {
    const field = (await holdFields(scope)).find((each) => each.id === id);
    if (!field) return { ok: false, reason: "not-found" };
    if ((field.retiredAt !== null) === retired) return { ok: true, id };
    await update(scope, id, { retired_at: retired ? scope.clock.now() : null });
    const action = retired ? "custom-field.retired" : "custom-field.taken-back";
    await recordEvent(scope, { action, subject: { customFieldId: id } });
    return { ok: true, id };
  });
}

/** One place up or down the form, past those that are shown as it is. */
export function moveField(scope: Scope, id: string, direction: "up" | "down"): Promise<FieldResult> {
  return inTransaction(scope, async (scope) => {
    const fields = await holdFields(scope);
    const from = fields.findIndex((each) => each.id === id);
    const field = fields[from];
    if (!field) return { ok: false, reason: "not-found" };
    const alike = fields.filter((each) => (each.retiredAt === null) === (field.retiredAt === null));
    const other = alike[alike.indexOf(field) + (direction === "up" ? -1 : 1)];
    if (!other) return { ok: true, id };
    const order = fields.filter((each) => each !== field);
    order.splice(order.indexOf(other) + (direction === "up" ? 0 : 1), 0, field);
    for (const [position, each] of order.entries()) {
      if (fields[position] !== each) await update(scope, each.id, { position });
    }
    await recordEvent(scope, { action: "custom-field.moved", subject: { customFieldId: id } });
    return { ok: true, id };
  });
}

/** The fields as they are, and stay to the end of the transaction. */
async function holdFields(scope: Scope): Promise<FieldDefinition[]> {
  await lockAccount(scope);
  return readFields(scope);
}

async function update(
  scope: Scope,
  id: string,
  set: { position: number } | { retired_at: string | null } | (ReturnType<typeof columnsOf> & Pick<FieldFacts, "type">),
): Promise<void> {
  await scope.db
    .updateTable("custom_fields")
    .set(set)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
  forget(scope);
}

/** Whether a record says, or an undo could bring back, something of it: that may be nothing of another type. */
async function isInUse(scope: Scope, field: FieldDefinition): Promise<boolean> {
  const mentioned = `%"${fieldOf(field)}":%`;
  const record = await scope.db
    .selectFrom("contact_records")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("data", "like", mentioned)
    .limit(1)
    .executeTakeFirst();
  if (record) return true;
  const entry = await scope.db
    .selectFrom("change_entries")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where((eb) => eb.or([eb("before", "like", mentioned), eb("after", "like", mentioned)]))
    .limit(1)
    .executeTakeFirst();
  return entry !== undefined;
}

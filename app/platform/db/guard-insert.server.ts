/** Inserts: every row carries the account, and no conflict reaches another account's row. */
import {
  type AliasNode,
  type CastNode,
  type InsertQueryNode,
  type OnConflictNode,
  type OperationNode,
  type PrimitiveValueListNode,
  type SelectionNode,
  type SelectQueryNode,
  type SetOperationNode,
  type ValueListNode,
  type ValuesNode,
} from "kysely";
import { UnguardedStatementError } from "~/platform/db/errors.server";

function refuse(reason: string): never {
  throw new UnguardedStatementError(reason);
}

function isAccount(node: OperationNode | undefined, accountId: string): boolean {
  if (node === undefined) return false;
  if (node.kind === "ValueNode") return (node as unknown as { value: unknown }).value === accountId;
  if (node.kind === "AliasNode") return isAccount((node as AliasNode).node, accountId);
  return node.kind === "CastNode" && isAccount((node as CastNode).expression, accountId);
}

function rowCarries(row: PrimitiveValueListNode | ValueListNode, index: number, accountId: string): boolean {
  if (row.kind === "PrimitiveValueListNode") return row.values[index] === accountId;
  return isAccount(row.values[index], accountId);
}

/** Whether a select gives the account itself at this place in each row, in every arm of a union. */
function selectCarries(query: OperationNode, index: number, accountId: string): boolean {
  if (query.kind !== "SelectQueryNode") return false;
  const { selections = [], setOperations = [] } = query as SelectQueryNode;
  const before = selections.slice(0, index).map((each: SelectionNode) => each.selection);
  // A star or a raw list would shift the places that follow.
  if (before.some((each) => !["ReferenceNode", "AliasNode", "ColumnNode"].includes(each.kind) || hasStar(each)))
    return false;
  return (
    isAccount(selections[index]?.selection, accountId) &&
    setOperations.every((arm: SetOperationNode) => selectCarries(arm.expression, index, accountId))
  );
}

function hasStar(node: OperationNode): boolean {
  return (
    node.kind === "ReferenceNode" && (node as unknown as { column: OperationNode }).column.kind === "SelectAllNode"
  );
}

function checkConflict(conflict: OnConflictNode): void {
  const columns = (conflict.columns ?? []).map((column) => column.column.name);
  if (!columns.includes("account_id")) refuse("A conflict target must include account_id");
  if (conflict.constraint ?? conflict.indexExpression) refuse("A conflict target is a list of columns");
}

/** Where account_id stands among the columns: exactly once. */
function accountColumn(insert: InsertQueryNode, table: string): number {
  const columns = (insert.columns ?? []).map((column) => column.column.name.toLowerCase());
  const index = columns.indexOf("account_id");
  if (index < 0 || index !== columns.lastIndexOf("account_id")) refuse(`Rows for ${table} must carry account_id`);
  return index;
}

/** @throws UnguardedStatementError for an insert into an account's table that could touch another account's row. */
export function checkInsert(insert: InsertQueryNode, table: string, accountId: string): void {
  if (insert.replace || insert.orAction || insert.ignore || insert.onDuplicateKey) {
    refuse(`Insert into ${table} with "on conflict", which names its target`);
  }
  if (insert.onConflict !== undefined) checkConflict(insert.onConflict);
  const index = accountColumn(insert, table);
  if (insert.values === undefined) return refuse(`Rows for ${table} must carry account_id`);
  const carries =
    insert.values.kind === "ValuesNode"
      ? (insert.values as ValuesNode).values.every((row) => rowCarries(row, index, accountId))
      : selectCarries(insert.values, index, accountId);
  if (!carries) refuse(`Each row for ${table} must carry the scope's own account_id`);
}

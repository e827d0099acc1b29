/** The tables a query node uses, and which of them are held to the account. */
import {
  type AliasNode,
  type BinaryOperationNode,
  type DeleteQueryNode,
  type JoinNode,
  type OperationNode,
  type ReferenceNode,
  type SelectQueryNode,
  type TableNode,
  type UpdateQueryNode,
} from "kysely";
import { UnguardedStatementError } from "~/platform/db/errors.server";

export interface Source {
  /** The name it is known by in its query; empty when it has none. */
  alias: string;
  /** The table, or null for a subquery, a function or the like. */
  table: string | null;
  node: OperationNode;
  /** May see the sources beside it. */
  lateral: boolean;
  /** The part of the join's condition that holds for each row of this source in the result. */
  on: OperationNode | null;
  /** Is written to, not only read. */
  written: boolean;
}

/** Whether an alias is held to the account; inner queries see those of the outer ones. */
export interface Aliases {
  own: Map<string, boolean>;
  outer: Aliases | null;
}

const lateralJoins = new Set(["LateralInnerJoin", "LateralLeftJoin", "LateralCrossJoin", "OuterApply", "CrossApply"]);
/** After these every row of the joined source has met the ON; after a right or full join some have not. */
const holdingJoins = new Set(["InnerJoin", "LeftJoin", "LateralInnerJoin", "LateralLeftJoin"]);

function nameOf(table: TableNode): string {
  if (table.table.schema !== undefined) throw new UnguardedStatementError("A guarded statement names no schema");
  return table.table.identifier.name;
}

function source(node: OperationNode, more: Partial<Source> = {}): Source {
  const aliased = node.kind === "AliasNode" ? (node as AliasNode) : null;
  const target = aliased === null ? node : aliased.node;
  const table = target.kind === "TableNode" ? nameOf(target as TableNode) : null;
  const alias = aliased?.alias.kind === "IdentifierNode" ? (aliased.alias as unknown as { name: string }).name : "";
  return {
    alias: aliased === null ? (table ?? "") : alias,
    table,
    node: target,
    lateral: false,
    on: null,
    written: false,
    ...more,
  };
}

function joined(join: JoinNode): Source {
  const on = holdingJoins.has(join.joinType) ? (join.on?.on ?? null) : null;
  return source(join.table, { lateral: lateralJoins.has(join.joinType), on });
}

/** A list where Kysely has one node or several. */
function each(node: OperationNode | undefined): readonly OperationNode[] {
  if (node === undefined) return [];
  return node.kind === "ListNode" ? (node as unknown as { items: readonly OperationNode[] }).items : [node];
}

export type FilteredQuery = SelectQueryNode | UpdateQueryNode | DeleteQueryNode;

function writtenSources(query: FilteredQuery): readonly OperationNode[] {
  if (query.kind === "UpdateQueryNode") return each(query.table);
  return query.kind === "DeleteQueryNode" ? query.from.froms : [];
}

function readSources(query: FilteredQuery): readonly OperationNode[] {
  if (query.kind === "DeleteQueryNode") return query.using?.tables ?? [];
  return query.from?.froms ?? [];
}

export function sourcesOf(query: FilteredQuery): Source[] {
  const sources = [
    ...writtenSources(query).map((node) => source(node, { written: true })),
    ...readSources(query).map((node) => source(node)),
    ...(query.joins ?? []).map(joined),
  ];
  const names = sources.map((each) => each.alias).filter((name) => name !== "");
  if (new Set(names).size < names.length)
    throw new UnguardedStatementError("Two tables of a query have the same alias");
  return sources;
}

/** The conditions that all must hold: those joined by AND, through brackets. */
function conjuncts(node: OperationNode, found: BinaryOperationNode[]): void {
  if (node.kind === "BinaryOperationNode") found.push(node as BinaryOperationNode);
  if (node.kind === "ParensNode") conjuncts((node as unknown as { node: OperationNode }).node, found);
  if (node.kind !== "AndNode") return;
  const { left, right } = node as unknown as { left: OperationNode; right: OperationNode };
  // Kysely puts brackets round an OR; without them AND would bind closer.
  if (left.kind === "OrNode" || right.kind === "OrNode") throw new UnguardedStatementError("An OR needs brackets");
  conjuncts(left, found);
  conjuncts(right, found);
}

/** One side of an equation: the account itself, a table's `account_id`, or nothing of interest. */
type Side = { value: true } | { value: false; alias: string } | null;

function sideOf(node: OperationNode, accountId: string, sources: readonly Source[]): Side {
  if (node.kind === "ValueNode")
    return (node as unknown as { value: unknown }).value === accountId ? { value: true } : null;
  if (node.kind !== "ReferenceNode") return null;
  const { column, table } = node as ReferenceNode;
  if (column.kind !== "ColumnNode" || column.column.name !== "account_id") return null;
  if (table !== undefined) return { value: false, alias: nameOf(table) };
  // Without a table's name it is plain only where there is one table.
  return sources.length === 1 && sources[0] ? { value: false, alias: sources[0].alias } : null;
}

function isEquation(node: BinaryOperationNode): boolean {
  return node.operator.kind === "OperatorNode" && (node.operator as unknown as { operator: string }).operator === "=";
}

function isHeld(side: Side, aliases: Aliases): boolean {
  if (side === null) return false;
  if (side.value) return true;
  for (let level: Aliases | null = aliases; level !== null; level = level.outer) {
    const held = level.own.get(side.alias);
    if (held !== undefined) return held;
  }
  return false;
}

interface Equation {
  left: Side;
  right: Side;
  /** Which alias it may hold; null: either (a WHERE). */
  holds: string | null;
}

function equations(query: FilteredQuery, sources: readonly Source[], accountId: string): Equation[] {
  const list: Equation[] = [];
  const add = (condition: OperationNode | null | undefined, holds: string | null) => {
    if (!condition) return;
    const found: BinaryOperationNode[] = [];
    conjuncts(condition, found);
    for (const node of found.filter(isEquation)) {
      const left = sideOf(node.leftOperand, accountId, sources);
      const right = sideOf(node.rightOperand, accountId, sources);
      if (left !== null && right !== null) list.push({ left, right, holds });
    }
  };
  add(query.where?.where, null);
  for (const each of sources) add(each.on, each.alias);
  return list;
}

/** Which sources are held to the account, found by going on until nothing new follows. */
export function heldAliases(
  query: FilteredQuery,
  sources: readonly Source[],
  isOwned: (source: Source) => boolean,
  accountId: string,
  outer: Aliases | null,
): Aliases {
  const aliases: Aliases = { own: new Map(sources.map((each) => [each.alias, false])), outer };
  const owned = new Set(sources.filter(isOwned).map((each) => each.alias));
  if (owned.size === 0) return aliases;
  const list = equations(query, sources, accountId);
  const hold = (side: Side, other: Side, holds: string | null): boolean => {
    if (side === null || side.value || aliases.own.get(side.alias) !== false || !owned.has(side.alias)) return false;
    if ((holds !== null && holds !== side.alias) || !isHeld(other, aliases)) return false;
    aliases.own.set(side.alias, true);
    return true;
  };
  while (list.some(({ left, right, holds }) => hold(left, right, holds) || hold(right, left, holds)));
  return aliases;
}

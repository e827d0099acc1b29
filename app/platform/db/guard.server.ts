/**
 * The first line of account isolation: a Kysely plugin that reads each statement before it is sent, and refuses one
 * that is not plainly constrained to the scope's account. It judges form, not meaning: what it accepts is safe, and
 * some harmless statements have to be written more plainly. Its tables of cases are in guard-accepts and guard-refuses-*.test.ts.
 */
import {
  type CommonTableExpressionNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  type RawNode,
  type SelectQueryNode,
  type UpdateQueryNode,
  type WithNode,
} from "kysely";
import { approve } from "~/platform/db/approved.server";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { checkInsert } from "~/platform/db/guard-insert.server";
import { checkFunctionName, checkRaw } from "~/platform/db/guard-raw.server";
import {
  type Aliases,
  type FilteredQuery,
  heldAliases,
  type Source,
  sourcesOf,
} from "~/platform/db/guard-sources.server";
import { type Access, type SchemaFacts } from "~/platform/db/schema-facts.server";

export interface Audience {
  /** Null: the installation. */
  accountId: string | null;
  schema: () => SchemaFacts;
}

/** What a node is judged by: the audience, the common table expressions in reach, the outer queries' aliases. */
interface Context {
  accountId: string | null;
  facts: SchemaFacts;
  ctes: ReadonlySet<string>;
  aliases: Aliases | null;
}

const tableFunctions = /^(json_each|json_tree|unnest|generate_series|jsonb?_array_elements(_text)?)\(\)$/;

function refuse(reason: string): never {
  throw new UnguardedStatementError(reason);
}

/** What an account may do with a table of the installation. */
function accountMay(written: boolean, access: Access | undefined): boolean {
  return access === "accounts-write" || (access === "accounts-read" && !written);
}

/** Whether the audience may use the table at all. @throws for one it must not, and for one nobody knows. */
function checkAccess(source: Source, { accountId, facts, ctes }: Context): void {
  const { table, written } = source;
  if (table === null || (ctes.has(table) && !written)) return;
  if (!facts.tables.has(table)) refuse(`No table of ours is called ${table}`);
  const access = facts.access.get(table);
  const owned = facts.accountTables.has(table);
  if (accountId === null) {
    if (owned && access !== "installation") refuse(`The installation has no access to ${table}`);
  } else if (!owned && !accountMay(written, access)) {
    refuse(`An account has no access to ${table}`);
  }
}

function isOwned({ table }: Source, { facts, ctes }: Context): boolean {
  return table !== null && !ctes.has(table) && facts.accountTables.has(table);
}

/** A derived source is a query, which is judged by itself, or one of a few functions that make rows from a value. */
function checkDerived(node: OperationNode): void {
  if (node.kind === "TableNode" || node.kind === "SelectQueryNode") return;
  if (!makesRows(node)) refuse("Rows come from tables, subqueries, lists of values and a few functions only");
}

function makesRows(node: OperationNode): boolean {
  if (node.kind === "FunctionNode") {
    return tableFunctions.test(`${(node as unknown as { func: string }).func.toLowerCase()}()`);
  }
  if (node.kind !== "RawNode") return false;
  const { outside, isValues } = checkRaw((node as RawNode).sqlFragments);
  return isValues || tableFunctions.test(outside);
}

function walkSource(source: Source, own: Context, outside: Context): void {
  checkAccess(source, outside);
  checkDerived(source.node);
  if (source.table === null)
    walk(source.node, source.lateral || source.node.kind !== "SelectQueryNode" ? own : outside);
}

/** Names in reach from here on. A name of a table would hide it from us, or us from it. */
function withCtes(node: WithNode | undefined, context: Context): Context {
  if (node === undefined) return context;
  const ctes = new Set(context.ctes);
  const inside = { ...context, ctes };
  for (const each of node.expressions as readonly CommonTableExpressionNode[]) {
    const { identifier, schema } = each.name.table.table;
    if (schema !== undefined || context.facts.tables.has(identifier.name))
      refuse("A WITH must not have a table's name");
    if (node.recursive) ctes.add(identifier.name);
    walk(each.expression, inside);
    ctes.add(identifier.name);
  }
  return inside;
}

/** Parts that are judged by themselves, before the rest of a query is walked. */
const ownParts = new Set(["kind", "with", "from", "using", "joins", "setOperations", "table", "into"]);

function walkRest(query: OperationNode, context: Context): void {
  for (const part in query) {
    const child = query[part as keyof OperationNode] as unknown;
    if (typeof child === "object" && child !== null && !ownParts.has(part)) walkPart(child, context);
  }
}

/** A raw list in the place of one value would set further columns. */
function checkSingle(node: OperationNode): void {
  if (node.kind === "RawNode" && checkRaw((node as RawNode).sqlFragments).isList) refuse("One value, not a raw list");
}

function checkUpdates(updates: UpdateQueryNode["updates"], owned: boolean): void {
  for (const { column, value } of updates ?? []) {
    if (column.kind !== "ColumnNode") refuse("An updated column is named plainly");
    const name = (column as unknown as { column: { name: string } }).column.name;
    if (owned && name.toLowerCase() === "account_id") refuse("account_id is never updated");
    checkSingle(value);
  }
}

function walkFiltered(query: FilteredQuery, outer: Context): void {
  const outside = withCtes(query.with, outer);
  const sources = sourcesOf(query);
  const owned = (source: Source) => isOwned(source, outside);
  const aliases = heldAliases(query, sources, owned, outside.accountId ?? "", outside.aliases);
  const own = { ...outside, aliases };
  for (const source of sources) {
    walkSource(source, own, outside);
    if (outside.accountId !== null && owned(source) && !aliases.own.get(source.alias)) {
      refuse(`${source.table} (${source.alias}) is not constrained to the scope's account`);
    }
  }
  for (const join of query.joins ?? []) walkPart(join.on, own);
  if (query.kind === "SelectQueryNode") walkPart((query as SelectQueryNode).setOperations, outside);
  if (query.kind === "UpdateQueryNode") checkUpdates(query.updates, sources.some(owned));
  walkRest(query, own);
}

function walkInsert(insert: InsertQueryNode, outer: Context): void {
  const context = withCtes(insert.with, outer);
  const into = insert.into;
  if (into === undefined || into.kind !== "TableNode") return refuse("An insert names its table");
  if (into.table.schema !== undefined) refuse("A guarded statement names no schema");
  const table = into.table.identifier.name;
  checkAccess({ alias: table, table, node: into, lateral: false, on: null, written: true }, context);
  const owned = context.facts.accountTables.has(table);
  if (owned && context.accountId !== null) checkInsert(insert, table, context.accountId);
  checkUpdates(insert.onConflict?.updates, owned);
  if (insert.values?.kind === "ValuesNode") checkSingles(insert.values);
  walkRest(insert, context);
}

function checkSingles(values: OperationNode): void {
  for (const row of (values as unknown as { values: readonly { kind: string; values: readonly OperationNode[] }[] })
    .values) {
    if (row.kind === "ValueListNode") for (const value of row.values) checkSingle(value);
  }
}

function walkPart(part: unknown, context: Context): void {
  if (typeof part !== "object" || part === null) return;
  if (Array.isArray(part)) for (let index = 0; index < part.length; index++) walkPart(part[index], context);
  else if ("kind" in part) walk(part as OperationNode, context);
}

type Walk = (node: OperationNode, context: Context) => void;

const walkFunction: Walk = (node, context) => {
  checkFunctionName((node as unknown as { func: string }).func);
  walkRest(node, context);
};

const nothing: Walk = () => {};

const walks: Partial<Record<OperationNode["kind"], Walk>> = {
  SelectQueryNode: (node, context) => walkFiltered(node as FilteredQuery, context),
  UpdateQueryNode: (node, context) => walkFiltered(node as FilteredQuery, context),
  DeleteQueryNode: (node, context) => walkFiltered(node as FilteredQuery, context),
  InsertQueryNode: (node, context) => walkInsert(node as InsertQueryNode, context),
  MergeQueryNode: () => refuse("MERGE is not for guarded statements"),
  RawNode(node, context) {
    const { sqlFragments, parameters } = node as RawNode;
    checkRaw(sqlFragments);
    walkPart(parameters, context);
  },
  FunctionNode: walkFunction,
  AggregateFunctionNode: walkFunction,
  // Values are data, and names are looked at where they mean a table: nothing further inside.
  ValueNode: nothing,
  PrimitiveValueListNode: nothing,
  ReferenceNode: nothing,
  ColumnNode: nothing,
  OperatorNode: nothing,
  SelectAllNode: nothing,
  IdentifierNode: nothing,
};

function walk(node: OperationNode, context: Context): void {
  const judge = walks[node.kind];
  if (judge !== undefined) return judge(node, context);
  for (const part in node) walkPart(node[part as keyof OperationNode], context);
}

const statements = new Set(["SelectQueryNode", "InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"]);

/** @throws UnguardedStatementError */
export function checkStatement(node: OperationNode, audience: Audience): void {
  if (!statements.has(node.kind)) refuse("Only plain selects, inserts, updates and deletes are for guarded handles");
  walk(node, { accountId: audience.accountId, facts: audience.schema(), ctes: new Set(), aliases: null });
}

/** A fresh plugin for one handle. */
export function guardFor(audience: Audience): KyselyPlugin {
  return {
    transformQuery({ node }) {
      checkStatement(node, audience);
      return approve(node);
    },
    transformResult: async ({ result }) => result,
  };
}

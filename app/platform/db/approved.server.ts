/**
 * The drivers of guarded handles run only what a guard has read: this closes the ways past a Kysely plugin (a compiled
 * query handed to `executeQuery`, `withoutPlugins`, a plugin that rewrites after the guard).
 */
import { type Kysely, type KyselyPlugin, type RootOperationNode } from "kysely";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { type Tables } from "~/platform/db/tables";

const approved = new WeakSet<object>();

export function approve(node: RootOperationNode): RootOperationNode {
  approved.add(node);
  return node;
}

/** @throws UnguardedStatementError */
export function requireApproval(node: RootOperationNode): void {
  if (!approved.has(node)) throw new UnguardedStatementError("The statement went around the guard");
}

const approveAll: KyselyPlugin = {
  transformQuery: ({ node }) => approve(node),
  transformResult: async ({ result }) => result,
};

/**
 * The same handle (the same transaction, and on Postgres the same row-level security) without a guard. For
 * platform/db, the queue and the two search files only, to which guard-exceptions.test.ts holds everyone.
 */
export function withoutGuard(db: Kysely<Tables>): Kysely<Tables> {
  return db.withoutPlugins().withPlugin(approveAll);
}

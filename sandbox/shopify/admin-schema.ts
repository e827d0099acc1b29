/** Queries judged and answered by the official schema of the pinned version: what it does not have is refused. */
import { readFileSync } from "node:fs";
import { buildSchema, type DocumentNode, execute, type ExecutionResult, GraphQLError, parse, validate } from "graphql";

export const API_VERSION = "2026-07";

const schema = buildSchema(readFileSync(new URL(`./admin-${API_VERSION}.graphql`, import.meta.url), "utf8"));

export interface Asking {
  query: string;
  variables?: Record<string, unknown>;
}

type Parsed = { ok: true; document: DocumentNode } | { ok: false; errors: readonly GraphQLError[] };

/** Whether it is a query of this version at all. */
export function parsed(query: string): Parsed {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { ok: false, errors } : { ok: true, document };
  } catch (error) {
    if (error instanceof GraphQLError) return { ok: false, errors: [error] };
    throw error;
  }
}

/** @param root what stands for the fields of queries and mutations: values, or functions of their arguments */
export function answered(document: DocumentNode, root: object, variables: Asking["variables"] = {}): ExecutionResult {
  const result = execute({ schema, document, rootValue: root, variableValues: variables });
  if (result instanceof Promise) throw new Error("Nothing here takes time");
  return result;
}

/** An error of Shopify's, with its code. */
export function refusal(message: string, code: string | null = null, more: object = {}): GraphQLError {
  return new GraphQLError(message, code === null ? {} : { extensions: { code, ...more } });
}

/** What a query costs, and what is left of what one may spend: shopify.dev/docs/api/usage/rate-limits. */
import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode, type ValueNode } from "graphql";

/** More must not be asked for at once. */
export const MOST_AT_ONCE = 1_000;

/** They are parts of what is counted already. */
const free = new Set(["nodes", "edges", "node", "pageInfo", "throttleStatus"]);
const isMoney = (name: string) => name.endsWith("Set") || name.endsWith("Money");

export function costOf(document: DocumentNode, variables: Record<string, unknown>): number {
  const inside = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, one) => sum + (one.kind === Kind.FIELD ? costOfField(one) : 0), 0);
  const costOfField = ({ name, selectionSet, arguments: given = [] }: FieldNode): number => {
    if (!selectionSet) return 0;
    const first = given.find((argument) => argument.name.value === "first");
    const children = inside(selectionSet);
    if (first) return 2 + numberIn(first.value, variables) * (1 + children);
    return free.has(name.value) || isMoney(name.value) ? children : 1 + children;
  };
  return document.definitions.reduce(
    (sum, one) => sum + (one.kind === Kind.OPERATION_DEFINITION ? baseOf(one.operation) + inside(one.selectionSet) : 0),
    0,
  );
}

function baseOf(operation: string): number {
  return operation === "mutation" ? 10 : 0;
}

function numberIn(value: ValueNode, variables: Record<string, unknown>): number {
  if (value.kind === Kind.VARIABLE) return Number(variables[value.name.value] ?? 0);
  return value.kind === Kind.INT ? Number(value.value) : 0;
}

export interface Plan {
  maximum: number;
  restoredPerSecond: number;
}

/** A leaking bucket, by the clock of the stand-in. */
export class Bucket {
  private spent = 0;
  private at: number;

  constructor(
    readonly plan: Plan,
    private readonly now: () => number,
  ) {
    this.at = now();
  }

  get available(): number {
    const now = this.now();
    this.spent = Math.max(this.spent - (Math.max(now - this.at, 0) / 1000) * this.plan.restoredPerSecond, 0);
    this.at = now;
    return Math.floor(this.plan.maximum - this.spent);
  }

  /** False: there is not enough, and nothing was spent. */
  spend(points: number): boolean {
    if (this.available < points) return false;
    this.spent += points;
    return true;
  }

  /** As answers say it. */
  status(requested: number, actual: number | null): object {
    const { maximum, restoredPerSecond } = this.plan;
    return {
      ...{ requestedQueryCost: requested, actualQueryCost: actual },
      throttleStatus: {
        ...{ maximumAvailable: maximum, currentlyAvailable: this.available, restoreRate: restoredPerSecond },
      },
    };
  }
}

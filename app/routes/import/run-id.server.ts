import { notFound } from "~/http/answers.server";
import { isId } from "~/platform/ids.server";

/** The run's id of an address. What can be no id is not there. */
export function runIdOf(params: Readonly<Record<string, string | undefined>>): string {
  const id = params.runId ?? "";
  return isId(id) ? id : notFound();
}

import "~/features/accounts/tables";
import { type InstallationScope } from "~/platform/scope.server";

const MOST_TRIES = 50;
const LONGEST_STEM = 36;

/** The slug itself where nobody has it, else the first free one of `brandt-2`, `brandt-3`, … */
export async function findFreeSlug(scope: InstallationScope, slug: string): Promise<string> {
  const stem = slug.slice(0, LONGEST_STEM).replace(/-+$/, "");
  const candidates = [slug, ...Array.from({ length: MOST_TRIES }, (_, i) => `${stem}-${i + 2}`)];
  const rows = await scope.db.selectFrom("accounts").select("slug").where("slug", "in", candidates).execute();
  const taken = new Set(rows.map((row) => row.slug));
  return candidates.find((candidate) => !taken.has(candidate)) ?? slug;
}

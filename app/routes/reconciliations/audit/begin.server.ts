/** Two files are chosen. What is right of them is kept, whatever is wrong with the other. */
import { data } from "@remix-run/node";
import { askToRead } from "~/features/reconciliation/audit/ask-to-read.server";
import { type AuditSide } from "~/features/reconciliation/audit/audit-file";
import { type Audit, findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { beginAudit, takeAuditFile } from "~/features/reconciliation/audit/take-files.server";
import { notFound } from "~/http/answers.server";
import { type FilePart, readUploads, UPLOAD_TOO_LARGE } from "~/http/read-upload.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { openSide } from "~/routes/reconciliations/audit/audit.server";
import { reconciliationPath, reconciliationsPath } from "~/routes/reconciliations/paths";

const TOO_LARGE = "Each of the two files may have 50 MB at the most.";

type Sides<Of> = Record<AuditSide, Of>;

/** Names of the files that are here already. */
function keptIn(audit: Audit | null): Sides<string | null> {
  const nameOf = (side: AuditSide) => audit?.files[side]?.name ?? null;
  return { orders: nameOf("orders"), transactions: nameOf("transactions") };
}

export async function loadBegin(args: RouteArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const { name, slug } = scope.account;
  const audit = await auditAsked(args, scope);
  return { firm: name, base: reconciliationsPath(slug), of: audit?.id ?? null, kept: keptIn(audit) };
}

/** That of the address, where one of its files is to be chosen again; null: none is begun. */
async function auditAsked({ request }: RouteArgs, scope: Scope): Promise<Audit | null> {
  const of = new URL(request.url).searchParams.get("of");
  return of === null ? null : ((await findAudit(scope, of)) ?? notFound());
}

const none: Sides<string> = {
  orders: "Choose the file of orders.",
  transactions: "Choose the file of tracked purchases.",
};

export async function takeFiles(args: RouteArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const asked = await auditAsked(args, scope);
  if (asked && !isOpen(asked)) return notFound();
  const { id, taken } = await takeBoth(args, scope, asked?.id ?? null);
  const audit = id === null ? null : await findAudit(scope, id);
  const kept = keptIn(audit);
  if (taken === UPLOAD_TOO_LARGE) return data({ of: id, kept, problems: { orders: TOO_LARGE } }, { status: 413 });
  const problemOf = (side: AuditSide) => taken[side] ?? (kept[side] === null ? none[side] : null);
  const problems = { orders: problemOf("orders"), transactions: problemOf("transactions") };
  const isWrong = Object.values(problems).some((problem) => problem !== null);
  return !audit || isWrong ? data({ of: id, kept, problems }, { status: 422 }) : goOn(args, scope, audit);
}

/** An audit is begun with the first file that comes. */
async function takeBoth(args: RouteArgs, scope: Scope, asked: string | null) {
  let id = asked;
  const take = (side: AuditSide) => async (file: FilePart) => {
    id ??= await beginAudit(scope);
    const taken = await takeAuditFile(scope, { reconciliationId: id, side }, file);
    return taken.ok ? null : `${file.name}: ${taken.reason}`;
  };
  const taken = await readUploads(args.request, { orders: take("orders"), transactions: take("transactions") });
  return { id, taken };
}

/** To what still has to be said of the two, or else to how far they are read. */
async function goOn(args: RouteArgs, scope: Scope, audit: Audit): Promise<Response> {
  const page = `${reconciliationPath(scope.account.slug, audit.id)}/files`;
  const side = openSide(audit);
  if (side === null) await askToRead(scope, audit.id);
  return redirectTo(args, side === null ? page : `${page}/${side}`);
}

/** Its files may be changed: nobody reads them. */
function isOpen({ expiresAt, state }: Audit): boolean {
  return expiresAt !== null && state !== "queued" && state !== "reading";
}

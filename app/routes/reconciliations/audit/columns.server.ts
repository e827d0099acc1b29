/** Which column of an audit's file is what, and what the file leaves open of its amounts. */
import { data } from "@remix-run/node";
import { columnsToMap } from "~/features/pipeline/draft/preview.server";
import { readSample } from "~/features/pipeline/files/inspect-file.server";
import { askToRead } from "~/features/reconciliation/audit/ask-to-read.server";
import { lacksOf } from "~/features/reconciliation/audit/audit-file";
import {
  auditSubjects,
  chooseAuditColumns,
  type ColumnChoices,
} from "~/features/reconciliation/audit/take-files.server";
import { badRequest, notFound } from "~/http/answers.server";
import { warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { currencyOptions } from "~/platform/money";
import { openSide, requireAudit, sideOf } from "~/routes/reconciliations/audit/audit.server";
import { sideNouns } from "~/routes/reconciliations/audit/audit-words";

async function requireFile(args: RouteArgs) {
  const page = await requireAudit(args);
  const side = sideOf(args);
  const file = page.audit.files[side];
  // Its file is gone once it is saved: what was read of it stays as it is.
  if (!file?.fileId) return notFound();
  return { ...page, side, file: { ...file, fileId: file.fileId } };
}

export async function loadColumns(args: RouteArgs) {
  const { scope, audit, base, side, file } = await requireFile(args);
  const { settings } = file;
  const sample = await readSample(scope, file.fileId, settings.reading);
  const lacks = lacksOf(side, settings);
  return {
    ...{ firm: scope.account.name, audit: audit.name, base, side, noun: sideNouns[side], fileName: file.name },
    ...{ layout: settings.layout, locale: scope.place.locale },
    columns: sample.ok ? columnsToMap(settings, sample.rows) : [],
    problems: sample.ok ? [] : [sample.reason],
    fields: auditSubjects[side].fields.map(({ id, label, unlisted = false }) => ({ id, label, unlisted })),
    currencies: currencyOptions(),
    currency: settings.currency ?? "",
    decimalMark: settings.decimalMark,
    isMarkOpen: settings.isMarkOpen,
    lacks,
  };
}

export type ColumnsView = Awaited<ReturnType<typeof loadColumns>>;

const AT_WORK =
  "Your choice is kept. It is being read or compared now: when that is done, save the columns again to read it anew.";

export async function saveColumns(args: RouteArgs) {
  const { scope, audit, base, side, file } = await requireFile(args);
  const choices = choicesIn(await readForm(args.request));
  const chosen = await chooseAuditColumns(scope, { reconciliationId: audit.id, side, file }, choices);
  if (!chosen.ok) {
    const { reasons, wrong, lacks } = chosen;
    return data({ ...choices, reasons, wrong, lacks }, { status: 422 });
  }
  const asked = await askToRead(scope, audit.id);
  const page = `${base}/files`;
  if (asked.ok) return redirectTo(args, page);
  if (asked.reason === "at-work") return redirectTo(args, page, warning(AT_WORK));
  const now = openSide({ ...audit, files: { ...audit.files, [side]: null } });
  return redirectTo(args, now === null ? page : `${page}/${now}`);
}

const MOST_COLUMNS = 250;

function choicesIn(form: FormData): ColumnChoices {
  const mapping = form.getAll("column").map((value) => (typeof value === "string" ? value : badRequest()));
  if (mapping.length > MOST_COLUMNS) badRequest();
  const mark = form.has("decimalMark") ? onlyText(form, "decimalMark") : "";
  return {
    mapping,
    currency: form.has("currency") ? onlyText(form, "currency") : "",
    decimalMark: mark === "." || mark === "," ? mark : null,
  };
}

import { type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { refusedRowsCsv } from "~/features/pipeline/refused-csv.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

/** The refused rows as a file to correct and send again. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const csv = (await refusedRowsCsv(scope, runIdOf(args.params))) ?? notFound();
  return new Response(createReadableStreamFromReadable(Readable.from(csv.pieces)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="refused-rows.csv"; filename*=UTF-8''${encodeRfc5987(csv.fileName)}`,
      "Cache-Control": "no-store",
    },
  });
}

/** RFC 5987: what encodeURIComponent leaves alone but a header's value may not hold. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

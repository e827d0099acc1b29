import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { type AppLoadContext, type EntryContext, type HandleErrorFunction } from "@remix-run/node";
import { renderToPipeableStream } from "react-dom/server";
import { failureStatus } from "~/http/failure-status.server";
import { findPerson, personAskedFor } from "~/http/scope.server";
import { PageFactsProvider } from "~/page-facts";

// The web server lives in the same bundle as the routes, so that both share one copy of every module.
export { productionPages } from "~/http/server/production-pages.server";
export { openWorld } from "~/platform/open-world.server";
export { startWeb } from "~/http/server/start-web.server";

/** Renders the whole page before anything is sent: a bug in a component is then a clean error page. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
) {
  const facts = {
    nonce: context.cspNonce,
    requestId: context.requestId,
    failureStatus: context.failure?.status ?? null,
    colourScheme: await colourScheme(request, context),
    liveReload: context.env.mode === "development",
  };
  const page = (
    <PageFactsProvider value={facts}>
      <RemixServer context={remixContext} url={request.url} nonce={context.cspNonce} />
    </PageFactsProvider>
  );
  const html = await render(page, context.cspNonce);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Speculation-Rules", '"/speculation-rules.json"');
  return new Response(html, { status: context.failure?.status ?? status, headers });
}

/** Also where no loader asked who comes (an unknown address). On the page of a failure nobody new is asked for. */
async function colourScheme(request: Request, context: AppLoadContext) {
  const person = context.failure ? await personAskedFor(context) : await findPerson({ request, context });
  return person?.user.colourScheme ?? null;
}

function render(page: React.ReactElement, nonce: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const fail = (error: unknown) => {
      failed = true;
      reject(error as Error);
    };
    const { pipe } = renderToPipeableStream(page, {
      nonce,
      // Also called after an error; the stream would then break with it once more, and nobody would catch that.
      onAllReady: () => {
        if (!failed) resolve(text(pipe(new PassThrough())));
      },
      onShellError: fail,
      onError: fail,
    });
  });
}

/** Logs a bug or outage once. What a page refused on purpose (404, 403, 422 …) and what nobody waits for is no error. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  if (isRouteErrorResponse(error) && error.status < 500) return;
  context.failure = { status: failureStatus(error) };
  const cause = isRouteErrorResponse(error) ? new Error(`${error.status} ${error.statusText}`) : error;
  context.log.error({ error: cause, method: request.method, status: context.failure.status }, "A request failed");
};

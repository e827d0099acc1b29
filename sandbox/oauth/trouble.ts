/** A token endpoint in trouble. */
import { type IncomingMessage, type ServerResponse } from "node:http";
import { sendHtml, sendJson } from "./fields";

/** `too-many`: 429. `broken`: 500. `page`: HTML with 200. `silent`: no answer at all. `elsewhere`: 302. `lost`: it acts, and its answer is cut off. */
export type TokenTrouble = "too-many" | "broken" | "forbidden" | "page" | "silent" | "elsewhere" | "lost";

const answers: Record<TokenTrouble, (response: ServerResponse) => void> = {
  "too-many": (response) => {
    response.setHeader("retry-after", "7");
    sendJson(response, { error: "rate_limited" }, 429);
  },
  broken: (response) => sendJson(response, { message: "internal error" }, 500),
  forbidden: (response) => sendJson(response, { error: "access_restricted", message: "blocked" }, 403),
  page: (response) => sendHtml(response, "<!doctype html><title>Maintenance</title><p>Back soon."),
  silent: () => undefined,
  elsewhere: (response) => void response.writeHead(302, { location: "http://127.0.0.1:9/token" }).end(),
  lost: (response) => {
    // Whatever is written after this reaches nobody.
    const { socket } = response;
    response.end = () => {
      socket?.destroy();
      return response;
    };
  },
};

/** Whether the trouble has answered in the place of the endpoint. */
export function makeTrouble(current: () => TokenTrouble | null) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const trouble = current();
    if (trouble === null) return false;
    answers[trouble](response);
    if (trouble === "lost") return false;
    request.resume();
    return true;
  };
}

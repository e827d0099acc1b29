/**
 * Incoming webhooks as Slack's are: what is posted is kept, in memory, for a person or a test to read. Errors are plain
 * text, as its changelog of 2016-05-17 has them. Which channel an address leads to says its second part, so that each
 * error can be tried.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { slackPage } from "./page";

export interface SlackMessage {
  at: string;
  text: string;
  channel: string;
}

export interface SlackStandIn {
  /** Of the page that shows what arrived; a webhook's address is below it. */
  url: string;
  /** Where a channel is posted to. */
  webhook(channel?: SlackChannel): string;
  /** The newest first. */
  messages: readonly SlackMessage[];
  /** How often it was asked, with whatever answer. */
  asked: number;
  /** Says so, whatever channel is posted to; null: as the channel says. */
  trouble: SlackChannel | null;
  close(): Promise<void>;
}

type Answer = [status: number, body: string, headers?: Record<string, string>];

const RETRY_AFTER_SECONDS = 30;

/** By channel, what is said there to a message that is right. */
const channels = {
  B0OFFICE: () => [200, "ok"],
  B0ARCHIVED: () => [410, "channel_is_archived"],
  B0MISSING: () => [404, "channel_not_found"],
  B0PROHIBITED: () => [403, "action_prohibited"],
  B0BROKEN: () => [500, "rollup_error"],
  B0BUSY: () => [429, "rate_limited", { "Retry-After": String(RETRY_AFTER_SECONDS) }],
} satisfies Record<string, () => Answer>;

export type SlackChannel = keyof typeof channels;

export const channelNames = Object.keys(channels) as SlackChannel[];

const HOST = "127.0.0.1";
const SECRET = "sandboxsandboxsandbox123";
const MOST_MESSAGES = 200;
const MOST_BODY = 100_000;

export async function startSlack({ port = 0 } = {}): Promise<SlackStandIn> {
  const messages: SlackMessage[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", `http://${HOST}`).pathname;
    if (request.method === "GET") return show(path, response);
    slack.asked += 1;
    const body = await textOf(request);
    const [status, text, headers = {}] = posted(path, body);
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(text);
  }

  function show(path: string, response: ServerResponse): void {
    const isPage = path === "/";
    if (path === "/messages.json") {
      response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(messages));
      return;
    }
    response.writeHead(isPage ? 200 : 404, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      "Cache-Control": "no-store",
    });
    response.end(isPage ? slackPage(messages, channelNames.map(slack.webhook)) : "There is nothing here.");
  }

  function posted(path: string, body: string): Answer {
    const [, channel = "", secret] = /^\/services\/T0SANDBOX\/([A-Z0-9]+)\/(\w+)$/.exec(path) ?? [];
    if (secret !== SECRET || !Object.hasOwn(channels, channel)) return [404, "no_service"];
    const text = messageIn(body);
    if (text === null) return [400, "invalid_payload"];
    if (text === "") return [400, "no_text"];
    const said: Answer = channels[slack.trouble ?? (channel as SlackChannel)]();
    if (said[0] === 200) {
      messages.unshift({ at: new Date().toISOString(), text, channel });
      messages.splice(MOST_MESSAGES);
    }
    return said;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const slack: SlackStandIn = {
    ...{ url, messages, asked: 0, trouble: null },
    webhook: (channel = "B0OFFICE") => `${url}/services/T0SANDBOX/${channel}/${SECRET}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

/** Null: it is no message. */
function messageIn(body: string): string | null {
  try {
    const message: unknown = JSON.parse(body);
    if (typeof message !== "object" || message === null || Array.isArray(message)) return null;
    if (!("text" in message)) return "";
    return typeof message.text === "string" ? message.text : null;
  } catch {
    return null;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) {
    body += piece as string;
    if (body.length > MOST_BODY) throw new Error("The message is too large.");
  }
  return body;
}

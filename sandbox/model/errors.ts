/** How an OpenAI-compatible API says that it will not: an object `error` with a message, a type, a parameter and a code. */
import { type Asked, type Manners, type Reply } from "../frame/stand-in";

interface Facts {
  type: string;
  param?: string | null;
  code?: string | null;
}

function refusal(status: number, message: string, { type, param = null, code = null }: Facts): Reply {
  return { status, body: { error: { message, type, param, code } } };
}

export const modelManners: Manners = {
  throttled: () => ({
    ...refusal(
      429,
      "Rate limit reached for sandbox-mapper-1 on requests per min (RPM): Limit 3, Used 3, Requested 1.",
      {
        type: "requests",
        code: "rate_limit_exceeded",
      },
    ),
    headers: { "Retry-After": "20" },
  }),
  failed: () =>
    refusal(500, "The server had an error while processing your request. Sorry about that!", { type: "server_error" }),
  unauthorised: () =>
    refusal(401, "Incorrect API key provided: sk-sandb*****. You can find your API key at the provider's.", {
      type: "invalid_request_error",
      code: "invalid_api_key",
    }),
  forbidden: () =>
    refusal(403, "Project does not have access to model sandbox-mapper-1.", {
      type: "invalid_request_error",
      code: "model_not_found",
    }),
};

export function unknownModel(model: string): Reply {
  return refusal(404, `The model '${model}' does not exist or you do not have access to it.`, {
    type: "invalid_request_error",
    code: "model_not_found",
  });
}

export function invalidRequest(message: string, param: string | null): Reply {
  return refusal(400, message, { type: "invalid_request_error", param });
}

export function contextTooLong(): Reply {
  return refusal(400, "This model's maximum context length is 16385 tokens. However, your messages resulted in more.", {
    type: "invalid_request_error",
    param: "messages",
    code: "context_length_exceeded",
  });
}

export function nothingThere({ method, path }: Asked): Reply {
  return refusal(404, `Invalid URL (${method} ${path})`, { type: "invalid_request_error" });
}

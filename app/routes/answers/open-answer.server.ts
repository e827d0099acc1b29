/** What is behind the token in an answer's address. */
import { readAnswerToken } from "~/features/campaigns/answers/answer-token.server";
import { type Answering, findAnswering } from "~/features/campaigns/answers/find-answering.server";
import { publicScope } from "~/http/public-scope.server";
import { type RequestContext } from "~/http/request-context.server";
import { type Scope } from "~/platform/scope.server";

export interface OpenAnswer {
  scope: Scope;
  answering: Answering;
  how: "link" | "code";
  firm: string;
  logo: string | null;
  /** The page's own path. */
  here: string;
}

/** Null: no link of ours, an expired one, or its recipient is gone. Changes nothing. */
export async function openAnswer(context: RequestContext, token = ""): Promise<OpenAnswer | null> {
  const read = readAnswerToken(context.keys, token, context.clock.now());
  const scope = read && (await publicScope(context, read.recipient.accountId));
  const answering = scope && (await findAnswering(scope, read.recipient));
  if (!read || !scope || !answering) return null;
  const { name: firm, logoFileId } = scope.account;
  const here = `/r/${token}`;
  return { scope, answering, how: read.how, firm, here, logo: logoFileId && `${here}/logo/${logoFileId}` };
}

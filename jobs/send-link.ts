/** Answers somebody who asked for a link by mail, if there is anybody to answer. */
import { answerLinkRequest } from "~/features/sign-in/link-requests.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default function sendLink({ requestId }: TaskPayloads["send_link"], context: JobContext): Promise<void> {
  return answerLinkRequest(context, requestId);
}

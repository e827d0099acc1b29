/** Sends a mail that a command has written. */
import { deliverMail } from "~/platform/mail/deliver-mail.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function sendMail({ mailId }: TaskPayloads["send_mail"], context: JobContext) {
  await deliverMail(context, mailId);
}

import { type AnySubject } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

/** The subject as one account has it, with the fields of its own. Asked twice it is the same. */
export function subjectFor(scope: Scope, subject: AnySubject): Promise<AnySubject> {
  return subject.forAccount ? subject.forAccount(scope) : Promise.resolve(subject);
}

import { PublicFrame } from "~/ui/public-frame";

/** A link that leads nowhere: made up, or of somebody who is gone. Both must look alike. */
export function DeadAnswer() {
  return (
    <PublicFrame
      firm={null}
      title="This link does not work"
      line="It may be incomplete, or its time is over. Open it again from the mail, or type the code of the letter once more. If that does not help, answer whoever wrote to you directly."
    />
  );
}

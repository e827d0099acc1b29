import { PublicFrame } from "~/ui/public-frame";

/** A link that leads nowhere: made up, or of somebody who is gone. Both must look alike; a test mail's says what it is. */
export function DeadAnswer({ isTest = false }: { isTest?: boolean }) {
  if (isTest) {
    const line = "It works: here the recipients choose their answer. A test’s link is nobody’s, so nothing is asked.";
    return <PublicFrame firm={null} title="This is the link of a test" line={line} />;
  }
  return (
    <PublicFrame
      firm={null}
      title="This link does not work"
      line="It may be incomplete, or its time is over. Open it again from the mail, or type the code of the letter once more. If that does not help, answer whoever wrote to you directly."
    />
  );
}

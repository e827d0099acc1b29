/** A file cannot be read, or not beyond some place. The message is for people: what is wrong, and what to do. */
export class FileProblem extends Error {
  override name = "FileProblem";
}

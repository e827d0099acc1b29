import { type MetaFunction } from "@remix-run/node";

export const meta: MetaFunction = () => [{ title: "Welcome · Tallybook" }];

export default function Welcome() {
  return (
    <main id="main">
      <h1>Tallybook</h1>
      <p>One tidy record of each person and company your firm knows.</p>
    </main>
  );
}

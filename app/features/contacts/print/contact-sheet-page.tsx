import { type ContactSheet } from "~/features/contacts/print/contact-sheet";

/** A contact's sheet on a page: as it is printed, and readable on a screen. */
export function ContactSheetPage({ sheet, firm }: { sheet: ContactSheet; firm: string }) {
  return (
    <article className="paper-sheet">
      <p className="paper-firm">{firm}</p>
      <h2 className="paper-name">{sheet.name}</h2>
      {sheet.line ? <p>{sheet.line}</p> : null}
      {sheet.warnings.length > 0 ? (
        <ul className="paper-warnings">
          {sheet.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
      {sheet.sections.map(({ title, facts }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {facts.map(({ label, text, aside }, index) => (
              <div key={index}>
                <dt>{label}</dt>
                <dd className="whitespace-pre-wrap">
                  {text}
                  {aside ? <span className="paper-aside">{aside}</span> : null}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {sheet.notes ? (
        <section>
          <h3>Notes</h3>
          <p className="whitespace-pre-wrap">{sheet.notes}</p>
        </section>
      ) : null}
      <footer>{sheet.printed}</footer>
    </article>
  );
}

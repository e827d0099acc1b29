import { type CatalogueView } from "~/routes/connectors/catalogue.server";
import { RegistrationSteps } from "~/routes/connectors/registration";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { ProviderLogo } from "~/ui/provider-logo";
import { Status } from "~/ui/status";
import { Tag } from "~/ui/tag";

/** Every system that can be connected: what is read of it, and what somebody needs for that. */
export function CataloguePage({ view }: { view: CatalogueView }) {
  const { base, q, category, categories, found } = view;
  const here = `${base}/catalogue`;
  const isNarrowed = q !== "" || category !== null;
  return (
    <>
      <PageHead
        title="Connect a system"
        line="Contacts, orders and what analytics tracked then come in by themselves. Nothing is changed there."
        back={{ href: base, label: "Connectors" }}
      />
      <FilterBar action={here} submit="Search" clearHref={isNarrowed ? here : undefined}>
        <FilterSearch name="q" label="Search by name or by what is read" value={q} />
        <FilterSelect name="category" label="Kind" any="Any kind" value={category ?? ""} options={categories} />
      </FilterBar>
      {found.length === 0 ? (
        <Empty actions={<ButtonLink href={here}>All systems</ButtonLink>}>
          No system is like this. A file of what it has can be imported, whatever it is.
        </Empty>
      ) : (
        <ul className="catalogue" aria-label="Systems">
          {found.map((offer) => (
            <Offer key={offer.id} base={base} offer={offer} />
          ))}
        </ul>
      )}
    </>
  );
}

function Offer({ base, offer }: { base: string; offer: CatalogueView["found"][number] }) {
  const { id, name, title, logo, category, reads, needs, missing } = offer;
  return (
    <li id={id}>
      <div className="catalogue-head">
        <ProviderLogo src={logo} name={name} large />
        <div>
          <h2>{title}</h2>
          <Tag label={category} />
        </div>
      </div>
      <dl>
        <dt>Is read</dt>
        <dd>{reads}</dd>
        <dt>Is needed</dt>
        <dd>{needs}</dd>
      </dl>
      {missing ? (
        <div>
          <Status of="attention">Not set up in this installation</Status>
          <details className="small mt-2">
            <summary>What is to be done for {title}</summary>
            <div className="mt-2">
              <RegistrationSteps system={name} registration={missing} />
            </div>
          </details>
        </div>
      ) : (
        <div>
          <ButtonLink tone="primary" href={`${base}/new/${id}`}>
            Connect<span className="sr-only"> {title}</span>
          </ButtonLink>
        </div>
      )}
    </li>
  );
}

/** What names, streets and numbers look like in several countries. Phone numbers are of ranges kept for films and books where a country has one. */

export interface Country {
  code: string;
  name: string;
  given: readonly [string, ...string[]];
  family: readonly [string, ...string[]];
  companies: readonly [string, ...string[]];
  streets: readonly [string, ...string[]];
  /** Postcode, town, and region where one writes it. */
  towns: readonly [Town, ...Town[]];
  phone: string;
  mobile: string;
}

type Town = readonly [postalCode: string, city: string, region?: string];

export const countries: readonly [Country, ...Country[]] = [
  {
    code: "GB",
    name: "United Kingdom",
    given: ["Folasade", "Miles", "Rhiannon", "Callum", "Priya", "Imogen"],
    family: ["Adebayo", "Carver", "Llewellyn", "Okafor", "Fairweather", "Singh"],
    companies: ["Adebayo Ceramics", "Fairweather & Daughters", "Northgate Press"],
    streets: ["## High Street", "## Mill Lane", "## St Andrew's Road"],
    towns: [
      ["LS1 4AP", "Leeds"],
      ["EX4 3SR", "Exeter", "Devon"],
      ["CF10 1EP", "Cardiff"],
    ],
    phone: "+44 20 7946 0###",
    mobile: "+44 7700 900###",
  },
  {
    code: "DE",
    name: "Deutschland",
    given: ["Jörg", "Käthe", "Anneliese", "Wolfgang", "Zeynep", "Maximilian"],
    family: ["Müller", "Größl", "von der Heide", "Brandt", "Yıldız", "Weiß"],
    companies: ["Brandt Holzbau GmbH", "Kanzlei Weiß", "Bäckerei Süßmilch KG"],
    streets: ["Königstraße ##", "Am Mühlbach ##", "Schloßallee ##"],
    towns: [
      ["90402", "Nürnberg"],
      ["50667", "Köln"],
      ["01067", "Dresden", "Sachsen"],
    ],
    phone: "+49 30 23125 ###",
    mobile: "+49 171 3920 ###",
  },
  {
    code: "FR",
    name: "France",
    given: ["Anaïs", "Théo", "Françoise", "Hervé", "Maëlle"],
    family: ["Lefèvre", "d'Arcy", "Benoît", "Nguyễn", "Garçon"],
    companies: ["Ateliers Lefèvre SARL", "Librairie du Marché", "Étude Benoît"],
    streets: ["## rue de l'Église", "## bis avenue Foch", "## place aux Œufs"],
    towns: [
      ["35000", "Rennes"],
      ["69002", "Lyon"],
      ["13001", "Marseille"],
    ],
    phone: "+33 1 99 00 8###",
    mobile: "+33 6 39 98 0###",
  },
  {
    code: "ES",
    name: "España",
    given: ["María José", "Íñigo", "Begoña", "Ángel"],
    family: ["Núñez Ortega", "de la Cruz", "Peña", "Ibáñez"],
    companies: ["Olivares Peña S.L.", "Talleres Ibáñez"],
    streets: ["Calle Mayor ##", "Paseo de Gracia ##, 2º B"],
    towns: [
      ["28013", "Madrid"],
      ["41001", "Sevilla", "Andalucía"],
    ],
    phone: "+34 910 123 ###",
    mobile: "+34 600 123 ###",
  },
  {
    code: "PL",
    name: "Polska",
    given: ["Łukasz", "Małgorzata", "Żaneta", "Stanisław"],
    family: ["Dąbrowski", "Wiśniewska", "Król", "Zając"],
    companies: ["Księgarnia Zając", "Dąbrowski sp. z o.o."],
    streets: ["ul. Długa ##", "ul. św. Jana ##/4"],
    towns: [
      ["31-147", "Kraków"],
      ["80-831", "Gdańsk"],
    ],
    phone: "+48 22 123 4###",
    mobile: "+48 512 345 ###",
  },
  {
    code: "US",
    name: "United States",
    given: ["Aaliyah", "Wyatt", "Guadalupe", "Noah"],
    family: ["O'Connor", "Washington", "Nakamura", "Lopez"],
    companies: ["Nakamura Logistics LLC", "O'Connor Dental"],
    streets: ["## Main St", "##00 N 5th Ave, Apt 3"],
    towns: [
      ["97201", "Portland", "OR"],
      ["04101", "Portland", "ME"],
      ["78701", "Austin", "TX"],
    ],
    phone: "+1 503-555-0###",
    mobile: "+1 512-555-0###",
  },
];

/** What names, streets and numbers look like in several countries. Phone numbers are of ranges kept for films and books where a country has one. */

export interface Country {
  code: string;
  name: string;
  given: readonly [string, ...string[]];
  family: readonly [string, ...string[]];
  /** Halves of further family names: any beginning goes with any end. */
  beginnings: readonly [string, ...string[]];
  endings: readonly [string, ...string[]];
  /** What companies do, behind the name of whoever founded them. */
  trades: readonly [string, ...string[]];
  streets: readonly [string, ...string[]];
  /** Postcode, town, and region where one writes it. */
  towns: readonly [Town, ...Town[]];
  phone: string;
  mobile: string;
}

type Town = readonly [postalCode: string, city: string, region?: string];

/** A list, each with something before it. */
function parted(text: string, before = ""): [string, ...string[]] {
  const [first = "", ...others] = text.split(", ").map((each) => before + each);
  return [first, ...others];
}

export const countries: readonly [Country, ...Country[]] = [
  {
    code: "GB",
    name: "United Kingdom",
    given: parted("Folasade, Miles, Rhiannon, Callum, Priya, Imogen"),
    family: parted("Adebayo, Carver, Llewellyn, Okafor, Fairweather, Singh"),
    beginnings: parted("Hart, Fair, Wood, Black, Green, Ash, Thorn, Brad, Lang, Win, Stan, Whit, Kings, Nor, Cart"),
    endings: parted("ley, ton, worth, field, well, more, ford, wick, bourne, stead, by, ridge, cott, ham, shaw"),
    trades: parted("Ceramics, & Daughters, Press, Gardens Ltd, Solicitors"),
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
    given: parted("Jörg, Käthe, Anneliese, Wolfgang, Zeynep, Maximilian"),
    family: parted("Müller, Größl, von der Heide, Brandt, Yıldız, Weiß"),
    beginnings: parted(
      "Stein, Berg, Wald, Klein, Groß, Lauter, Eichen, Rosen, Neu, Schön, Öster, Buch, Mühl, Kreuz, Linden",
    ),
    endings: parted(
      "mann, bauer, hofer, meier, müller, berger, felder, wälder, brück, heimer, städter, reuter, hauser, bacher, eder",
    ),
    trades: parted("Holzbau GmbH, Kanzlei, Bäckerei KG, Bürobedarf GmbH, Gärten"),
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
    given: parted("Anaïs, Théo, Françoise, Hervé, Maëlle"),
    family: parted("Lefèvre, d'Arcy, Benoît, Nguyễn, Garçon"),
    beginnings: parted("Beau, Mont, Font, Clair, Val, Char, Du, Le, Bel, Roche, Haut, Bois, Grand, Pré, Fleur"),
    endings: parted(
      "champ, mont, court, ville, vallée, rivière, fort, lieu, marchand, pont, marais, chêne, breton, noël, roux",
    ),
    trades: parted("SARL, Librairie, Étude notariale, Ateliers, & Fils"),
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
    given: parted("María José, Íñigo, Begoña, Ángel"),
    family: parted("Núñez Ortega, de la Cruz, Peña, Ibáñez"),
    beginnings: parted("Núñez, García, Peña, Ibáñez, Ruiz, Vázquez, Ortega, Íñiguez, Muñoz, León, Suárez, Giménez"),
    endings: parted(
      "de la Cruz, Olivares, Cañas, Moreno, Peñalver, Castaño, Rubio, Domínguez, Gallego, Serrano, Prieto, Ordóñez",
      " ",
    ),
    trades: parted("S.L., Talleres, Hermanos, Bodegas, Asesores"),
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
    given: parted("Łukasz, Małgorzata, Żaneta, Stanisław"),
    family: parted("Dąbrowski, Wiśniewska, Król, Zając"),
    beginnings: parted(
      "Kowal, Wiśniew, Dąbrow, Lewandow, Kamień, Zieleń, Szymań, Kozłow, Jankow, Mazur, Krawczyń, Piotrow, Grabow, Pawłow, Źródł",
    ),
    endings: parted("ski, czyk, icz, ek, owicz, ński, ak, ewicz"),
    trades: parted("sp. z o.o., Księgarnia, i Synowie, Meble, Kancelaria"),
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
    given: parted("Aaliyah, Wyatt, Guadalupe, Noah"),
    family: parted("O'Connor, Washington, Nakamura, Lopez"),
    beginnings: parted(
      "Harris, Jack, Robin, Ander, Peter, Thomp, William, John, Rich, Gold, Silver, Stone, Wash, Free, Lind",
    ),
    endings: parted("son, ston, sen, man, ner, field, ard, berg, stein, worth, land, well, low, ton, ington"),
    trades: parted("Logistics LLC, Dental, Realty Inc., Bakery, & Co."),
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

/** The fields that a column of a list of orders can go to, and what such columns are called in eight languages. */
import { type SubjectField } from "~/features/pipeline/subject";

function field(id: string, label: string, words: string, more: Partial<SubjectField> = {}): SubjectField {
  return { id, label, many: false, words: words.split(", "), ...more };
}

const id = { onlyNamed: true, anyText: true } as const;
const amount = { onlyNamed: true } as const;

export const orderFields: readonly SubjectField[] = [
  field(
    "id",
    "The source's own ID",
    "id, order id, orderid, bestell id, auftrags id, id de commande, id commande, id de pedido, id pedido, id ordine, bestelling id, order identifier, id zamowienia, id encomenda",
    id,
  ),
  field(
    "number",
    "Order number, as customers see it",
    "name, order name, order, order number, order no, number, bestellnummer, auftragsnummer, bestellung, auftrag, numero de commande, commande, n de commande, numero de pedido, pedido, numero ordine, ordine, bestelnummer, ordernummer, bestelling, numer zamowienia, zamowienie, numero da encomenda, encomenda, numero do pedido",
    id,
  ),
  field(
    "orderNumber",
    "Order number, bare",
    "bare order number, sequential number, order sequence, laufende nummer",
    id,
  ),
  field("orderKey", "Order key", "order key, orderkey, bestellschlussel, cle de commande, clave de pedido", id),
  field(
    "confirmation",
    "Confirmation number",
    "confirmation, confirmation number, confirmation code, bestatigungsnummer, numero de confirmation, numero de confirmacion, numero di conferma, bevestigingsnummer",
    id,
  ),
  field(
    "checkoutToken",
    "Checkout token",
    "checkout token, checkout id, checkout, kassen token, jeton de paiement",
    id,
  ),
  field("cartToken", "Cart token", "cart token, cart id, cart, warenkorb id, jeton du panier", id),
  field(
    "paymentRef",
    "Payment reference",
    "payment reference, payment references, payment id, payment ref, transaction id, transaction reference, zahlungsreferenz, transaktions id, reference de paiement, id de transaction, referencia de pago, riferimento pagamento, betalingskenmerk",
    id,
  ),
  field(
    "placedAt",
    "Ordered at",
    "created at, order date, date, ordered at, placed at, date created, created, date created gmt, order created, bestelldatum, auftragsdatum, bestellt am, datum, date de commande, date de la commande, fecha del pedido, fecha de pedido, fecha, data ordine, data dell ordine, besteldatum, orderdatum, data zamowienia, data da encomenda, data do pedido",
    { onlyNamed: true },
  ),
  field(
    "currency",
    "Currency",
    "currency, currency code, order currency, wahrung, waehrung, wahrungscode, devise, monnaie, moneda, divisa, valuta, waluta, moeda",
    {
      resembles: { is: (value) => /^[A-Z]{3}$/.test(value.trim()), plural: "currency codes", enough: 0.9 },
      onlyNamed: true,
    },
  ),
  field(
    "total",
    "Total, with tax and shipping",
    "total, order total, grand total, total amount, amount, total price, order total amount, gesamt, gesamtbetrag, gesamtsumme, summe, bestellsumme, betrag, montant total, total ttc, montant, importe total, importe, totale, totale ordine, totaal, totaalbedrag, bedrag, suma, kwota, razem, valor total, valor",
    amount,
  ),
  field(
    "tax",
    "Tax",
    "tax, taxes, tax amount, total tax, tax total, order tax, vat, vat amount, steuer, steuern, mwst, mehrwertsteuer, umsatzsteuer, ust, taxe, tva, impuesto, impuestos, iva, btw, belasting, podatek, imposto",
    amount,
  ),
  field(
    "shipping",
    "Shipping",
    "shipping, shipping total, shipping amount, shipping cost, shipping costs, order shipping, delivery, delivery cost, postage, versand, versandkosten, lieferkosten, livraison, frais de livraison, frais de port, envio, gastos de envio, spedizione, spese di spedizione, verzending, verzendkosten, wysylka, koszt wysylki, portes, frete",
    amount,
  ),
  field(
    "discount",
    "Discount",
    "discount, discounts, discount amount, discount total, total discount, total discounts, cart discount, rabatt, nachlass, remise, reduction, descuento, sconto, korting, rabat, desconto",
    amount,
  ),
  field(
    "giftCard",
    "Paid with gift cards",
    "gift card, gift cards, gift card amount, gift card total, gutschein, geschenkkarte, geschenkgutschein, carte cadeau, tarjeta regalo, carta regalo, cadeaubon, cadeaukaart, karta podarunkowa, cartao presente",
    amount,
  ),
  field(
    "refunded",
    "Refunded",
    "refunded, refund, refunded amount, refund amount, refunds, total refunded, refund total, erstattet, erstattung, ruckerstattung, rembourse, remboursement, reembolsado, reembolso, rimborsato, rimborso, terugbetaald, terugbetaling, zwrot, zwrocono, reembolsado total",
    amount,
  ),
  field(
    "lines",
    "Number of lines",
    "lines, line count, number of lines, positionen, anzahl positionen, lignes, nombre de lignes, lineas, righe, regels, pozycje, linhas",
    amount,
  ),
  field(
    "paymentMethod",
    "Payment method",
    "payment method, payment method title, payment gateway, gateway, payment, zahlungsart, zahlungsmethode, zahlungsweise, moyen de paiement, mode de paiement, metodo de pago, forma de pago, metodo di pagamento, betaalmethode, betaalwijze, metoda platnosci, metodo de pagamento",
    { onlyNamed: true, anyText: true },
  ),
  field(
    "channel",
    "Where it was sold",
    "channel, sales channel, source, source name, created via, vertriebskanal, verkaufskanal, kanal, canal, canal de vente, canal de venta, canale, canale di vendita, verkoopkanaal, kanaal, kanal sprzedazy, canal de vendas",
    { onlyNamed: true, anyText: true },
  ),
  field(
    "standing",
    "Whether it was a sale",
    "standing, status, order status, financial status, bestellstatus, zahlungsstatus, statut, etat, etat de la commande, estado, estado del pedido, stato, stato ordine, bestelstatus, status zamowienia, estado da encomenda",
    { onlyNamed: true, anyText: true },
  ),
  field(
    "shop",
    "Shop",
    "shop, shop name, store, store name, webshop, onlineshop, laden, geschaft, boutique, magasin, tienda, negozio, winkel, sklep, loja",
    { onlyNamed: true, anyText: true },
  ),
];

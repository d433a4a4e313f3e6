import type { ComponentPlan } from './plan'

function part(product: string, component: string, things: string): ComponentPlan {
  return { product, component, things: things.split(', ') }
}

export const WEB_COMPONENTS: readonly ComponentPlan[] = [
  part(
    'Shop',
    'Product page',
    'size guide, product gallery, stock display, delivery date, product rating, comparison table, care label, price history',
  ),
  part(
    'Shop',
    'Search',
    'search suggestions, filter panel, result sorting, category tree, synonym list, recently viewed list, empty result page',
  ),
  part('Shop', 'Landing pages', 'season teaser, gift guide, store finder, brand page, newsletter form, sale countdown'),
  part('Checkout', 'Basket', 'basket, voucher field, free delivery bar, wish list, bundle discount, saved basket'),
  part('Checkout', 'Address', 'address form, parcel locker picker, company invoice option, address check, delivery note, guest checkout'),
  part('Checkout', 'Order', 'order summary, order confirmation, one-page checkout, gift wrapping option, order e-mail, return label'),
  part(
    'Account',
    'Customer account',
    'order history, sign-in page, password reset, loyalty account, address book, newsletter page, data export',
  ),
]

export const MOBILE_COMPONENTS: readonly ComponentPlan[] = [
  part('iOS app', 'Home', 'home feed, season story, personal selection, offline banner, first-run tour'),
  part('iOS app', 'Shopping', 'barcode scanner, product page, image search, basket, wish list, size helper'),
  part('iOS app', 'Wallet', 'Apple Pay sheet, loyalty card, voucher wallet, receipt list'),
  part('Android app', 'Home', 'home feed, widget, personal selection, deep link, first-run tour'),
  part('Android app', 'Shopping', 'barcode scanner, product page, image search, basket, wish list, size helper'),
  part('Android app', 'Wallet', 'Google Pay sheet, loyalty card, voucher wallet, receipt list'),
  part('App platform', 'Messaging', 'push message, order tracking screen, back-in-stock alert, in-app chat, consent screen'),
]

export const PAYMENT_COMPONENTS: readonly ComponentPlan[] = [
  part('Payments', 'Card payments', 'card form, 3-D Secure step, card vault, card refund, authorisation retry, network token'),
  part('Payments', 'Invoice and instalments', 'pay-later offer, credit check, instalment plan, dunning letter, invoice PDF'),
  part('Payments', 'Wallets', 'PayPal button, Apple Pay session, Google Pay session, gift card balance'),
  part('Risk', 'Fraud screening', 'fraud rule set, device fingerprint, chargeback import, review desk, velocity check, blocklist'),
  part('Ledger', 'Settlement', 'settlement file, payout report, tax split, currency conversion, bank reconciliation, refund ledger'),
  part('Ledger', 'Reporting', 'revenue report, audit trail, month-end close, payment dashboard'),
]

const GOODS =
  'a rain jacket, a pair of hiking boots, a family tent, a sleeping bag, a camping stove, a climbing harness, a child carrier, a head torch'

export const CARE_COMPONENTS: readonly ComponentPlan[] = [
  part('Orders', 'Delivery', GOODS),
  part('Orders', 'Returns', GOODS),
  part('Orders', 'Refunds', GOODS),
  part('Account', 'Sign-in', 'password, two-step code, e-mail address, loyalty account, newsletter'),
  part('Payments', 'Invoices', GOODS),
  part('Products', 'Advice', GOODS),
]

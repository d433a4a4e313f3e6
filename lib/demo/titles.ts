import type { Rng } from '@/lib/stats/rng'

/** Patterns by tracker type: `*` stands for the thing, `{list}` for one of a list. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  Story: [
    'Show the * {place}',
    'Simplify the * for {who}',
    'Offer the * to {who}',
    'Translate the * for {market}',
    'Try a shorter * with {who}',
    'Make the * work without an account',
    'Remember the * between visits',
    'Let {who} change the * {place}',
    'New look for the * {place}',
    'Explain the * to {who}',
  ],
  Bug: [
    'The * is empty {when}',
    'The * shows the wrong amount {when}',
    'The * does not load {when}',
    'The * freezes {when}',
    'Error 500 from the * {when}',
    'The * appears twice {when}',
    'Texts of the * are cut off {when}',
    'Back button loses the * {when}',
  ],
  Vulnerability: [
    'Vulnerable dependency behind the *',
    'Rotate the credentials of the *',
    'Limit who may read the * {place}',
    'Pen-test finding: the * accepts very long input',
    'Rate limit for the * {when}',
    'Log access to the * for {market}',
  ],
  'Tech debt': [
    'Split the * out of the monolith',
    'Remove dead code from the *',
    'Contract tests for the * {place}',
    'Upgrade the framework behind the *',
    'Replace the home-made cache of the *',
    'One data model for the * in {market}',
    'Delete the old * for {who}',
  ],
  Task: [
    'Prepare test data for the * in {market}',
    'Tag the * for analytics {place}',
    'Interview {who} about the *',
    'Check accessibility of the * {place}',
    'Release notes for the * in {market}',
  ],
  'Incident/Delivery': [
    'Parcel with * is lost {in}',
    '* arrived damaged {in}',
    'Wrong colour of * delivered {in}',
    'Tracking of * has not moved {since}',
  ],
  'Incident/Returns': [
    'Return of * was not booked {since}',
    'Return label for * cannot be printed {in}',
    '* came back to the customer {in}',
  ],
  'Incident/Refunds': ['Refund for * has not arrived {since}', 'Refund for * is too low {in}', '* was charged twice {in}'],
  'Incident/Sign-in': ['Customer cannot change the * {since}', 'Problem with the * {in}', 'The * is not accepted {since}'],
  'Incident/Invoices': [
    'Invoice for * shows the wrong address {in}',
    'Invoice for * is missing {since}',
    'Reminder for * although it is paid {in}',
  ],
  'Incident/Advice': ['Seam of * came apart {after}', 'Zip of * broke {after}', '* leaks {after}'],
  'Service request': [
    'Change the delivery address of * {in}',
    'Invoice copy for * {in}',
    'Exchange * for another size {in}',
    'Deliver * on another day {in}',
  ],
  Question: [
    'Does * suit a week {trip}?',
    'When is * back in stock {in}?',
    'Can * be repaired {in}?',
    'Is * covered by the warranty {after}?',
  ],
  'Service request/Sign-in': ['Change the * of an account {in}', 'Delete the * of an account {in}'],
  'Question/Sign-in': ['How to change the * {in}?', 'Who can see the * {in}?'],
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  place: [
    'on the start page',
    'in the account',
    'in the order e-mail',
    'on small screens',
    'in dark mode',
    'in the German shop',
    'in the partner portal',
    'at first visit',
  ],
  who: ['new customers', 'returning customers', 'club members', 'business customers', 'store staff', 'guests', 'students', 'families'],
  market: ['Austria', 'France', 'the Netherlands', 'Poland', 'Sweden', 'Switzerland', 'Denmark', 'the United States'],
  when: [
    'after sign-in',
    'for guest orders',
    'when the basket is empty',
    'on a slow connection',
    'in Safari',
    'after midnight',
    'with two vouchers',
    'for orders from Switzerland',
    'after an update',
    'when the session expires',
  ],
  in: [
    'in Berlin',
    'in Munich',
    'in Hamburg',
    'in Vienna',
    'in Zurich',
    'in Cologne',
    'in Paris',
    'in Amsterdam',
    'in Leipzig',
    'in Bremen',
    'in Graz',
  ],
  since: ['for two days', 'for a week', 'for ten days', 'since Monday', 'since yesterday', 'since the last update'],
  after: ['after one month', 'after the first use', 'after a rainy week', 'after a fall', 'after washing', 'after two years'],
  trip: ['in the Alps', 'in Norway', 'on the coast', 'in the rain', 'with children', 'by bike', 'above 3,000 m', 'in Iceland'],
}

const SLOTS = /\{(\w+)\}/g

/** A believable title: a pattern of the type (or of type and component) with the thing and its surroundings filled in. */
export function itemTitle(type: string, component: string, thing: string, rng: Rng): string {
  const pattern = rng.pick(PATTERNS[`${type}/${component}`] ?? PATTERNS[type] ?? ['*'])
  const title = pattern.replace(SLOTS, (_, list: string) => rng.pick(WORDS[list] ?? [list])).replace('*', thing)
  return title.charAt(0).toUpperCase() + title.slice(1)
}

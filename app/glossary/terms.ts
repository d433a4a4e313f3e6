/** A word that several metrics use, in a sentence. */
interface Term {
  readonly name: string
  readonly meaning: string
}

interface TermList {
  /** Anchor, after `param-`. */
  readonly name: string
  readonly title: string
  readonly lead: string
  readonly terms: readonly Term[]
}

/** Values of the shared parameters, said once for all metrics (definitions §2, §3, §12). */
export const TERM_LISTS: readonly TermList[] = [
  {
    name: 'span',
    title: 'Spans: from when to when an item is timed',
    lead: 'A span begins when an item first enters its stage or any later one, so an item that skips the stage begins where it comes in. It ends with the finish. A stream may name further spans, each between two of its stages; customer lead time is one, from requested to delivered.',
    terms: [
      { name: 'lead', meaning: 'Lead time, from the creation of the item.' },
      {
        name: 'flow',
        meaning: 'Flow time, from the stage in which the stream commits to the work. This is what holds when nothing is asked for.',
      },
      {
        name: 'cycle',
        meaning: 'Cycle time, from the stage in which the work starts: the first active one, if the stream names no other.',
      },
    ],
  },
  {
    name: 'unit',
    title: 'Units: how days are counted',
    lead: 'Days are local days of the value stream’s time zone, counted by date and never by 24 hours, so that daylight saving shifts nothing.',
    terms: [
      { name: 'days', meaning: 'Calendar days with the first and the last included: started and finished on the same day is 1.' },
      { name: 'elapsed', meaning: 'From instant to instant, in fractional days of 86,400 seconds.' },
      { name: 'workdays', meaning: 'As days, but weekends and holidays of the stream’s calendar are left out.' },
    ],
  },
  {
    name: 'policy',
    title: 'Policies: what counts when an item moves back',
    lead: 'Most items never do. Answers say how many depend on the choice.',
    terms: [
      { name: 'first_start_last_finish', meaning: 'From the first start to the last finish: what the customer waited.' },
      { name: 'last_start_last_finish', meaning: 'From the last start to the last finish: earlier attempts are forgotten.' },
      { name: 'sum_of_visits', meaning: 'Only the time inside the span, added up over all visits; always elapsed.' },
    ],
  },
  {
    name: 'rule',
    title: 'Slice rules: which value of a changing dimension counts',
    lead: 'Team, type, goal and every other dimension may change during an item’s life. Under the first three rules slices add up to the whole.',
    terms: [
      {
        name: 'as_of',
        meaning: 'The value it had on the day that is looked at. Default for levels: work in progress, age, cumulative flow.',
      },
      { name: 'at_finish', meaning: 'The value it had when it finished. Default for finished items: throughput, spans, distribution.' },
      { name: 'current', meaning: 'The value it has now. This restates history: moving a team’s items moves its past, too.' },
      { name: 'ever', meaning: 'Any value it had inside the window. Slices overlap, so they do not add up.' },
    ],
  },
  {
    name: 'grain',
    title: 'Periods',
    lead: 'Weeks are ISO weeks and begin on Monday. A period that the window cuts off is marked as partial.',
    terms: [{ name: 'day, week, month, quarter, year', meaning: 'The length of a period.' }],
  },
]

import type { Verification } from '@/lib/metrics/verify/verify'

type AreaName = Verification['checks'][number]['area']

/** What is looked at, in the order in which it is checked. */
export const AREAS: readonly { readonly name: AreaName; readonly title: string; readonly meaning: string }[] = [
  { name: 'files', title: 'Files', meaning: 'each is byte for byte the one that was published, with as many rows as the manifest says' },
  {
    name: 'tables',
    title: 'Tables',
    meaning: 'intervals do not overlap, spans nest, levels and flows balance, lines of the cumulative flow never fall or cross',
  },
  {
    name: 'recount',
    title: 'Recount',
    meaning:
      'plain loops follow each item through the raw history and share no code with the queries; every row of every table and the figures of each stream must come out the same',
  },
  {
    name: 'answers',
    title: 'Answers',
    meaning: 'slices add up to the whole, windows add up, work in progress follows from its flows, items behind a number count to it',
  },
]

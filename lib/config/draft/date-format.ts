/** How a column writes its times; `mixed`: dates, but not all in one way. */
export type DateReading =
  | { readonly kind: 'none' | 'mixed' }
  /** ISO 8601: needs no format. */
  | { readonly kind: 'iso'; readonly hasTime: boolean; readonly hasOffset: boolean }
  | { readonly kind: 'format'; readonly format: string; readonly hasTime: boolean; readonly hasOffset: boolean }
  /** Two numbers, each of which may be the day or the month. */
  | {
      readonly kind: 'open'
      readonly dayFirst: string
      readonly monthFirst: string
      readonly hasTime: boolean
      readonly hasOffset: boolean
    }

/** strptime pieces of one text; in `date`, D and M stand for numbers of which one is the day, N for the name of a month. */
interface Shape {
  readonly date: string
  readonly time: string
  readonly monthName?: string
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:([T ])\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?( ?(?:Z|z|[+-]\d{2}(?::?\d{2})?))?)?$/
const TIME = /^(,? |T)(\d{1,2}):\d{2}(:\d{2})?(\.\d{1,6})?( ?)([AaPp][Mm])?( ?)(Z|[+-]\d{2}:?\d{2})?$/
const YEAR_FIRST = /^\d{4}([/.])\d{1,2}[/.]\d{1,2}/
const NUMBERS = /^\d{1,2}([./-])\d{1,2}\1(\d{4}|\d{2})(?!\d)/
const NAMED_MONTH = /^\d{1,2}([ ./-])(\p{L}{3,9})\1(\d{4}|\d{2})(?!\d)/u
const NAMED_MONTH_FIRST = /^(\p{L}{3,9}) \d{1,2}(,?) (\d{4})(?!\d)/u
const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const SHORT_MONTH = 3

/** How the values of a column write dates or times. */
export function readDates(values: readonly string[]): DateReading {
  const iso = values.flatMap((value) => {
    const match = ISO.exec(value)
    return match ? [match] : []
  })
  if (values.length && iso.length === values.length) {
    return { kind: 'iso', hasTime: iso.some((match) => match[1]), hasOffset: iso.some((match) => match[2]) }
  }
  const shapes = values.flatMap((value) => shapeOf(value) ?? [])
  if (!values.length || shapes.length + iso.length < values.length / 2) return { kind: 'none' }
  const [first] = shapes
  const kinds = new Set(shapes.map((shape) => shape.date + shape.time))
  return first && shapes.length === values.length && kinds.size === 1 ? reading(first, shapes) : { kind: 'mixed' }
}

function reading(shape: Shape, shapes: readonly Shape[]): DateReading {
  const isLong = shapes.some((other) => (other.monthName?.length ?? 0) > SHORT_MONTH)
  const rest = { hasTime: shape.time !== '', hasOffset: shape.time.includes('%z') }
  const put = (first: string, second: string) =>
    shape.date
      .replace('N', isLong ? '%B' : '%b')
      .replace('D', first)
      .replace('M', second) + shape.time
  if (!shape.date.startsWith('D')) return { kind: 'format', format: put('', ''), ...rest }
  return { kind: 'open', dayFirst: put('%d', '%m'), monthFirst: put('%m', '%d'), ...rest }
}

function shapeOf(value: string): Shape | undefined {
  const found = dateShape(value)
  if (!found) return undefined
  const time = timeShape(value.slice(found.length))
  return time === undefined ? undefined : { ...found.shape, time }
}

function dateShape(value: string): { length: number; shape: Omit<Shape, 'time'> } | undefined {
  const yearFirst = YEAR_FIRST.exec(value)
  if (yearFirst) return { length: yearFirst[0].length, shape: { date: ['%Y', '%m', '%d'].join(yearFirst[1]) } }
  const numbers = NUMBERS.exec(value)
  if (numbers) return { length: numbers[0].length, shape: { date: ['D', 'M', yearOf(numbers[2])].join(numbers[1]) } }
  const named = NAMED_MONTH.exec(value)
  if (named && isMonth(named[2])) {
    return { length: named[0].length, shape: { date: ['%d', 'N', yearOf(named[3])].join(named[1]), monthName: named[2] } }
  }
  const monthFirst = NAMED_MONTH_FIRST.exec(value)
  if (!monthFirst || !isMonth(monthFirst[1])) return undefined
  return { length: monthFirst[0].length, shape: { date: `N %d${monthFirst[2]} %Y`, monthName: monthFirst[1] } }
}

/** strptime format of what follows the date: nothing, or a time of day. */
function timeShape(rest: string): string | undefined {
  if (rest === '') return ''
  const match = TIME.exec(rest)
  if (!match) return undefined
  const [, before = '', , seconds, fraction, space = '', half, gap = '', offset] = match
  const clock = `${half ? '%I' : '%H'}:%M${seconds ? ':%S' : ''}${fraction ? '.%f' : ''}`
  return `${before}${clock}${half ? `${space}%p` : ''}${offset ? `${half ? '' : space}${gap}%z` : ''}`
}

function isMonth(name: string | undefined): boolean {
  const lower = name?.toLowerCase() ?? ''
  return MONTHS.some((month) => month === lower || month.slice(0, SHORT_MONTH) === lower)
}

function yearOf(digits: string | undefined): string {
  return digits?.length === 2 ? '%y' : '%Y'
}

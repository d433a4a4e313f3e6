import { Problem, showValue } from '@/lib/problem'

/** How an answer may be written, with its media type. */
export const MEDIA_TYPES = {
  arrow: 'application/vnd.apache.arrow.stream',
  json: 'application/json',
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
} as const
export type AnswerFormat = keyof typeof MEDIA_TYPES

const FORMATS = Object.keys(MEDIA_TYPES) as AnswerFormat[]

interface Wish {
  readonly name: string
  readonly quality: number
}

/** `format=` beats Accept; without either Arrow. @throws Problem `unknown-format` (400), `not-acceptable` (406) */
export function chooseFormat(asked: string | null, accept: string | null): AnswerFormat {
  if (asked !== null) {
    const format = FORMATS.find((name) => name === asked)
    if (format) return format
    throw new Problem('unknown-format', 'There is no such format', {
      faults: [{ where: 'format', message: 'is not one of the allowed values', value: showValue(asked), allowed: FORMATS }],
    })
  }
  for (const { name } of wishes(accept ?? '*/*')) {
    const format = FORMATS.find((candidate) => accepts(name, MEDIA_TYPES[candidate]))
    if (format) return format
  }
  throw new Problem('not-acceptable', 'There is no answer in a format that the request accepts', {
    status: 406,
    faults: [{ where: 'Accept', message: 'names no format that there is', value: showValue(accept), allowed: Object.values(MEDIA_TYPES) }],
  })
}

function accepts(wished: string, type: string): boolean {
  return wished === '*/*' || wished === type || wished === `${type.split('/')[0]}/*`
}

/** The parts of an Accept header by falling quality; what is refused (q=0) is left out. */
function wishes(header: string): Wish[] {
  return header
    .split(',')
    .map((part): Wish => {
      const [name = '', ...options] = part.split(';').map((text) => text.trim().toLowerCase())
      const quality = options.find((option) => option.startsWith('q='))?.slice(2)
      return { name, quality: quality === undefined ? 1 : Number(quality) || 0 }
    })
    .filter((wish) => wish.name !== '' && wish.quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
}

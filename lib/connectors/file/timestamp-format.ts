/** What DuckDB's strptime reads; these may also stand with `-` (no padding). */
const UNPADDABLE = ['d', 'm', 'y', 'H', 'I', 'M', 'S', 'j']
const OTHERS = ['a', 'A', 'w', 'u', 'b', 'h', 'B', 'Y', 'G', 'p', 'g', 'f', 'n', 'z', 'Z', 'U', 'W', 'V', 'c', 'x', 'X', 'T', '%']
const YEARS = ['y', 'Y']
const MONTHS = ['m', 'b', 'h', 'B']

/** What is wrong with a strptime format, in words; `undefined` when it names a day without doubt. */
export function formatFault(format: string): string | undefined {
  const parts = [...format.matchAll(/%(-?)(.?)/gu)].map((match) => ({ bare: match[1] === '-', letter: match[2] ?? '' }))
  for (const { bare, letter } of parts) {
    const known = UNPADDABLE.includes(letter) || (!bare && OTHERS.includes(letter))
    if (!known) return `%${bare ? '-' : ''}${letter} is no part of a strptime format; write e.g. %d/%m/%Y %H:%M`
  }
  const letters = parts.map((part) => part.letter)
  if (letters.includes('c') || letters.includes('x')) return undefined
  const hasDay = letters.includes('j') || (letters.includes('d') && letters.some((letter) => MONTHS.includes(letter)))
  if (!hasDay || !letters.some((letter) => YEARS.includes(letter))) return 'must hold a year (%Y), a month (%m or %b) and a day (%d)'
  if (letters.includes('I') && !letters.includes('p')) return '%I counts twelve hours and needs %p (AM or PM)'
  return undefined
}

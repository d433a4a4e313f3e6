const CAMEL = /(\p{Ll}|\p{N})(\p{Lu})/gu

/** A name as lower-case words: `sysUpdated_at` → sys, updated, at. */
export function wordsOf(name: string): string[] {
  return name
    .replace(CAMEL, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** How well a name fits a list of wordings, best first: whole name, last word, any word; 0 for none. */
export function nameFit(name: string, wordings: readonly string[]): number {
  const words = wordsOf(name)
  const whole = wordings.indexOf(words.join(' '))
  if (whole >= 0) return 3 - whole / wordings.length / 2
  const last = wordings.indexOf(words.at(-1) ?? '')
  if (last >= 0) return 2 - last / wordings.length / 2
  const any = words.map((word) => wordings.indexOf(word)).filter((index) => index >= 0)
  return any.length ? 1 - Math.min(...any) / wordings.length / 2 : 0
}

/** An id for an address, made from a name; `fallback` when nothing of it can stand there. Never one of `taken`. */
export function slug(name: string, fallback: string, taken: readonly string[]): string {
  const base = wordsOf(name).join('-').slice(0, 60).replace(/-+$/, '') || fallback
  let id = base
  for (let count = 2; taken.includes(id); count++) id = `${base}-${count}`
  return id
}

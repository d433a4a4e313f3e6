/** A statement without its texts: `'…'` becomes `''`, comments and line breaks become blanks. */
export function bareStatement(text: string): string {
  return text
    .replace(/--[^\n]*/g, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\s+/g, ' ')
}

/** One SELECT with everything at its own level; what stands in brackets inside is `(…)` in `own`. */
export interface Select {
  readonly own: string
  /** Everything from its bracket to the end of it, deeper levels too. */
  readonly whole: string
  /** What stands right before its bracket. */
  readonly before: string
  /** The SELECT around it. */
  readonly outer?: Select
}

/** All SELECTs of a statement, those in brackets and the two sides of a UNION each by itself. */
export function selectsOf(bare: string): Select[] {
  const found: Select[] = []
  const visit = (text: string, before: string, outer: Select | undefined) => {
    const { own, inner } = splitLevel(text)
    const parts = own.split(/\b(?:UNION(?: ALL)?|EXCEPT|INTERSECT)\b/i)
    let select: Select | undefined
    for (const part of parts) {
      if (!/\bSELECT\b/i.test(part)) continue
      select = { own: part, whole: text, before, outer }
      found.push(select)
    }
    for (const one of inner) visit(one.text, one.before, select ?? outer)
  }
  visit(bare, '', undefined)
  return found
}

function splitLevel(text: string): { own: string; inner: { text: string; before: string }[] } {
  const inner: { text: string; before: string }[] = []
  let own = ''
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '(' && depth++ === 0) start = at + 1
    if (character === ')' && --depth === 0) {
      const piece = text.slice(start, at)
      inner.push({ text: piece, before: own.slice(-80) })
      own += /^\s*(SELECT|WITH)\b/i.test(piece) ? '(SELECT…' : `(${piece.replace(/\bSELECT\b[\s\S]*/i, '…')}`
    }
    if (depth === 0) own += character
  }
  return { own, inner }
}

import { Lexer } from 'yaml'

/** Levels of maps and lists; the parser recurses, and a stack that overflows inside it can end the process. */
const DEEPEST = 100

/** Whether no part of a YAML text is nested deeper than any sensible configuration. */
export function nestingIsBounded(text: string): boolean {
  const columns: number[] = []
  let column = 0
  let flow = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1)
    else if (token === '\n' || token === '\r\n') column = 0
    if (flow === 0 && /\S/.test(token)) enter(columns, column)
    if (flow + columns.length > DEEPEST) return false
    if (!token.endsWith('\n')) column += token.length
  }
  return true
}

/** Keeps the columns at which the blocks around this place began. */
function enter(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) > column) columns.pop()
  if ((columns.at(-1) ?? -1) < column) columns.push(column)
}

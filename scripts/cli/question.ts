import { misuse } from './terminal'

export interface Question {
  readonly metric: string
  /** As in an address: a parameter that is repeated is a list. */
  readonly params: Readonly<Record<string, string>>
}

/** `METRIC --param value --other=value` → a question, in any order. @throws Problem `usage` */
export function readQuestion(words: readonly string[]): Question {
  const names: string[] = []
  const given = new Map<string, string[]>()
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const option = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word)
    if (!option) {
      if (word.startsWith('-') && word.length > 1) throw misuse(word, 'is no option: parameters are written --name value')
      names.push(word)
      continue
    }
    const [, name = '', attached] = option
    const value = attached ?? words[++index]
    if (value === undefined || (attached === undefined && value.startsWith('--'))) throw misuse(`--${name}`, 'needs a value')
    given.set(name, [...(given.get(name) ?? []), value])
  }
  const [metric, ...more] = names
  if (metric === undefined) throw misuse('METRIC', 'is missing: "streamgauge metrics" lists them')
  if (more.length) throw misuse('METRIC', `one at a time, not also ${more.map((name) => `"${name}"`).join(', ')}`)
  return { metric, params: Object.fromEntries([...given].map(([name, values]) => [name, values.join(',')])) }
}

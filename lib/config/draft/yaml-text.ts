const PLAIN = /^\p{L}(?:[\p{L}\p{N}_./ -]*[\p{L}\p{N}_])?$/u
const MEANS_MORE = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu

/** A text as a YAML value that means just this text, also inside `[]` and `{}`. */
export function scalar(text: string): string {
  if (PLAIN.test(text) && !MEANS_MORE.test(text)) return text
  if (!/['\\\p{Cc}\u2028\u2029\ufeff\ud800-\udfff]/u.test(text)) return `'${text}'`
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function flowList(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`
}

export function flowMap(entries: Readonly<Record<string, string>>): string {
  return `{${Object.entries(entries)
    .map(([key, value]) => `${scalar(key)}: ${scalar(value)}`)
    .join(', ')}}`
}

/** A text as it may stand in a comment: on one line. */
export function comment(text: string): string {
  return text.replaceAll(CONTROL, ' ')
}

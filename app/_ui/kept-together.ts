/** The sentence in which no line ends between a number and the percent sign, day or item after it. */
export function keptTogether(sentence: string): string {
  return sentence.replaceAll(/(\d) (?=%|days?\b|items?\b)/g, '$1\u00a0')
}

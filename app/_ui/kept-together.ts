/** The sentence with its figures whole: no line ends between a number and what it counts. */
export function keptTogether(sentence: string): string {
  return sentence.replaceAll(/(\d) (?=%|days?\b|items?\b)/g, '$1\u00a0')
}

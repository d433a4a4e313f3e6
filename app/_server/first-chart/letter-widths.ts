import { setPlatformAPI } from 'echarts/core'

// Inter's letters from the blank to the tilde, in hundredths of their size.
const REGULAR =
  '28 29 47 63 64 98 64 30 36 36 50 66 29 46 29 36 63 41 61 62 65 59 62 57 62 62 29 30 66 66 66 51 97 69 65 73 72 60 59 75 74 27 57 67 57 90 75 76 64 76 64 64 65 74 69 99 68 68 63 36 36 36 47 46 32 56 61 57 61 58 37 61 59 24 24 55 24 88 59 60 61 61 38 53 33 59 56 82 55 56 55 43 33 43 66'
const BOLD =
  '25 32 52 64 65 100 66 33 37 37 54 67 32 47 32 38 66 42 62 64 67 61 64 58 64 64 32 33 67 67 67 54 100 73 66 74 72 61 59 75 75 28 58 70 57 92 76 77 65 77 65 65 66 74 73 102 72 71 65 37 38 37 48 47 35 57 62 58 62 59 39 63 61 26 26 57 26 90 61 61 62 62 40 55 35 61 59 84 57 59 57 45 36 45 67'
const [REGULAR_WIDTHS, BOLD_WIDTHS] = [REGULAR, BOLD].map((text) => text.split(' ').map(Number))
const FIRST_LETTER = 32
/** Of all other letters. */
const USUAL = 62

/** Width of a text in the page's font, px; the server has no letters to measure. @param font as CSS writes it: "600 12px inherit" */
function letterWidth(text: string, font: string): number {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)
  const widths = /\b(?:bold|[6-9]00)\b/.test(font) ? BOLD_WIDTHS : REGULAR_WIDTHS
  let sum = 0
  for (const letter of text) sum += widths?.[(letter.codePointAt(0) ?? 0) - FIRST_LETTER] ?? USUAL
  return (sum * size) / 100
}

/** From now on the drawing library places texts in this process as it does in a browser that has the font. */
export function measureLikeInter(): void {
  setPlatformAPI({ measureText: (text, font) => ({ width: letterWidth(text, font ?? '') }) })
}

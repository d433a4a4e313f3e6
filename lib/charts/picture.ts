import type { ChartTheme } from './theme'

/** A drawn chart and its place among the others of its panel, px. */
export interface PictureChart {
  readonly svg: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** What stands above it. */
  readonly caption?: string
}

export interface PictureText {
  readonly title: string
  /** unit · n · period · rule */
  readonly facts?: string
  readonly verdict?: string
  /** What was filtered, in words. */
  readonly filters: string
  readonly foot: string
}

export interface PictureKey {
  readonly color: string
  readonly label: string
}

export interface PictureInput {
  readonly text: PictureText
  readonly legend: readonly PictureKey[]
  readonly charts: readonly PictureChart[]
  readonly theme: ChartTheme
  /** Width of a text in px. */
  readonly measure: (text: string, size: number, bold: boolean) => number
  /** `@font-face` rules that the picture carries with it. */
  readonly fontFaces?: string
}

export interface Picture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

const PADDING = 24
const LEAST_WIDTH = 480
const NOTE = 12
const LINE = 1.45
const CAPTION_RISE = 4

/** Charts as seen, with everything around them that a reader needs to know, as one SVG that stands alone. */
export function pictureOf({ text, legend, charts, theme, measure, fontFaces = '' }: PictureInput): Picture {
  const { palette } = theme
  const inner = Math.max(LEAST_WIDTH, ...charts.map((chart) => chart.x + chart.width))
  const page = new Page(inner, theme, measure)
  page.write(text.title, { size: 16, bold: true, color: palette.text })
  page.write(text.facts, { size: NOTE, color: palette.textDim })
  page.write(text.verdict, { size: 14, color: palette.text, before: 8 })
  page.write(text.filters, { size: NOTE, color: palette.textDim, before: 4 })
  page.keys(legend)
  const top = page.y + 12
  for (const chart of charts) page.place(chart, top)
  page.y = top + Math.max(0, ...charts.map((chart) => chart.y + chart.height))
  page.write(text.foot, { size: NOTE, color: palette.textDim, before: 12 })
  const [width, height] = [inner + 2 * PADDING, Math.ceil(page.y + PADDING)]
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="${escaped(theme.fontFamily)}"><title>${escaped(text.title)}</title><desc>${escaped(text.filters)}</desc>` +
    `${fontFaces ? `<style>${fontFaces}</style>` : ''}<rect width="${width}" height="${height}" fill="${palette.surface}"/>${page.parts.join('')}</svg>`
  return { svg, width, height }
}

interface LineStyle {
  readonly size: number
  readonly color: string
  readonly bold?: boolean
  readonly before?: number
}

/** Text from top to bottom. */
class Page {
  readonly parts: string[] = []
  y = PADDING - 4

  constructor(
    private readonly inner: number,
    private readonly theme: ChartTheme,
    private readonly measure: PictureInput['measure'],
  ) {}

  write(text: string | undefined, { size, color, bold = false, before = 0 }: LineStyle): void {
    if (!text) return
    this.y += before
    for (const line of wrapped(text, this.inner, (part) => this.measure(part, size, bold))) {
      this.y += size * LINE
      this.parts.push(textAt(line, PADDING, this.y - size * 0.3, { size, color, bold }))
    }
  }

  keys(legend: readonly PictureKey[]): void {
    if (legend.length === 0) return
    this.y += 8 + NOTE * LINE
    let x = 0
    for (const { color, label } of legend) {
      const width = 14 + this.measure(label, NOTE, false) + 16
      if (x > 0 && x + width > this.inner) {
        x = 0
        this.y += NOTE * 1.6
      }
      this.parts.push(`<rect x="${PADDING + x}" y="${round(this.y - 11)}" width="10" height="10" rx="2" fill="${escaped(color)}"/>`)
      this.parts.push(textAt(label, PADDING + x + 14, this.y - 2, { size: NOTE, color: this.theme.palette.textDim }))
      x += width
    }
  }

  place(chart: PictureChart, top: number): void {
    const [x, y] = [PADDING + chart.x, top + chart.y]
    this.parts.push(plain(chart.svg).replace(/^[\s\S]*?<svg /, `<svg x="${round(x)}" y="${round(y)}" `))
    if (chart.caption)
      this.parts.push(textAt(chart.caption, x, y - CAPTION_RISE, { size: NOTE, color: this.theme.palette.text, bold: true }))
  }
}

function textAt(text: string, x: number, y: number, { size, color, bold }: LineStyle): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${bold ? ' font-weight="600"' : ''} fill="${color}">${escaped(text)}</text>`
}

/** Lines that fit; a word that is too long for one is broken. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line) lines.push(line)
    line = word
    while (measure(line) > width && line.length > 1) {
      let end = line.length - 1
      while (end > 1 && measure(line.slice(0, end)) > width) end--
      lines.push(line.slice(0, end))
      line = line.slice(end)
    }
  }
  return line ? [...lines, line] : lines
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return plain(text).replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
}

/** Without what XML has no place for. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to go
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

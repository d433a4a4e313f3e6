import type { ColorScheme, Palette } from './palette'
import { paletteOf } from './palette'

/** Font sizes in px: note, table, text, panel title, page title, headline figure. */
export const FONT_SIZES = { note: 12, table: 13, text: 14, title: 16, page: 20, figure: 28 } as const
export const FONT_FAMILY = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"

/** The product's tokens as charts use them. */
export interface ChartTheme {
  readonly scheme: ColorScheme
  readonly palette: Palette
  readonly fontFamily: string
}

export function chartTheme(scheme: ColorScheme, fontFamily = FONT_FAMILY): ChartTheme {
  return { scheme, palette: paletteOf(scheme), fontFamily }
}

/** CSS variables of a scheme, `--sg-…` → value: the same tokens for everything that is no chart. */
export function cssTokens(scheme: ColorScheme): Record<`--sg-${string}`, string> {
  const p = paletteOf(scheme)
  const [first, later] = [0, 2]
  const tokens: Record<`--sg-${string}`, string> = {
    '--sg-page': p.page,
    '--sg-surface': p.surface,
    '--sg-raised': p.raised,
    '--sg-line': p.line,
    '--sg-line-strong': p.lineStrong,
    '--sg-text': p.text,
    '--sg-text-dim': p.textDim,
    '--sg-faint': p.faint,
    '--sg-accent': p.accent,
    '--sg-on-accent': p.onAccent,
    '--sg-better': p.better,
    '--sg-worse': p.worse,
    '--sg-noise': p.noise,
    '--sg-queue': p.stages.queue[first] ?? p.rest,
    '--sg-queue-later': p.stages.queue[later] ?? p.rest,
    '--sg-active': p.stages.active[first] ?? p.rest,
    '--sg-active-later': p.stages.active[later] ?? p.rest,
    '--sg-done': p.stages.done[first] ?? p.rest,
    '--sg-feature': p.types.feature ?? p.rest,
    '--sg-defect': p.types.defect ?? p.rest,
    '--sg-debt': p.types.debt ?? p.rest,
  }
  return tokens
}

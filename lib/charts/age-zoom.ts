import type { Area } from './zoom'

/** Ages that are looked at, `[from, to)` in days. */
export interface AgeZoom {
  readonly from: number
  readonly to: number
}

/** The ages of an area; undefined when it says nothing of them. A whole number of days stands from half a day below to half a day above its place. */
export function ageZoomTo({ y }: Area): AgeZoom | undefined {
  if (!y) return undefined
  const from = Math.max(1, Math.floor(y[0] + 0.5))
  return { from, to: Math.max(Math.floor(y[1] + 0.5), from) + 1 }
}

/** The younger half of the ages, or twice as many; undefined: all of them again. */
export function ageZoomBy(step: 1 | -1, shown: AgeZoom, whole: AgeZoom): AgeZoom | undefined {
  const days = shown.to - shown.from
  const wanted = Math.max(1, step > 0 ? Math.ceil(days / 2) : days * 2)
  if (wanted >= whole.to - whole.from) return undefined
  const from = Math.max(whole.from, Math.min(shown.from, whole.to - wanted))
  return { from, to: from + wanted }
}

/** As an address has it: `20_61`. */
export function ageZoomText({ from, to }: AgeZoom): string {
  return `${from}_${to}`
}

/** Undefined for what says no ages. */
export function readAgeZoom(text: string): AgeZoom | undefined {
  const [, from, to] = /^(\d{1,6})_(\d{1,6})$/.exec(text) ?? []
  return from !== undefined && to !== undefined && Number(from) < Number(to)
    ? { from: Math.max(1, Number(from)), to: Number(to) }
    : undefined
}

/** As a metric takes it; nothing for all ages. */
export function ageZoomParams(zoom: AgeZoom | undefined): Readonly<Record<string, string>> {
  return zoom ? { ageFrom: String(zoom.from), ageTo: String(zoom.to) } : {}
}

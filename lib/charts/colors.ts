import type { Stage, StageKind } from '@/lib/model/stage'
import type { Palette } from './palette'

/** Share `weight` (0..1) of `a`, the rest of `b`; hex in, hex out. */
export function mix(a: string, b: string, weight: number): string {
  const [x, y] = [Number.parseInt(a.slice(1), 16), Number.parseInt(b.slice(1), 16)]
  const channel = (shift: number) => Math.round(((x >> shift) & 255) * weight + ((y >> shift) & 255) * (1 - weight))
  return `#${[16, 8, 0].map((shift) => channel(shift).toString(16).padStart(2, '0')).join('')}`
}

/** `count` steps along a ramp, first to last; between two steps of the ramp colours are mixed. */
export function ramp(steps: readonly string[], count: number): string[] {
  const last = steps.length - 1
  return Array.from({ length: count }, (_, index) => {
    if (count <= steps.length) return steps[index] ?? ''
    const at = (index / (count - 1)) * last
    const low = Math.min(Math.floor(at), last - 1)
    return mix(steps[low + 1] ?? '', steps[low] ?? '', at - low)
  })
}

/** Stage id → colour: the hue of its kind, light to dark in the order of the flow. */
export function stageColors(stages: readonly Pick<Stage, 'id' | 'kind'>[], palette: Palette): ReadonlyMap<string, string> {
  const colors = new Map<string, string>()
  for (const kind of Object.keys(palette.stages) as StageKind[]) {
    const ofKind = stages.filter((stage) => stage.kind === kind)
    const steps = ramp(palette.stages[kind], ofKind.length)
    ofKind.forEach((stage, index) => {
      colors.set(stage.id, steps[index] ?? palette.rest)
    })
  }
  return colors
}

/** Name → colour by the place in a fixed order; the eleventh and later are grey and need a label. */
export function sliceColors(order: readonly string[], palette: Palette): ReadonlyMap<string, string> {
  return new Map(order.map((name, index) => [name, palette.slices[index] ?? palette.rest]))
}

/** Type → colour: the four flow types are fixed, all others are greys in the order given. */
export function typeColors(types: readonly string[], palette: Palette): ReadonlyMap<string, string> {
  const colors = new Map<string, string>()
  let others = 0
  for (const type of types) {
    const known = palette.types[type]
    colors.set(type, known ?? palette.otherTypes[others % palette.otherTypes.length] ?? palette.rest)
    if (!known) others += 1
  }
  return colors
}

import { describe, expect, it } from 'vitest'
import { layoutMap, leastWidth } from './value-stream-layout'
import type { MapMove, MapStage, StreamMap } from './value-stream-map'

const stageOf = (index: number, kind: MapStage['kind'], rest: Partial<MapStage> = {}): MapStage => ({
  id: `s${index}`,
  name: `Stage ${index}`,
  kind,
  counted: true,
  items: 100,
  wip: 1,
  active: kind === 'active' ? 1 : 0,
  waiting: kind === 'queue' ? 2 : 0,
  blockedShare: 0,
  firstPass: 1,
  waitShare: 0,
  isWaste: false,
  isBottleneck: false,
  evidence: [],
  ...rest,
})

const moveOf = (fromAt: number, toAt: number, moves: number): MapMove => ({
  id: `s${fromAt}>s${toAt}`,
  from: `s${fromAt}`,
  to: `s${toAt}`,
  fromName: '',
  toName: '',
  fromAt,
  toAt,
  kind: toAt < fromAt ? 'back' : toAt === fromAt + 1 ? 'forward' : 'skip',
  moves,
  items: moves,
})

function mapOf(kinds: readonly MapStage['kind'][], moves: readonly MapMove[] = []): StreamMap {
  const stages = kinds.map((kind, index) => stageOf(index, kind))
  const forward = kinds.map((_, index) => moveOf(index, index + 1, 100))
  return { stages, doneName: 'Done', doneCount: 100, moves: [...forward, ...moves], active: 1, waiting: 2, startName: '', endName: '' }
}

const TEN = Array.from({ length: 10 }, (_, index) => (index % 5 === 1 || index % 5 === 3 ? 'active' : 'queue') as MapStage['kind'])

/** Where a loop's path begins and ends, in px from the left. */
const legsOf = (path: string): number[] => [Number(/^M([\d.]+)/.exec(path)?.[1]), Number(/([\d.]+) [\d.]+V[\d.]+$/.exec(path)?.[1])]

describe('layoutMap', () => {
  it('puts stages side by side in order, none over another, and done last', () => {
    const layout = layoutMap(mapOf(TEN), 1130)
    const boxes = [...layout.stages.map(({ box }) => box), layout.done]
    for (const [index, box] of boxes.entries()) {
      const next = boxes[index + 1]
      if (next) expect(box.x + box.width).toBeLessThan(next.x)
    }
    expect((boxes.at(-1)?.x ?? 0) + (boxes.at(-1)?.width ?? 0)).toBeCloseTo(layout.width)
  })

  it('has room for ten stages on a screen of 1,440 px, and not on a phone', () => {
    expect(leastWidth(mapOf(TEN))).toBeLessThan(1130)
    expect(leastWidth(mapOf(['queue', 'active', 'queue', 'active']))).toBeGreaterThan(340)
  })

  it('uses the room there is, to a limit', () => {
    const map = mapOf(['queue', 'active'])
    expect(layoutMap(map, 450).width).toBeCloseTo(450)
    expect(layoutMap(map, 5000).width).toBeLessThan(700)
  })

  it('draws arrows as thick as their moves', () => {
    const map = mapOf(['queue', 'active'])
    const thinner = { ...map, moves: [moveOf(0, 1, 100), moveOf(1, 2, 50)] }
    const [first, second] = layoutMap(thinner, 500).arrows
    expect(first?.thickness).toBeGreaterThan(second?.thickness ?? 0)
  })

  it('lifts loops that overlap into lanes of their own, and leaves apart those that do not', () => {
    const { loops } = layoutMap(
      mapOf(['active', 'active', 'active', 'active'], [moveOf(3, 0, 30), moveOf(1, 0, 20), moveOf(3, 2, 10)]),
      900,
    )
    const y = (id: string) => loops.find(({ move }) => move.id === id)?.label.y ?? 0
    expect(y('s3>s0')).toBeLessThan(y('s1>s0'))
    expect(y('s1>s0')).toBe(y('s3>s2'))
    expect(Math.min(...loops.map(({ label }) => label.y))).toBeGreaterThan(0)
  })

  it('writes the count of a loop where no leg of a higher one goes through it', () => {
    const skips = [moveOf(0, 2, 20), moveOf(1, 3, 60), moveOf(3, 1, 10), moveOf(2, 1, 30), moveOf(0, 3, 40)]
    const { loops } = layoutMap(mapOf(['queue', 'active', 'queue'], skips), 1130)
    expect(loops).toHaveLength(skips.length)
    for (const one of loops) {
      const through = loops.filter(({ label }) => label.y < one.label.y).flatMap(({ path }) => legsOf(path))
      const [left, right] = legsOf(one.path).sort((a, b) => a - b)
      expect(Math.min(...through.map((leg) => Math.abs(leg - one.label.x)), Infinity)).toBeGreaterThan(29.9)
      expect(one.label.x - (left ?? 0)).toBeGreaterThan(29.9)
      expect((right ?? 0) - one.label.x).toBeGreaterThan(29.9)
    }
  })

  it('leaves rare loops to the table, and says which', () => {
    const layout = layoutMap(mapOf(['active', 'active'], [moveOf(1, 0, 30), moveOf(2, 0, 0.5), moveOf(0, 2, 4)]), 600)
    expect(layout.loops.map(({ move }) => move.id)).toEqual(['s1>s0'])
    expect(layout.undrawn.map(({ id }) => id)).toEqual(['s2>s0', 's0>s2'])
  })

  it('goes up for waiting and down for work, both in a stage that does both, without a gap', () => {
    const map = { ...mapOf(['queue', 'active', 'active']) }
    const both = { ...map, stages: map.stages.map((stage, index) => (index === 1 ? { ...stage, waiting: 3 } : stage)) }
    const steps = layoutMap(both, 600).stages.flatMap((placed) => placed.steps)
    expect(steps.map(({ up, days }) => [up, days])).toEqual([
      [true, 2],
      [true, 3],
      [false, 1],
      [false, 1],
    ])
    steps.forEach((step, index) => {
      expect(step.from).toBeCloseTo(steps[index - 1]?.to ?? 0)
    })
  })
})

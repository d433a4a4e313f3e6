import type { EChartsOption } from 'echarts'
import { describe, expect, it } from 'vitest'
import { besideMark, keysText, onChartKey, walksOf } from './chart-keys'
import type { EChartsType } from './echarts-parts'

const cells = {
  id: 'cells',
  name: 'cells',
  type: 'custom',
  data: [
    [0, 1],
    [0, 2],
    [1, 1],
  ],
}
const dots = { id: 'dots', name: 'single items', type: 'scatter', data: [{ value: [0.2, 40] }, [1.1, 30]] }
const bands = { id: 'pace', type: 'custom', silent: true, data: [[0, 0]] }
const density = { tooltip: { trigger: 'item' }, series: [bands, cells, dots] } as EChartsOption

/** What keys showed, said and picked, one after another; an option among them is drawn in place of the last. */
function pressed(first: EChartsOption, ...keys: (string | EChartsOption)[]) {
  const seen = { shown: [] as unknown[], said: [] as string[], picked: [] as unknown[], left: [] as string[] }
  const chart = {
    dispatchAction: ({ type, seriesIndex, dataIndex }: { type: string; seriesIndex: number; dataIndex: number }) =>
      type === 'showTip' && seen.shown.push([seriesIndex, dataIndex]),
    getDom: () => ({ querySelectorAll: () => [{ children: [], textContent: 'tip' }] }),
  } as unknown as EChartsType
  let walks = walksOf(first)
  for (const key of keys) {
    if (typeof key !== 'string') {
      walks = walksOf(key)
      continue
    }
    const taken: string[] = []
    const event = { key, preventDefault: () => void taken.push(key) }
    onChartKey(event, chart, walks, { say: (text) => seen.said.push(text), pick: (point) => seen.picked.push(point) })
    if (taken.length === 0) seen.left.push(key)
  }
  return seen
}

describe('keys of a chart', () => {
  it('walk each series whose marks have tooltips of their own', () => {
    expect(walksOf(density).map(({ seriesIndex, seriesId }) => [seriesIndex, seriesId])).toEqual([
      [1, 'cells'],
      [2, 'dots'],
    ])
    expect(keysText(walksOf(density), true)).toBe(
      'Left and right arrows walk through the values, up and down change what is walked: cells, single items. Enter opens what is behind one.',
    )
  })

  it('lead up to the single items over the cells and down again to where they were', () => {
    const { shown, said } = pressed(density, 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'End')
    expect(shown).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
      [2, 1],
      [1, 1],
      [1, 2],
    ])
    expect(said).toEqual(['tip', 'tip', 'single items: tip', 'tip', 'tip', 'cells: tip', 'tip'])
  })

  it('open the item of a dot and the items of a cell', () => {
    expect(pressed(density, 'ArrowUp', 'Enter').picked).toEqual([{ x: 0.2, y: 40, seriesId: 'dots', dataIndex: 0 }])
    expect(pressed(density, 'End', 'Enter').picked).toEqual([{ x: 1, y: 1, seriesId: 'cells', dataIndex: 2 }])
    expect(pressed(density, 'Enter')).toMatchObject({ picked: [], left: ['Enter'] })
  })

  it('leave up and down to the page where one tooltip tells of all series', () => {
    const lines = { tooltip: { trigger: 'axis' }, series: [cells, dots] } as EChartsOption
    expect(walksOf(lines)).toHaveLength(1)
    expect(pressed(lines, 'ArrowRight', 'ArrowUp', 'ArrowDown')).toMatchObject({ shown: [[0, 0]], left: ['ArrowUp', 'ArrowDown'] })
    expect(keysText(walksOf(lines), false)).toBe('Arrow keys walk through the values.')
  })

  it('show the tooltip below the mark, above it where there is no room', () => {
    const sizes = { contentSize: [200, 100], viewSize: [600, 320] } as const
    expect(besideMark([300, 50], null, null, { y: 46, height: 8 }, sizes)).toEqual([200, 66])
    expect(besideMark([300, 250], null, null, { y: 246, height: 8 }, sizes)).toEqual([200, 134])
    expect(besideMark([300, 250], null, null, undefined, sizes)).toEqual([200, 138])
  })

  it('begin anew with other data', () => {
    const fewer = { ...density, series: [bands, dots] } as EChartsOption
    expect(pressed(density, 'End', fewer, 'Enter', 'ArrowRight')).toMatchObject({
      picked: [],
      shown: [
        [1, 2],
        [1, 0],
      ],
    })
  })
})

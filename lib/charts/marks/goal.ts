import type { CustomSeriesRenderItemAPI } from 'echarts'

type Corner = readonly [number, number]

/**
 * The straight path from baseline to target as a thin wedge: nothing wide at the start, `width` (in values) wide at the due date,
 * opening to the side that is still good enough.
 */
export function targetWedge(from: Corner, to: Corner, width: number): readonly Corner[] {
  return [from, to, [to[0], to[1] + width]]
}

/** Corners in values → corners in px for a custom series. */
export function toPixels(corners: readonly Corner[], api: Pick<CustomSeriesRenderItemAPI, 'coord'>): number[][] {
  return corners.map((corner) => api.coord([...corner]))
}

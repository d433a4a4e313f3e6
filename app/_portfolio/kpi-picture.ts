import { type Columns, filterRows } from '@/lib/model/columns'

export const CHART_HEIGHT = 88

/** Name of the place of a KPI's picture on the page. */
export function kpiPictureId(kpi: string): string {
  return `kpi:${kpi}`
}

/** The rows of one KPI. */
export function kpiOf(columns: Columns, kpi: string): Columns {
  const ids = columns.texts('kpi_id')
  return filterRows(columns, (row) => ids[row] === kpi)
}

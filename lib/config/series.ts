import { parse } from 'csv-parse/sync'
import type { SeriesPoint } from '@/lib/model/kpi'
import { parseDay } from '@/lib/time/day'
import type { FaultList, Path } from './fault-list'

const MOST_CHARACTERS = 5_000_000
const DELIMITERS = [';', '\t']

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** A file of dated values (columns date and value) in date order; every bad row is a fault with its line. */
export function readSeries(
  faults: FaultList,
  file: string,
  path: Path,
  readText: ((relativePath: string) => string) | undefined,
): SeriesPoint[] {
  const text = seriesText(faults, file, path, readText)
  const rows = text === undefined ? undefined : rowsOf(faults, text, file, path)
  const header = rows?.[0]
  if (!rows || !header) return []
  const names = header.cells.map((cell) => cell.trim().toLowerCase())
  const [on, value] = [names.indexOf('date'), names.indexOf('value')]
  if (on < 0 || value < 0) {
    faults.add(path, 'its first line must name the columns date and value', {
      elsewhere: `${file}:${header.line}`,
      value: header.cells.join(','),
    })
    return []
  }
  if (rows.length === 1) faults.add(path, 'has no row of values', { elsewhere: file })
  return pointsOf(faults, rows.slice(1), { on, value }, file, path)
}

function seriesText(
  faults: FaultList,
  file: string,
  path: Path,
  readText: ((relativePath: string) => string) | undefined,
): string | undefined {
  try {
    const text = readText?.(file)
    if (text === undefined) faults.add(path, 'no file can be read from here', { value: file })
    else if (text.length > MOST_CHARACTERS) faults.add(path, `is bigger than ${MOST_CHARACTERS / 1_000_000} MB`, { value: file })
    else return text
  } catch (error) {
    faults.add(path, failure(error), { value: file })
  }
  return undefined
}

/** In our own words: the system's message would name folders of the machine. */
function failure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === 'ENOENT') return 'there is no such file beside this one'
  return code === undefined ? 'the file cannot be read' : `the file cannot be read (${code})`
}

function rowsOf(faults: FaultList, text: string, file: string, path: Path): Row[] | undefined {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const delimiter = firstLine.includes(',') ? ',' : (DELIMITERS.find((sign) => firstLine.includes(sign)) ?? ',')
  const options = { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const
  try {
    const records = parse(text, options) as unknown as readonly { record: string[]; info: { lines: number } }[]
    if (!records.length) faults.add(path, 'is empty', { elsewhere: file })
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    faults.add(path, error instanceof Error ? error.message : String(error), { elsewhere: file })
    return undefined
  }
}

function pointsOf(
  faults: FaultList,
  rows: readonly Row[],
  columns: { on: number; value: number },
  file: string,
  path: Path,
): SeriesPoint[] {
  const lines = new Map<string, number>()
  const points: SeriesPoint[] = []
  for (const { line, cells } of rows) {
    const on = cells[columns.on] ?? ''
    const text = cells[columns.value] ?? ''
    const elsewhere = `${file}:${line}`
    const earlier = lines.get(on)
    if (parseDay(on) === undefined) faults.add(path, 'date must be a real date written YYYY-MM-DD', { elsewhere, value: on })
    else if (earlier !== undefined) faults.add(path, `this date stands on line ${earlier} already`, { elsewhere, value: on })
    else lines.set(on, line)
    const value = /^[-+.\d]/.test(text) ? Number(text) : Number.NaN
    if (Number.isFinite(value)) points.push({ on, value })
    else faults.add(path, 'value must be a number with a decimal point', { elsewhere, value: text })
  }
  return points.sort((a, b) => (a.on < b.on ? -1 : 1))
}

import { describeMetric, type MetricDescription, SCOPE_PARAMS } from '@/lib/metrics/describe'
import { findMetric, METRICS } from '@/lib/metrics/registry'
import { print } from './terminal'

const INDENT = '  '
const LINE = 100

/** `streamgauge metrics`: every metric, or one of them in full. */
export async function metrics(name: string | undefined, options: { readonly format?: string }): Promise<void> {
  const described = (name === undefined ? METRICS : [findMetric(name)]).map(describeMetric)
  if (options.format === 'json') print(JSON.stringify(described, null, 2))
  else print([...described.map(metricText), ...(name === undefined ? [scopeText()] : [])].join('\n'))
}

function metricText(metric: MetricDescription): string {
  const scope = new Set(SCOPE_PARAMS.map((param) => param.name))
  const own = metric.params.filter((param) => !scope.has(param.name))
  const lines = [`${metric.name}: ${metric.title} (${metric.unit})`, ...wrapped(metric.doc), `${INDENT}Source: ${metric.source}`]
  for (const { name, meaning, allowed, default: fallback } of own) {
    const notes = [allowed?.join('|'), fallback === undefined ? undefined : `default ${fallback}`].filter((note) => note !== undefined)
    lines.push(`${INDENT}--${name}  ${meaning}${notes.length ? ` (${notes.join('; ')})` : ''}`)
  }
  lines.push(
    ...wrapped(`Columns: ${metric.columns.map((column) => column.name).join(', ')}`),
    `${INDENT}Example: ${metric.example.command}`,
    '',
  )
  return lines.join('\n')
}

function scopeText(): string {
  const lines = SCOPE_PARAMS.map(({ name, meaning }) => `${INDENT}--${name}  ${meaning}`)
  return ['Every metric also takes the scope:', ...lines].join('\n')
}

function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > LINE) {
      lines.push(INDENT + line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, INDENT + line]
}

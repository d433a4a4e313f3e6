import type { Format } from '@/lib/charts/format'
import type { Params } from '@/lib/client/scope'
import type { Portfolio } from '@/lib/model/portfolio'
import { isScopeKey, splitList } from '@/lib/model/scope'
import { parseDay } from '@/lib/time/day'
import { dimensionName } from '../scope/dimension-name'
import { periodText } from '../scope/period-text'
import { labelOf } from '../scope/use-facets'

/** What an answer was narrowed to, in words: "Filters: Stream Web shop · Team A, B · Whole history". */
export function filterText(params: Params, { portfolio, format }: { portfolio: Portfolio; format: Format }): string {
  const keys = Object.keys(params).filter(isScopeKey)
  const slices = ['stream', ...keys].filter((name, index, all) => name in params && all.indexOf(name) === index)
  const said = slices.map((name) => {
    const values = splitList(params[name] ?? '').map((value) => labelOf(name, value, portfolio))
    return `${dimensionName(name)} ${values.join(', ')}`
  })
  const asOf = params.asOf === undefined ? undefined : parseDay(params.asOf)
  const choices = ['span', 'unit', 'policy', 'rule'].flatMap((name) =>
    params[name] === undefined ? [] : [`${name} ${params[name].replaceAll('_', ' ')}`],
  )
  const rest = [periodText(params, format), ...(asOf === undefined ? [] : [`as of ${format.day(asOf)}`]), ...choices]
  return `${said.length > 0 ? 'Filters' : 'No filters'}: ${[...(said.length > 0 ? said : ['all streams']), ...rest].join(' · ')}`
}

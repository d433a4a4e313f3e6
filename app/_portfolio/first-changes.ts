import { firstFound, type SearchParams } from '../_server/first-chart/first-picture'
import { changesAsked, comparedSince, type Said, saidOf } from './changes'

/** What changed, where it can be said at once: the page then begins with it instead of with an empty place. */
export function firstChanges(search: SearchParams): Promise<Said | undefined> {
  return firstFound('what-changed', search, async ({ ask, scope, params, portfolio, lastDay, format }) => {
    const asked = changesAsked(comparedSince(scope.from, lastDay))
    const [span, throughput, kpis] = await Promise.all([
      ask('change', { ...params, ...asked.span }),
      ask('change', { ...params, ...asked.throughput }),
      portfolio.kpis.length ? ask('kpi-trend', params.asOf === undefined ? {} : { asOf: params.asOf }) : undefined,
    ])
    return saidOf({ kpis: kpis?.columns, span: span.columns, throughput: throughput.columns }, portfolio, format)
  })
}

import fc from 'fast-check'
import type { Question, RawStream } from '@/lib/metrics/oracle/history'
import { ownParams } from '@/lib/metrics/oracle/variants'
import type { RawParams } from '@/lib/metrics/params'
import { findMetric } from '@/lib/metrics/registry'
import { NO_VALUE } from '@/lib/model/dimension'
import { joinList, scopeKey } from '@/lib/model/scope'
import { UNMAPPED_STAGE } from '@/lib/model/stage'
import { GRAINS, POLICIES, SLICE_RULES, SPANS, UNITS } from '@/lib/model/unit'
import { ownSpans, spanView } from '@/lib/model/value-stream'
import { formatDay, parseDay } from '@/lib/time/day'
import { DIMENSION_VALUES, DIMENSIONS, type Era } from './histories'

const ASKED_VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  ...DIMENSION_VALUES,
  type: [null, 'Story', 'feature', 'Bug', 'defect', 'Chore', 'nobody has this'],
}

/** A question about the streams of one random history; often the whole of it, else a window, a slice, a rule. */
export function questionArb(streams: readonly RawStream[], era: Era): fc.Arbitrary<Question> {
  const ids = streams.map((source) => source.stream.id)
  const firstDay = (parseDay(era) ?? 0) - 6
  const day = fc.integer({ min: firstDay, max: firstDay + 50 })
  const earlyDay = fc.integer({ min: firstDay, max: firstDay + 30 })
  // One in `freq` is absent: with 1 all are.
  const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq })
  const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: arbitrary as fc.Arbitrary<T | undefined> })
  const spanIds = [undefined, ...ownSpans(streams.map((source) => source.stream)).map((span) => span.id)]
  const stageIds = [...new Set(streams.flatMap((source) => source.stream.stages.map((stage) => stage.id))), UNMAPPED_STAGE, 'cancelled']
  return fc
    .record({
      window: maybe(fc.tuple(earlyDay, fc.nat(30))),
      onlyFrom: fc.boolean(),
      asOf: rarely(day),
      streams: fc.constantFrom(ids, ids, ids.slice(0, 1)),
      filters: fc.oneof(
        fc.constant({}),
        fc.dictionary(fc.constantFrom(...DIMENSIONS), fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }), { maxKeys: 2 }),
      ),
      rule: maybe(fc.constantFrom(...SLICE_RULES), 3),
      span: fc.constantFrom(...SPANS),
      ownSpan: rarely(fc.constantFrom(...spanIds)),
      unit: maybe(fc.constantFrom(...UNITS)),
      grain: maybe(fc.constantFrom(...GRAINS)),
      groupBy: maybe(fc.constantFrom('stream', ...DIMENSIONS.map(scopeKey))),
      policy: fc.constantFrom(...POLICIES),
      percentiles: fc.constantFrom([50, 70, 85, 95], [1, 10, 50, 99], [33.3, 66.7]),
      onDay: rarely(day),
      stageId: rarely(fc.constantFrom(...stageIds)),
      status: maybe(fc.constantFrom('open' as const, 'in_progress' as const, 'finished' as const, 'removed' as const)),
      turn: fc.nat(59),
    })
    .map(({ window, onlyFrom, filters, ...drawn }) => ({
      ...drawn,
      ownSpan: timesAny(streams, drawn.streams, drawn.ownSpan) ? drawn.ownSpan : undefined,
      filters: Object.fromEntries(Object.entries(filters).map(([name, draws]) => [name, draws.map((draw) => askedValue(name, draw))])),
      unit: drawn.policy === 'sum_of_visits' && drawn.unit !== undefined ? 'elapsed' : drawn.unit,
      ...(window ? { from: window[0], ...(onlyFrom ? {} : { to: window[0] + window[1] }) } : {}),
    }))
}

function timesAny(streams: readonly RawStream[], asked: readonly string[], span: string | undefined): boolean {
  const inScope = streams.filter(({ stream }) => !asked.length || asked.includes(stream.id))
  return inScope.some(({ stream }) => span !== undefined && spanView(stream, span) !== undefined)
}

function askedValue(name: string, draw: number): string | null {
  const values = ASKED_VALUES[name] ?? [null]
  return values[draw % values.length] ?? null
}

/** The question as an address asks it; only the parameters that the metric knows. */
export function paramsOf(question: Question, metric: string): RawParams {
  const { streams, filters, from, to, asOf, onDay, stageId, status, percentiles, turn: _turn, own: _own, ownSpan, ...shared } = question
  const day = (value: number | undefined) => (value === undefined ? undefined : formatDay(value))
  const slices = Object.entries(filters).map(([name, values]) => [scopeKey(name), joinList(values.map((value) => value ?? NO_VALUE))])
  return {
    ...shared,
    span: ownSpan !== undefined && findMetric(metric).uses.includes('span') ? ownSpan : shared.span,
    ...Object.fromEntries(slices),
    stream: streams,
    from: day(from),
    to: day(to),
    asOf: day(asOf),
    percentiles: percentiles.join(','),
    ...ownParams(question, metric),
    ...(metric === 'items' ? { onDay: day(onDay), stageId, status, limit: 1000 } : {}),
  }
}

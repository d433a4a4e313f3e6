import { isPreset, type SpanName } from '@/lib/model/unit'
import { ownSpans, type ServiceLevel, spanView, type ValueStream } from '@/lib/model/value-stream'

const PRESETS: Readonly<Record<SpanName, string>> = { flow: 'Flow time', lead: 'Lead time', cycle: 'Cycle time' }

/** What a span is called: a preset, or as the streams name it. */
export function spanTitle(span: string | undefined, streams: readonly ValueStream[]): string {
  if (span === undefined) return PRESETS.flow
  if (isPreset(span)) return PRESETS[span]
  return ownSpans(streams).find((own) => own.id === span)?.name ?? span
}

/** What is expected of a stream, which is not about the spans that it names itself. */
export function expectationOf(stream: ValueStream, span: string | undefined): ServiceLevel | undefined {
  return span === undefined ? stream.sle : (spanView(stream, span) ?? stream).sle
}

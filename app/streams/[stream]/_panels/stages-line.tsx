import type { ValueStream } from '@/lib/model/value-stream'

/** The flow in a line: its stages, what is expected, its time zone. */
export function StagesLine({ stream }: { stream: ValueStream }) {
  const { sle } = stream
  return (
    <>
      {stream.stages.map((stage) => stage.name).join(' › ')}
      {sle ? ` · expectation: ${sle.percentile} % within ${sle.days} days` : ''} · days in {stream.timezone}
    </>
  )
}

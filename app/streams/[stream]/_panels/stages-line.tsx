import type { ValueStream } from '@/lib/model/value-stream'
import { keptTogether } from '../../../_ui/kept-together'

/** The flow in a line: its stages, what is expected, its time zone. */
export function StagesLine({ stream }: { stream: ValueStream }) {
  const { sle } = stream
  return (
    <>
      {stream.stages.map((stage) => stage.name).join(' › ')}
      {sle ? keptTogether(` · expectation: ${sle.percentile} % within ${sle.days} days`) : ''} · days in {stream.timezone}
    </>
  )
}

import type { CumulativeFlowInput } from '@/lib/charts/cumulative-flow'
import { annotationsOf } from '@/lib/charts/marks/annotation'
import type { Columns } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import type { ValueStream } from '@/lib/model/value-stream'

/** Height of the picture, px: alone, and beside others. */
export const FLOW_HEIGHT = { wide: 340, half: 200 }

export function flowInput(columns: Columns, stream: ValueStream, portfolio: Portfolio): CumulativeFlowInput {
  return {
    columns,
    stages: stream.stages,
    weekend: portfolio.calendar.weekend,
    annotations: annotationsOf(portfolio.annotations, stream.id),
  }
}

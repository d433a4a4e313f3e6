import { dayStart } from '../../time/zone'
import type { MetricContext } from '../define'

/** The as-of instant of each stream, milliseconds UTC: the end of the as-of day in its zone, where what still lasts ends for now. */
export function asOfInstants({ streams, window }: MetricContext): (streamId: unknown) => number {
  const ends = new Map(streams.map((stream) => [stream.id, dayStart(window.asOf + 1, stream.timezone)]))
  return (streamId) => ends.get(String(streamId)) ?? 0
}

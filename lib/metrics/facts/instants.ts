import { dayStart } from '../../time/zone'
import type { MetricContext } from '../define'

/** Seconds between two instants as definitions §3 counts them: whole ones, so that sums over items are exact. */
export function wholeSeconds(start: number, stop: number): number {
  return Math.floor(stop / 1000) - Math.floor(start / 1000)
}

/** The as-of instant of each stream, milliseconds UTC: the end of the as-of day in its zone, where what still lasts ends for now. */
export function asOfInstants({ streams, window }: MetricContext): (streamId: unknown) => number {
  const ends = new Map(streams.map((stream) => [stream.id, dayStart(window.asOf + 1, stream.timezone)]))
  return (streamId) => ends.get(String(streamId)) ?? 0
}

'use client'

import type { ValueStream } from '@/lib/model/value-stream'
import { useShell } from '../../../_ui/shell-context'

/** The stream of the page; undefined while there is no snapshot. */
export function useStream(streamId: string): ValueStream | undefined {
  return useShell().portfolio?.streams.find(({ id }) => id === streamId)
}

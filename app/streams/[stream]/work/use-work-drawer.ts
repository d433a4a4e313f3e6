'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'

const WHAT = ['rework', 'blocked', 'handoffs'] as const
const PARSERS = { behind: parseAsStringLiteral(WHAT), loopFrom: parseAsString, loopTo: parseAsString }

/** Items behind a panel of the tab; of the rework ledger, one loop. */
export interface WorkDrawerState {
  readonly behind: (typeof WHAT)[number] | null
  readonly loop: { readonly from: string; readonly to: string } | null
  readonly openLoop: (from: string, to: string) => void
  readonly openItems: (behind: 'blocked' | 'handoffs') => void
  readonly close: () => void
}

/** What is open stands in the address, so it can be shared and gone back from. */
export function useWorkDrawer(): WorkDrawerState {
  const [{ behind, loopFrom, loopTo }, set] = useQueryStates(PARSERS, { history: 'push' })
  return useMemo(
    () => ({
      behind,
      loop: loopFrom !== null && loopTo !== null ? { from: loopFrom, to: loopTo } : null,
      openLoop: (from, to) => void set({ behind: 'rework', loopFrom: from, loopTo: to }),
      openItems: (what) => void set({ behind: what, loopFrom: null, loopTo: null }),
      close: () => void set(null),
    }),
    [behind, loopFrom, loopTo, set],
  )
}

'use client'

import { createContext, type ReactNode, use, useMemo } from 'react'
import { type Format, formatOf } from '@/lib/charts/format'
import type { Portfolio } from '@/lib/model/portfolio'
import type { ShellData, ShellSnapshot } from './shell-data'

interface Shell extends ShellData {
  readonly format: Format
}

const ShellContext = createContext<Shell | undefined>(undefined)

export function ShellProvider({ data, children }: { data: ShellData; children: ReactNode }) {
  const shell = useMemo(() => ({ ...data, format: formatOf(data.locale) }), [data])
  return <ShellContext value={shell}>{children}</ShellContext>
}

export function useShell(): Shell {
  const shell = use(ShellContext)
  if (!shell) throw new Error('useShell outside of ShellProvider')
  return shell
}

/** For everything that is only drawn when there is a snapshot. */
export function useSnapshot(): Shell & { readonly snapshot: ShellSnapshot; readonly portfolio: Portfolio } {
  const shell = useShell()
  const { snapshot, portfolio } = shell
  if (!snapshot || !portfolio) throw new Error('useSnapshot without a snapshot')
  return { ...shell, snapshot, portfolio }
}

'use client'

import dynamic from 'next/dynamic'
import { parseAsString, useQueryStates } from 'nuqs'
import { createContext, type ReactNode, use, useCallback, useMemo } from 'react'
import type { Drill } from '@/lib/charts/context'
import { useExplain } from './explain/explain-provider'
import { LateDrawer } from './late-drawer'
import { PanelSkeleton } from './panel-states'

const DrillItems = dynamic(() => import('./drill-items').then((module) => module.DrillItems), {
  loading: () => <PanelSkeleton height={480} />,
})

const DrillContext = createContext<(drill: Drill) => void>(() => undefined)

/** Opens the items behind a mark. */
export function useDrill(): (drill: Drill) => void {
  return use(DrillContext)
}

const PARSERS = { drill: parseAsString, drillTitle: parseAsString }

/** A drawer with the items behind what was clicked; what is open stands in the address, so it can be shared and gone back from. */
export function DrillProvider({ children }: { children: ReactNode }) {
  const [{ drill, drillTitle }, setDrill] = useQueryStates(PARSERS, { history: 'push' })
  const open = useCallback(
    (asked: Drill) => void setDrill({ drill: new URLSearchParams(asked.params).toString(), drillTitle: asked.title }),
    [setDrill],
  )
  const explain = useExplain()
  const close = useCallback(() => void setDrill(null), [setDrill])
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(drill ?? '')), [drill])
  return (
    <DrillContext value={open}>
      {children}
      <LateDrawer
        opened={drill !== null}
        onClose={close}
        closeOnEscape={!explain.isOpen}
        trapFocus={!explain.isOpen}
        position="right"
        size="min(1040px, 100%)"
        title={drillTitle ?? 'Items'}
        closeButtonProps={{ 'aria-label': 'Close the items' }}
        transitionProps={{ duration: 0 }}
        styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      >
        {drill !== null && <DrillItems title={drillTitle ?? 'Items'} params={params} onNarrowed={close} />}
      </LateDrawer>
    </DrillContext>
  )
}

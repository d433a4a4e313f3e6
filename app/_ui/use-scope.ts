'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { type Params, readScope, type Scope, type ScopeDimension, scopeParams, searchText } from '@/lib/client/scope'
import { CORE_DIMENSIONS } from '@/lib/model/dimension'
import { joinList } from '@/lib/model/scope'
import { useShell } from './shell-context'

const SINGLE = ['from', 'to', 'asOf', 'rule', 'span', 'unit', 'policy'] as const
type Single = (typeof SINGLE)[number]

/** Changes to the scope: a list per dimension (empty clears), null clears a single value. */
export interface ScopeChange {
  readonly dimensions?: Readonly<Partial<Record<ScopeDimension, readonly string[]>>>
  readonly values?: Readonly<Partial<Record<Single, string | null>>>
}

/** All dimensions that an address may narrow, in the order in which they are offered. */
export function useScopeDimensions(): ScopeDimension[] {
  const { snapshot } = useShell()
  return useMemo(() => {
    const named = snapshot?.dimensions ?? []
    const core = CORE_DIMENSIONS.filter((name) => named.includes(name))
    const others = named.filter((name) => !(CORE_DIMENSIONS as readonly string[]).includes(name))
    return ['stream', ...core, ...others.map((name): ScopeDimension => `dim.${name}`)]
  }, [snapshot?.dimensions])
}

/** The scope in the address and how to change it. Each change is a step that the back button undoes. */
export function useScope(): { scope: Scope; change: (change: ScopeChange) => void; clear: () => void } {
  const dimensions = useScopeDimensions()
  const parsers = useMemo(
    () => Object.fromEntries([...dimensions, ...SINGLE].map((name) => [name, parseAsString.withOptions({ history: 'push' })])),
    [dimensions],
  )
  // These states are ahead of the address by a moment, so that a tick shows at once.
  const [states, setStates] = useQueryStates(parsers)
  const text = searchText(Object.fromEntries(Object.entries(states).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))))
  const scope = useMemo(() => readScope(new URLSearchParams(text)), [text])
  const change = useCallback(
    ({ dimensions: lists = {}, values = {} }: ScopeChange) => {
      const states: Record<string, string | null> = { ...values }
      for (const [name, list] of Object.entries(lists)) states[name] = list?.length ? joinList(list) : null
      void setStates(states)
    },
    [setStates],
  )
  const clear = useCallback(() => void setStates(null), [setStates])
  return { scope, change, clear }
}

/** Query text of the scope for a link to another page; `without` is said by that page's own address. */
export function useScopeSearch(without: readonly string[] = ['stream']): string {
  const { scope } = useScope()
  const params = scopeParams(scope)
  const kept = Object.fromEntries(Object.entries(params).filter(([name]) => !without.includes(name)))
  const text = searchText(kept)
  return text ? `?${text}` : ''
}

/** Parameters of a metric: the scope's, with those of the panel over them. */
export function useScopedParams(own: Params): Params {
  const { scope } = useScope()
  return { ...scopeParams(scope), ...own }
}

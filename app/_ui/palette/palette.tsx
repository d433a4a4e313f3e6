'use client'

import '@mantine/spotlight/styles.layer.css'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { request } from '@/lib/client/problem-error'
import { metricQuery } from '@/lib/client/queries'
import { itemHref } from '../item-link'
import { useSnapshot } from '../shell-context'
import { useScopeSearch } from '../use-scope'
import classes from './palette.module.css'
import { findPlaces, type Place, placesOf } from './places'

const MOST = 14
const MOST_ITEMS = 8
const REST_MS = 250
const [store, spotlight] = createSpotlight()

interface PaletteProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onKeys: () => void
}

/** Goes anywhere by a few letters: pages, streams, goals, metrics, and items by their key or title. */
export function Palette({ opened, onClose, onKeys }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const router = useRouter()
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened])
  const places = usePlaces()
  const items = useItems(typed, opened)
  const found = [...findPlaces(places, typed).slice(0, MOST), ...items.found]
  // What came later than the typing is not chosen yet: Enter takes the first.
  const takeFirst = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key !== 'Enter' || !first || store.getState().selected >= 0) return
    event.preventDefault()
    router.push(first.href)
    spotlight.close()
  }
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={480}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
    >
      <Spotlight.Search
        placeholder="Page, stream, goal, metric, or item by key or words"
        aria-label="Where to"
        onKeyDown={takeFirst}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {found
              .filter((place) => place.group === group)
              .map((place) => (
                <Spotlight.Action
                  key={place.id}
                  label={place.label}
                  description={place.description}
                  className={classes.action}
                  onClick={() => router.push(place.href)}
                />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.length === 0 && (
          <Spotlight.Empty>{items.isAsking ? 'Looking among the items …' : `Nothing is called “${typed.trim()}”.`}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <Spotlight.Footer className={classes.footer}>
        ↑ ↓ choose · Enter goes there · Esc closes ·{' '}
        <button type="button" className={classes.link} onClick={onKeys}>
          all keys
        </button>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}

function usePlaces(): Place[] {
  const { portfolio } = useSnapshot()
  const search = useScopeSearch()
  const metrics = useQuery({
    queryKey: ['metrics'],
    queryFn: async ({ signal }) => {
      const response = await request('/api/metrics', { signal, accept: 'application/json' })
      return ((await response.json()) as { metrics: readonly { name: string; title: string }[] }).metrics
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(() => placesOf(portfolio, metrics.data ?? [], search), [portfolio, metrics.data, search])
}

/** Items whose key or title holds what was typed; asked for when the typing rests. */
function useItems(typed: string, opened: boolean): { found: readonly Place[]; isAsking: boolean } {
  const { snapshot } = useSnapshot()
  const [rested] = useDebouncedValue(typed.trim(), REST_MS)
  const enabled = opened && rested.length > 1
  const result = useQuery({ ...metricQuery(snapshot.id, 'items', { search: rested, limit: String(MOST_ITEMS) }), enabled })
  const found = useMemo(() => {
    const columns = enabled ? result.data?.columns : undefined
    if (!columns) return []
    const [keys, titles, ids, streams] = ['key', 'title', 'item_id', 'stream_id'].map((name) => columns.texts(name))
    return Array.from({ length: columns.rowCount }, (_, row): Place => {
      const [streamId, itemId] = [streams?.[row] ?? '', ids?.[row] ?? '']
      return {
        id: `item ${streamId} ${itemId}`,
        group: 'Items',
        label: `${keys?.[row] ?? itemId} ${titles?.[row] ?? ''}`.trim(),
        href: itemHref(streamId, itemId),
      }
    })
  }, [enabled, result.data])
  return { found, isAsking: enabled && result.isFetching }
}

'use client'

import { useRouter } from 'next/navigation'
import type { ChartPoint, Drill } from '@/lib/charts/context'
import type { Format } from '@/lib/charts/format'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { useDrill } from '../../../_ui/drill'
import { itemHref } from '../../../_ui/item-link'
import { useSnapshot } from '../../../_ui/shell-context'

type Pick<Input> = (input: Input, point: ChartPoint, format: Format) => { readonly row: number } | Drill | undefined

/** What a click on a picture of a stream's items opens: the item of a dot, the items of a cell. */
export function usePicking<Input extends { readonly columns: Columns }>(stream: ValueStream, input: Input | undefined, pick: Pick<Input>) {
  const openDrill = useDrill()
  const router = useRouter()
  const { format } = useSnapshot()
  const open = (drill: Drill) => openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  const onPoint = (point: ChartPoint) => {
    const picked = input && pick(input, point, format)
    if (!picked) return
    const text = (name: string, row: number) => input.columns.texts(name)[row] ?? ''
    if ('row' in picked) router.push(itemHref(text('stream_id', picked.row), text('item_id', picked.row)))
    else open(picked)
  }
  return { onPoint, open }
}

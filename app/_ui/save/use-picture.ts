'use client'

import { useState } from 'react'
import type { Picture } from '@/lib/charts/picture'
import { fileName } from '@/lib/client/file-name'
import type { PanelProps } from '../panel'
import { useSnapshot } from '../shell-context'
import { useAskedParams } from '../use-metric'
import { filterText } from './filter-text'

interface Saving {
  readonly save: (ending: 'png' | 'svg') => Promise<void>
  readonly copy: () => Promise<void>
  /** What became of it. */
  readonly said: string
}

/** Makes a picture of a panel, with its words and filters. */
export function usePicture({ title, facts, verdict, asked: [main] }: PanelProps, panel: () => Element | null): Saving {
  const { snapshot, portfolio, format } = useSnapshot()
  const params = useAskedParams(main.params, main.unscoped)
  const [said, setSaid] = useState('')
  const draw = async (): Promise<Picture> => {
    const element = panel()
    if (!element) throw new Error('there is no picture')
    const text = {
      title,
      facts: facts.filter(Boolean).join(' · '),
      verdict,
      filters: filterText(params, { portfolio, format }),
      foot: `${portfolio.name} · data until ${format.day(snapshot.lastDay)} · snapshot ${snapshot.id} · Streamgauge`,
    }
    return (await import('./draw-picture')).drawPicture(element, text)
  }
  const told = async (work: () => Promise<string>) => {
    setSaid('Drawing…')
    setSaid(await work().catch((error: unknown) => `No picture: ${error instanceof Error ? error.message : 'it can’t be drawn here'}.`))
  }
  const save = (ending: 'png' | 'svg') =>
    told(async () => {
      const { pngOf, saveFile } = await import('./draw-picture')
      const picture = await draw()
      const content = ending === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await pngOf(picture)
      saveFile(content, fileName({ metric: main.metric, params, snapshot: snapshot.id, ending }))
      return ''
    })
  const copy = () =>
    told(async () => {
      // Browsers hand out the clipboard to pages of this machine or under https only.
      if (!window.isSecureContext) return 'Copying needs https; save the picture instead.'
      // A promise inside: Safari forgets the click while the picture is drawn.
      const content = (async () => (await import('./draw-picture')).pngOf(await draw()))()
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': content })])
      return 'Copied'
    })
  return { save, copy, said }
}

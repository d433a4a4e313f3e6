import type { ComponentType } from 'react'

export interface StreamPageProps {
  readonly params: Promise<{ stream: string }>
}

/** One tab of a stream. */
export async function StreamPage({ params, panels: Panels }: StreamPageProps & { panels: ComponentType<{ streamId: string }> }) {
  return <Panels streamId={decodeURIComponent((await params).stream)} />
}

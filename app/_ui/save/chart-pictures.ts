import type { EChartsOption } from 'echarts'
import type { ChartContext } from '@/lib/charts/context'

/** How a chart of the page can be drawn once more. */
export interface ChartSource {
  readonly build: (context: ChartContext) => EChartsOption
  /** As it is seen now. */
  readonly context: ChartContext
}

const sources = new WeakMap<Element, () => ChartSource | undefined>()

/** Charts tell how to draw them again, so that a picture can be made in other colours and for another medium. */
export function offerPicture(element: Element, source: () => ChartSource | undefined): void {
  sources.set(element, source)
}

/** The charts in a part of the page, in the order of the page. */
export function chartsIn(part: Element): { readonly element: Element; readonly source: ChartSource }[] {
  return [...part.querySelectorAll('[data-chart]')].flatMap((element) => {
    const source = sources.get(element)?.()
    return source ? [{ element, source }] : []
  })
}

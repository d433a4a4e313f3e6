import type { EChartsOption } from 'echarts'
import type { echarts as Library } from './echarts-parts'

/** A chart as the text of an SVG, without a page to draw it on: for files, and for the first picture of a page. */
export function chartSvg(echarts: Pick<typeof Library, 'init'>, option: EChartsOption, size: { width: number; height: number }): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

import { type Palette, paletteOf } from '@/lib/charts/palette'

/** A colour for a style attribute that is right in either scheme: the server does not know which one the reader has. */
export function bothSchemes(pick: (palette: Palette) => string | undefined): string {
  const [light, dark] = [paletteOf('light'), paletteOf('dark')]
  return `light-dark(${pick(light) ?? light.rest}, ${pick(dark) ?? dark.rest})`
}

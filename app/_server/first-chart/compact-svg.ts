/** What the drawing library calls its clips and patterns; counted on and on in a process, and again from nought in each browser. */
const OWN_NAMES = /\bzr\d+-/g
/** For the pointer, which a picture does not know. */
const FOR_POINTER = /<style[\s\S]*?<\/style>| (?:class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g
const COLOR = /#[0-9a-f]{6}\b|rgba?\([^)]*\)/gi
const VALUES = /="[^"]*"/g
const LONG_NUMBER = /-?\d+\.\d{2,}/g

/** The same picture in fewer letters, under names of its own: tenths of a pixel are enough for places, not for what is near one, such as an opacity. */
export function compactSvg(svg: string, name: string): string {
  return svg
    .replace(FOR_POINTER, '')
    .replace(OWN_NAMES, `${name}-`)
    .replace(VALUES, (value) => value.replace(LONG_NUMBER, (number) => (Math.abs(Number(number)) < 2 ? number : tenths(number))))
}

function tenths(number: string): string {
  return String(Math.round(Number(number) * 10) / 10)
}

/** One picture that is right in either scheme out of one for each; undefined when they differ in more than colours. */
export function inBothSchemes(light: string, dark: string): string | undefined {
  const [shapes, others] = [light.split(COLOR), dark.split(COLOR)]
  if (shapes.length !== others.length || shapes.some((shape, at) => shape !== others[at])) return undefined
  const darkColors = dark.match(COLOR) ?? []
  let at = 0
  return light.replace(COLOR, (color) => {
    const other = darkColors[at++] ?? color
    return color === other ? color : `light-dark(${color},${other})`
  })
}

/** Fits its box without being distorted, at the size of the box where it was drawn for it. */
export function scalable(svg: string, { width, height }: { width: number; height: number }): string {
  return svg.replace(/^<svg[^>]*>/, `<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet">`)
}

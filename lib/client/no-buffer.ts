/** What takes the place of Node's Buffer in browsers: libraries then use what browsers have. */
export const Buffer = undefined

// Takes the place of Node's Buffer in browsers: libraries then find none, and use what browsers have.
module.exports = {}

/** Names that code finds on every object, whether somebody wrote them there or not. */
export const reserved: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
])

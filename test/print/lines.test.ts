import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadDocument } from '../../src/document/load.ts'
import { type Node, toValue, type ValueMap } from '../../src/document/node.ts'
import { escapePart } from '../../src/document/pointer.ts'
import { pointersOfLines } from '../../src/print/lines.ts'
import { printManifest } from '../../src/print/manifest.ts'
import { positionOf } from '../../src/source/source.ts'
import { runs } from '../properties/runs.ts'

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom('a: b', '- a', 'one\ntwo\n', 'one\n\ntwo', '\n', 'x', '', '# no comment\n- y\n'),
)
const values = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, texts, fc.integer(), fc.boolean(), tie('map'), tie('list')),
  map: fc.dictionary(fc.oneof(fc.constantFrom('name', 'kind', 'a', 'b/c'), texts), tie('value'), {
    maxKeys: 4,
  }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}))

test('each line of a printed manifest has the pointer that reading it back gives', () => {
  fc.assert(
    fc.property(values.map, (value) => {
      const map = value as ValueMap
      fc.pre(!Object.keys(map).some((key) => key.startsWith('__')))
      const text = printManifest(map)
      const { root, source } = loadDocument('x.yaml', new TextEncoder().encode(text), () => {})
      fc.pre(root !== undefined && root.kind === 'map' && root.entries.size > 0)
      if (!root) return
      expect(toValue(root)).toEqual(map)
      const pointers = pointersOfLines(map)
      expect(pointers).toHaveLength(text.split('\n').length - 1)
      for (const [line, pointer] of read(root, '', (at) => positionOf(source, at).line)) {
        expect(pointers[line - 1]).toBe(pointer)
      }
    }),
    runs(300),
  )
})

/** Line → pointer, as the places of keys and items say: the innermost one last. */
function read(
  node: Node,
  pointer: string,
  lineOf: (offset: number) => number,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  const visit = (each: Node, at: string) => {
    if (each.kind === 'map') {
      for (const { key, keyAt, value } of each.entries.values()) {
        found.set(lineOf(keyAt.start), `${at}/${escapePart(key)}`)
        visit(value, `${at}/${escapePart(key)}`)
      }
    }
    if (each.kind === 'list') {
      for (const [index, item] of each.items.entries()) {
        found.set(lineOf(item.at.start), `${at}/${index}`)
        visit(item, `${at}/${index}`)
      }
    }
  }
  visit(node, pointer)
  return found
}

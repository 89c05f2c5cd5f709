import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOneSlot, type SlotText, splitSlots } from '../../src/expression/slots.ts'

test.each([
  ['plain', ['plain']],
  ['', []],
  ['${user.cpu}', [['user.cpu', 2]]],
  ['a-${x}-${y}.b', ['a-', ['x', 4], '-', ['y', 9], '.b']],
  [
    '${a}${b}',
    [
      ['a', 2],
      ['b', 6],
    ],
  ],
  ['$${x}', ['${x}']],
  ['$${x} and ${y}', ['${x} and ', ['y', 12]]],
  ['$$${x}', ['$${x}']],
  ['$(VAR) $x $$ {y}', ['$(VAR) $x $$ {y}']],
  ['${{"a": {"b": 1}}}', [['{"a": {"b": 1}}', 2]]],
  ['${"}"}', [['"}"', 2]]],
  ['${\'}\' + "}"}', [['\'}\' + "}"', 2]]],
  ['${"\\"}"}', [['"\\"}"', 2]]],
  ['${"""a"}"b"""}', [['"""a"}"b"""', 2]]],
  ["${'''}\n'''}x", [["'''}\n'''", 2], 'x']],
  ['${r"\\"}"}', [['r"\\"}"', 2]]],
  ["${a // it's }\n + b}", [["a // it's }\n + b", 2]]],
  ['${a / b}', [['a / b', 2]]],
  ['${}', [['', 2]]],
  [' ${x} ', [' ', ['x', 3], ' ']],
])('%j is taken apart', (text, parts) => {
  const shown = split(text).parts.map((part) =>
    typeof part === 'string' ? part : [part.expression, part.offset],
  )
  expect(shown).toEqual(parts)
})

test.each([
  ['${x', 0],
  ['a ${x', 2],
  ['${a} ${"}', 5],
  ['${{}', 0],
  ['${a // b}', 0],
])('%j has an unclosed slot at %d', (text, offset) => {
  expect(splitSlots(text)).toEqual({ message: 'this ${ has no closing }', offset })
})

test.each([
  ['${a}', true],
  [' ${a}', false],
  ['${a}${b}', false],
  ['$${a}', false],
  ['a', false],
  ['', false],
])('%j is one slot: %s', (text, isOne) => {
  expect(isOneSlot(split(text))).toBe(isOne)
})

test('the parts make up the text', () => {
  const pieces = fc.constantFrom('$', '{', '}', 'a', '"', "'", '\\', '${', '$${', '/', '\n')
  fc.assert(
    fc.property(fc.array(pieces), (list) => {
      const text = list.join('')
      const slots = splitSlots(text)
      if ('message' in slots) {
        expect(text.startsWith('${', slots.offset)).toBe(true)
        return
      }
      const again = slots.parts.map((part) => {
        if (typeof part === 'string') return part.replaceAll('${', () => '$${')
        expect(text.startsWith(part.expression, part.offset)).toBe(true)
        return `\${${part.expression}}`
      })
      expect(again.join('')).toBe(text)
    }),
  )
})

function split(text: string): SlotText {
  const slots = splitSlots(text)
  if ('message' in slots) throw new Error(slots.message)
  return slots
}

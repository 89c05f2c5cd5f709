import { SaxesParser } from 'saxes'

/** An element with what is in it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface Open {
  name: string
  attributes: Record<string, string>
  children: Open[]
  text: string
}

/** Reads XML 1.0; throws where it is not well-formed or holds a character that may not be in it. */
export function readXml(xml: string): XmlElement {
  const parser = new SaxesParser()
  const open: Open[] = [{ name: '', attributes: {}, children: [], text: '' }]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const last = open.at(-1)
    if (last) last.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(xml).close()
  const [root] = open[0]?.children ?? []
  if (!root) throw new Error('no element')
  return root
}

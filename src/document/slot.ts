/** Whether a text ends inside a `${…}`: YAML has cut the expression where its author did not. */
export function endsInSlot(text: string): boolean {
  return text.lastIndexOf('${') > text.lastIndexOf('}')
}

import type { Field } from './field.ts'
import { labelsIn } from './labels.ts'
import { checkTemplate } from './pod.ts'
import { checkNotNegative } from './values.ts'

/** ValidateReplicationControllerSpec: its selector is plain labels, by default the template's. */
export function checkReplicationController(object: Field): void {
  const spec = object.at('spec')
  const [selector, template] = [spec.at('selector'), spec.at('template')]
  checkNotNegative(spec.at('replicas'), spec.at('minReadySeconds'))
  const labels = template.at('metadata', 'labels')
  if (selector.entries().length === 0 && labels.entries().length === 0) {
    spec.refuse('the selector may not be empty')
  }
  const own = labelsIn(labels)
  const unmet = selector.entries().find(([key, wanted]) => own[key] !== wanted.text)
  if (unmet) {
    const others = [{ pointer: unmet[1].pointer, message: 'this is what the selector asks for' }]
    labels.refuse(`the labels of the template do not meet the selector at ${unmet[0]}`, { others })
  }
  checkTemplate(template, ['Always'])
}

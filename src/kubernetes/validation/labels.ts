import { isMap, type Value, type ValueMap } from '../../document/node.ts'
import { type Field, shown } from './field.ts'
import { labelValue, qualifiedName } from './names.ts'
import { checkGivenChoice, checkNotEmpty, checkText } from './values.ts'

/** Before then the values in the expressions of a selector could be anything. */
const checkedValues = 24

/** Labels, or what selects by plain labels (apimachinery meta/v1/validation ValidateLabels). */
export function checkLabels(labels: Field): void {
  if (areLabels(labels.value)) return
  for (const [key, value] of labels.entries()) {
    value.refuseText(
      `value of the label ${key}`,
      value.text === undefined ? undefined : labelValue(value.text),
    )
    const fault = qualifiedName(key)
    if (fault !== undefined) value.refuse(`${shown(key)} is no key of a label: ${fault}`)
  }
}

/** The quick answer. */
function areLabels(value: Value | undefined): boolean {
  if (!isMap(value)) return false
  for (const key in value) {
    const label = value[key]
    if (typeof label !== 'string' || labelValue(label) !== undefined) return false
    if (qualifiedName(key) !== undefined) return false
  }
  return true
}

/** A key of labels where one stands as a value (ValidateLabelName). */
export function checkLabelKey(field: Field): void {
  checkText(field, 'key of a label', qualifiedName)
}

/**
 * A LabelSelector (ValidateLabelSelector): keys, operators with the values they need, and, since
 * 1.24, values of labels.
 */
export function checkSelector(selector: Field): void {
  checkLabels(selector.at('matchLabels'))
  for (const expression of selector.at('matchExpressions').items()) {
    checkExpression(expression, ['In', 'NotIn', 'Exists', 'DoesNotExist'])
  }
  if (selector.minor >= checkedValues) checkValues(selector)
}

/**
 * A workload's own selector: the values of its expressions were checked before other selectors'
 * were.
 */
export function checkOwnSelector(selector: Field): void {
  checkSelector(selector)
  if (selector.minor < checkedValues) checkValues(selector)
}

function checkValues(selector: Field): void {
  for (const expression of selector.at('matchExpressions').items()) {
    for (const value of expression.at('values').items()) {
      checkText(value, 'value of a label', labelValue)
    }
  }
}

/** An expression of a selector: its key, its operator and as many values as that needs. */
export function checkExpression(expression: Field, operators: readonly string[]): void {
  const [operator, values] = [expression.at('operator'), expression.at('values')]
  const { text } = operator
  checkNotEmpty(expression.at('key'), 'the key')
  checkLabelKey(expression.at('key'))
  if (text === undefined) return
  if (!operators.includes(text)) {
    checkGivenChoice(operator, operators)
    return
  }
  const count = values.items().length
  if (text === 'In' || text === 'NotIn') {
    if (count === 0) expression.refuse(`${text} needs values`)
  } else if (text === 'Gt' || text === 'Lt') {
    if (count !== 1) expression.refuse(`${text} needs one value`)
  } else if (count > 0) {
    values.refuse(`${text} takes no values`)
  }
}

/** Whether a LabelSelector without faults selects by nothing, and so everything. */
export function selectsEverything(selector: Field): boolean {
  return (
    selector.at('matchLabels').entries().length === 0 && selector.at('matchExpressions').isEmpty
  )
}

/** The first requirement of a LabelSelector that some labels do not meet. */
export function unmetBy(labels: ValueMap, selector: Field): Field | undefined {
  for (const [key, wanted] of selector.at('matchLabels').entries()) {
    if (labelOf(labels, key) !== wanted.text) return wanted
  }
  return selector
    .at('matchExpressions')
    .items()
    .find((expression) => !meets(labels, expression))
}

function meets(labels: ValueMap, expression: Field): boolean {
  const value = labelOf(labels, expression.at('key').text ?? '')
  const isOneOf = expression
    .at('values')
    .items()
    .some(({ text }) => text === value)
  switch (expression.at('operator').text) {
    case 'In':
      return value !== undefined && isOneOf
    case 'NotIn':
      return value === undefined || !isOneOf
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}

function labelOf(labels: ValueMap, key: string): string | undefined {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/** The labels in a field, or none. */
export function labelsIn({ value }: Field): ValueMap {
  return isMap(value) ? value : {}
}

/**
 * Compose's variable interpolation: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:+instead}`,
 * `${NAME+instead}`, `${NAME:?words}`, `$$`. Used to show images and to check PEERS before a launch; at the launch Compose
 * does it itself. A required variable that isn't set is left as it stands, for Compose to complain about.
 */
export function interpolate(text: string, environment: Readonly<Record<string, string>>): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0 || dollar === text.length - 1) return result + text.slice(at);
    result += text.slice(at, dollar);
    const [value, next] = substitute(text, dollar, environment);
    result += value;
    at = next;
  }
  return result;
}

function substitute(
  text: string,
  dollar: number,
  environment: Readonly<Record<string, string>>,
): [value: string, next: number] {
  if (text[dollar + 1] === '$') return ['$', dollar + 2];
  if (text[dollar + 1] === '{') {
    const close = closingBrace(text, dollar + 2);
    if (close < 0) return [text.slice(dollar), text.length];
    return [resolve(text.slice(dollar + 2, close), environment), close + 1];
  }
  const name = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1))?.[0];
  if (name === undefined) return ['$', dollar + 1];
  return [environment[name] ?? '', dollar + 1 + name.length];
}

/** Defaults may hold further `${...}`. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function resolve(expression: string, environment: Readonly<Record<string, string>>): string {
  const match = /^([A-Za-z_]\w*)(?:(:?[-+?])([\s\S]*))?$/.exec(expression);
  const name = match?.[1];
  if (name === undefined) return `\${${expression}}`;
  const operator = match?.[2] ?? '';
  const operand = match?.[3] ?? '';
  const value = environment[name];
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return isSet ? interpolate(operand, environment) : '';
  if (isSet) return value;
  if (operator.endsWith('?')) return `\${${expression}}`;
  return operator.endsWith('-') ? interpolate(operand, environment) : '';
}

/**
 * A strict reader of the HTML that reports write. It knows the elements and attributes a report may use and lists everything else:
 * an unknown element or attribute, a bare `<` or `&`, an unquoted value, an unclosed or misnested element, an id used twice.
 */
export function findMarkupFaults(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const ids = new Set<string>();
  let rest = html.replace(/^<!doctype html>\n/, '');
  while (rest !== '') {
    const text = /^[^<]+/.exec(rest)?.[0] ?? '';
    if (text !== '') {
      if (open.at(-1) !== 'style') faults.push(...findTextFaults(text));
      rest = rest.slice(text.length);
      continue;
    }
    const tag = /^<(\/?)([a-zA-Z0-9]+)((?: [a-zA-Z:-]+="[^"<]*")*)>/.exec(rest);
    if (tag === null) {
      faults.push(`not a tag: ${rest.slice(0, 60)}`);
      rest = rest.slice(1);
      continue;
    }
    const [whole, slash, name = '', attributes = ''] = tag;
    rest = rest.slice(whole.length);
    if (slash === '/') {
      if (open.pop() !== name) faults.push(`misnested </${name}>`);
      continue;
    }
    if (!ELEMENTS.has(name)) faults.push(`element ${name}`);
    if (!VOID_ELEMENTS.has(name)) open.push(name);
    for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)) {
      if (!ATTRIBUTES.has(key)) faults.push(`attribute ${key}`);
      if (key === 'href' && !/^(#[\w-]+|data:,|[\w.%-]+)$/.test(value)) faults.push(`link to ${value}`);
      if (key === 'id' && ids.has(value)) faults.push(`id twice: ${value}`);
      if (key === 'id') ids.add(value);
      faults.push(...findTextFaults(value));
    }
  }
  return [...faults, ...open.map((name) => `unclosed ${name}`)];
}

function findTextFaults(text: string): string[] {
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(text);
  const bare = text.replace(/&(?:amp|lt|gt|quot|#39|#10|#9);/g, '').includes('&');
  return [...(control === null ? [] : [`control character in ${JSON.stringify(text)}`]), ...(bare ? [`bare & in ${text}`] : [])];
}

const words = (text: string) => new Set(text.trim().split(/\s+/));

const VOID_ELEMENTS = words('meta link wbr');
const ELEMENTS = words(`
  html head meta title link style body header main nav section footer h1 h2 h3 p a ul ol li dl dt dd div span code wbr details summary
  table caption thead tbody tfoot tr th td figure figcaption svg g path text rect line polyline circle defs clipPath`);
const ATTRIBUTES = words(`
  lang charset http-equiv content name rel href id class title style role tabindex scope aria-label aria-labelledby aria-hidden
  viewBox width height d transform fill fill-opacity stroke stroke-width stroke-linejoin stroke-miterlimit paint-order
  x y text-anchor dominant-baseline xml:space clip-path`);

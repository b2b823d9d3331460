/** As many and as long as the server takes. */
export const mostTags = 100;
const longestChars = 200;

/** Adds what was typed, one tag or several with commas between; none twice, whatever its case. */
export function addTags(tags: readonly string[], typed: string): string[] {
  const all = [...tags];
  for (const tag of typed.split(',')) {
    const clean = tag.replace(/\s+/g, ' ').trim().slice(0, longestChars);
    if (clean !== '' && !all.some((other) => other.toLowerCase() === clean.toLowerCase())) all.push(clean);
  }
  return all;
}

/** A hierarchy is written with bars and shown with arrows. */
export function tagText(tag: string): string {
  return tag.split('|').join(' › ');
}

// What a demo says of itself: the comment that its source begins with.

export interface DemoWords {
  /** In a sentence or some. */
  readonly about: string;
  /** How it is called, if it says so. */
  readonly usage: string;
}

/** Reads the first comment: paragraphs, of which one may begin with "usage:". The demo's own name before a colon goes. */
export function demoWords(name: string, source: string): DemoWords {
  const comment = /^\s*\/\*([^]*?)\*\//.exec(source)?.[1] ?? "";
  const paragraphs = comment
    .split(/\n[ \t*]*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n[ \t]*(?:\* ?)?/g, " ").trim());
  const isUsage = (text: string): boolean => text.startsWith("usage:");
  const about = paragraphs.find((text) => text !== "" && !isUsage(text)) ?? "";
  const usage = paragraphs.find(isUsage)?.slice("usage:".length) ?? "";
  return {
    about: about.startsWith(`${name}: `) ? about.slice(name.length + 2) : about,
    usage: usage.trim(),
  };
}

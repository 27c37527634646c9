// Where a string or character constant was meant to end whose closing quote is missing (C11 6.4.4.4, 6.4.5). It is an error in
// any case; a good guess keeps the rest of the line in the program, so that one slip is one message.

const APOSTROPHE = 39;
const BACKSLASH = 92;
const NEWLINE = 10;

/** A text over several lines is looked for so far. */
const MOST_LINES = 12;

/** The offset behind the constant's last character; `from` is behind the opening quote, `end` the line's end. */
export function meantEnd(text: string, from: number, end: number, quote: number): number {
  return quote === APOSTROPHE
    ? meantCharacterEnd(text, from, end)
    : meantStringEnd(text, from, end);
}

/** One character or escape sequence; none when the quote itself seems to be the closing one. */
function meantCharacterEnd(text: string, from: number, end: number): number {
  if (/^[\s;,(){}[\]]*(?:\/\/.*)?$/.test(text.slice(from, end))) return from;
  if (text.charCodeAt(from) !== BACKSLASH) {
    const point = text.codePointAt(from) ?? 0;
    return Math.min(from + (point > 0xffff ? 2 : 1), end);
  }
  let at = Math.min(from + 2, end);
  while (at < end && /[0-9A-Fa-f]/.test(text[at] ?? "")) at++;
  return at;
}

/** Before what closes the statement, or where the text goes on in lines below. */
function meantStringEnd(text: string, from: number, end: number): number {
  const rest = text.slice(from, Math.min(end, from + 4096)).replace(/(?<=[;{)])\s*\/\/.*$/, "");
  const atNewline = /\\n(?=\s*[,)])/.exec(rest);
  if (atNewline !== null) return from + atNewline.index + 2;
  const closing = /[\s)\]}]*[)\]};,{]\s*$/.exec(rest);
  if (closing !== null) return from + closing.index;
  return endBelow(text, end) ?? from + rest.trimEnd().length;
}

/** The quote that closes a text of several lines: the first one below, unless it opens another string. */
function endBelow(text: string, end: number): number | undefined {
  let at = end;
  for (let lines = 0; lines < MOST_LINES && at < text.length; lines++) {
    const start = at + 1;
    let next = text.indexOf("\n", start);
    if (next < 0) next = text.length;
    const line = text.slice(start, next);
    const quotes = [...line.replaceAll(/\\./g, "  ").matchAll(/"/g)];
    const [first] = quotes;
    if (first !== undefined) {
      const before = line.slice(0, first.index).trimEnd();
      const opens = before === "" || /[(,=[{?:+&|]$/.test(before);
      return quotes.length % 2 === 1 && !opens ? start + first.index : undefined;
    }
    if (/^\s*#/.test(line)) return undefined;
    at = next;
  }
  return undefined;
}

/** Whether the constant goes over the line's end: its closing quote is there then. */
export function isClosedBelow(text: string, lineEnd: number, meant: number): boolean {
  return meant > lineEnd && text.charCodeAt(lineEnd) === NEWLINE;
}

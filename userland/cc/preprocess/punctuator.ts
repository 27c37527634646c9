// Punctuators (C11 6.4.6): the longest that begins at a place, as one of the constant strings below, so that no text is
// sliced for them.

const EQUAL = 61;

/** Empty where none begins. Digraphs are not looked for here. */
export function punctuatorAt(text: string, at: number): string {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 40:
      return "(";
    case 41:
      return ")";
    case 59:
      return ";";
    case 44:
      return ",";
    case 123:
      return "{";
    case 125:
      return "}";
    case 91:
      return "[";
    case 93:
      return "]";
    case 126:
      return "~";
    case 63:
      return "?";
    case 58:
      return ":";
    case 46:
      return next === 46 && text.charCodeAt(at + 2) === 46 ? "..." : ".";
    case EQUAL:
      return next === EQUAL ? "==" : "=";
    case 33:
      return next === EQUAL ? "!=" : "!";
    case 42:
      return next === EQUAL ? "*=" : "*";
    case 47:
      return next === EQUAL ? "/=" : "/";
    case 37:
      return next === EQUAL ? "%=" : "%";
    case 94:
      return next === EQUAL ? "^=" : "^";
    case 43:
      return next === 43 ? "++" : next === EQUAL ? "+=" : "+";
    case 45:
      return next === 62 ? "->" : next === 45 ? "--" : next === EQUAL ? "-=" : "-";
    case 38:
      return next === 38 ? "&&" : next === EQUAL ? "&=" : "&";
    case 124:
      return next === 124 ? "||" : next === EQUAL ? "|=" : "|";
    case 60:
      if (next === 60) return text.charCodeAt(at + 2) === EQUAL ? "<<=" : "<<";
      return next === EQUAL ? "<=" : "<";
    case 62:
      if (next === 62) return text.charCodeAt(at + 2) === EQUAL ? ">>=" : ">>";
      return next === EQUAL ? ">=" : ">";
    case 35:
      return next === 35 ? "##" : "#";
    default:
      return "";
  }
}

/** The digraph that begins here, as what it stands for (6.4.6p3); empty: none does. */
export function digraphAt(text: string, at: number): string {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 60:
      return next === 58 ? "[" : next === 37 ? "{" : "";
    case 58:
      return next === 62 ? "]" : "";
    case 37:
      if (next === 62) return "}";
      if (next !== 58) return "";
      return text.charCodeAt(at + 2) === 37 && text.charCodeAt(at + 3) === 58 ? "##" : "#";
    default:
      return "";
  }
}

// The table with everything in it, for who describes it: the document and the libc's header.

import { firstCalls } from "./first-calls.ts";
import { laterCalls } from "./later-calls.ts";
import { addCalls, addLastCalls, syscallTable, type TableEntry } from "./table.ts";

export function wholeTable(): TableEntry[] {
  addCalls(firstCalls);
  addLastCalls(laterCalls);
  return syscallTable();
}
